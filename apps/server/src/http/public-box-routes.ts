import { newDeposit, permission, receiptQuestion } from '@zerodraft/contract';
import { type Context, Hono } from 'hono';
import { record, SERVER } from '../audit/record.ts';
import { secretOf } from '../auth/secret.ts';
import { boxAt, boxLists } from '../deposits/box.ts';
import { readReceipt } from '../deposits/receipts.ts';
import { keepDeposit } from '../deposits/receive.ts';
import { Stamps } from '../deposits/stamps.ts';
import { UnknownTerm } from '../taxonomies/choose.ts';
import { clientIp } from './client.ts';
import { refuse, type Services } from './context.ts';
import { notifyTeam } from './notify.ts';
import { limit, tooMany } from './rate-limits.ts';
import { json } from './valid.ts';

const closed = (c: Context) =>
  refuse(c, 404, 'closed', 'This box is closed or never was. Ask whoever gave you its address.');

/** What anybody may do without an account or a cookie: deposit in a box, and look up what became of it. */
export function publicBoxRoutes(services: Services) {
  const { db, log, limits, config } = services;
  const stamps = new Stamps(secretOf(config));
  const address = (c: Context): string => clientIp(c, config.trustedProxies);
  /** The box at an address, while it is open and its process in work. */
  const openBox = async (slug: string) => {
    const box = await boxAt(db, slug.toLowerCase());
    if (box === null || box.open === 0) return null;
    const process = { state: box.state, stateSince: box.stateSince };
    const circumstances = { process, draft: null, rounds: [], now: new Date() };
    return permission('public', 'deposit.create', circumstances).allowed ? box : null;
  };
  return new Hono()
    .post('/receipt', limit(limits, 'receipts', address), json(receiptQuestion), async (c) => {
      const found = await readReceipt(db, log, c.req.valid('json').code);
      c.header('cache-control', 'no-store');
      return found === null
        ? refuse(c, 404, 'no-receipt', 'There is no deposit with this code. Check it, letter by letter.')
        : c.json(found, 200);
    })
    .get('/:slug', limit(limits, 'boxes', address), async (c) => {
      const slug = c.req.param('slug').toLowerCase();
      const box = await openBox(slug);
      if (box === null) return closed(c);
      const lists = await boxLists(db, box.processId);
      const { processName, illustrative } = box;
      c.header('cache-control', 'no-store');
      return c.json(
        { processName, illustrative: illustrative === 1, ...lists, stamp: stamps.make(slug) },
        200,
      );
    })
    .post('/:slug/deposits', limit(limits, 'boxes', address), json(newDeposit), async (c) => {
      const slug = c.req.param('slug').toLowerCase();
      const box = await openBox(slug);
      if (box === null) return closed(c);
      const { processId } = box;
      const input = c.req.valid('json');
      // A program that filled the hidden field hears what a person would, and learns nothing from it.
      if (input.website !== '') return c.json({ ok: true as const }, 201);
      const stamped = stamps.check(slug, input.stamp);
      if (stamped === 'too-soon')
        return refuse(
          c,
          422,
          'too-soon',
          'This was sent faster than anybody writes. Wait a moment, then send it again.',
        );
      if (stamped === 'stale')
        return refuse(c, 422, 'stale', 'This form is too old. Load the page again; what you typed is kept.');
      for (const [budget, key] of [
        ['depositsByAddress', address(c)],
        ['depositsByBox', processId],
      ] as const) {
        const wait = await limits.take(budget, key);
        if (wait !== null) return tooMany(c, wait);
      }
      const keeping = db.transaction().execute(async (trx) => {
        const result = await keepDeposit(trx, processId, input);
        // Without address or device: the log is kept for good, and the depositor was promised not to be traced.
        const details = { language: input.language };
        const deed = { objectKind: 'deposit', objectId: input.id, processId, details } as const;
        if (result === 'kept') await record(trx, SERVER, { action: 'deposit.receive', ...deed });
        return result;
      });
      const outcome = await keeping.catch((error: unknown) => {
        if (error instanceof UnknownTerm) return 'unknown-term' as const;
        throw error;
      });
      if (outcome === 'unknown-term')
        return refuse(
          c,
          422,
          outcome,
          'The themes have changed meanwhile, or another list. Load the page again and choose anew.',
        );
      if (outcome === 'taken')
        return refuse(c, 409, 'taken', 'This id or code is in use by another deposit. Load the page again.');
      if (outcome === 'differs')
        return refuse(
          c,
          409,
          'received',
          'This proposal was received before, as it was first sent. Send what you changed as a new one.',
        );
      if (outcome === 'full')
        return refuse(c, 409, 'full', 'This box is full for now. Try again in some days.');
      if (outcome === 'kept') await notifyTeam(services, processId, 'deposits');
      return c.json({ ok: true as const }, outcome === 'kept' ? 201 : 200);
    });
}
