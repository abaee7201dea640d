import { timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { refuse, type Services } from './context.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** For whoever runs the server: is it alive, may it be sent people, and what does it do. */
export function healthRoutes({ db, metrics, config, logger, lifecycle }: Services) {
  return new Hono()
    .get('/health/live', (c) => c.json({ status: 'alive' }))
    .get('/health/ready', async (c) => {
      if (lifecycle.stopping) return c.json({ status: 'stopping' }, 503);
      try {
        await db.selectFrom('setting').select('name').limit(1).execute();
        return c.json({ status: 'ready' });
      } catch (error) {
        logger.error({ err: error }, 'not ready');
        return c.json({ status: 'the database does not answer' }, 503);
      }
    })
    .get('/metrics', async (c) => {
      const bearer = c.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
      // Behind a proxy everybody comes from this machine: forwarded requests need the token.
      const local =
        LOOPBACK.has(getConnInfo(c).remote.address ?? '') && c.req.header('x-forwarded-for') === undefined;
      if (!local && !(config.metricsToken && sameText(bearer, config.metricsToken)))
        return refuse(
          c,
          403,
          'forbidden',
          'Metrics are read on this machine, or with ZERODRAFT_METRICS_TOKEN.',
        );
      return c.text(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
    });
}
