import { auditFilter, auditQuery } from '@zerodraft/contract';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { AUDIT_CSV_HEAD, auditCsvLine } from '../audit/csv.ts';
import { readAudit } from '../audit/repository.ts';
import { permit, type RouteEnv, type Services } from './context.ts';
import { query } from './valid.ts';

/** Records read at once for an export. */
const PAGE = 1_000;

/** The audit log of a process. */
export function auditRoutes(services: Services) {
  const { db } = services;
  return new Hono<RouteEnv>()
    .get('/:processId/audit', permit(services, 'audit.read'), query(auditQuery), async (c) => {
      const { cursor, limit, ...filter } = c.req.valid('query');
      const entries = await readAudit(db, c.get('processId'), filter, {
        before: cursor ?? null,
        limit: limit + 1,
      });
      const shown = entries.slice(0, limit);
      const next = entries.length > limit ? (shown.at(-1)?.id ?? null) : null;
      return c.json({ entries: shown, next }, 200);
    })
    .get('/:processId/audit.csv', permit(services, 'audit.read'), query(auditFilter), async (c) => {
      const filter = c.req.valid('query');
      c.header('content-type', 'text/csv; charset=utf-8');
      c.header('content-disposition', 'attachment; filename="audit.csv"');
      return stream(c, async (out) => {
        await out.write(AUDIT_CSV_HEAD);
        let before: number | null = null;
        for (;;) {
          const entries = await readAudit(db, c.get('processId'), filter, { before, limit: PAGE });
          await out.write(entries.map(auditCsvLine).join(''));
          before = entries.at(-1)?.id ?? null;
          if (entries.length < PAGE || out.aborted) return;
        }
      });
    });
}
