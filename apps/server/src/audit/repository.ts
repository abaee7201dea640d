import type { AuditEntry, AuditFilter } from '@zerodraft/contract';
import { z } from 'zod';
import type { Database } from '../db/database.ts';

const detailsShape = z.record(z.string(), z.unknown());

/**
 * Records of a process, newest first: its own, and those of its members' accounts.
 * @param before only records older than this one
 */
export async function readAudit(
  db: Database,
  processId: string,
  filter: AuditFilter,
  page: { before: number | null; limit: number },
): Promise<AuditEntry[]> {
  let query = db
    .selectFrom('audit')
    .selectAll()
    .where(({ eb, or, and, selectFrom }) =>
      or([
        eb('scope', '=', processId),
        and([
          eb('scope', 'is', null),
          or([
            eb('userId', 'in', selectFrom('member').select('userId').where('processId', '=', processId)),
            eb('objectId', 'in', selectFrom('member').select('userId').where('processId', '=', processId)),
          ]),
        ]),
      ]),
    );
  if (filter.person !== undefined) query = query.where('userId', '=', filter.person);
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.objectKind !== undefined) query = query.where('objectKind', '=', filter.objectKind);
  if (filter.objectId !== undefined) query = query.where('objectId', '=', filter.objectId);
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('at', '<', filter.to);
  if (page.before !== null) query = query.where('id', '<', page.before);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map(({ scope: _scope, sessionHash: _session, details, ...entry }) => ({
    ...entry,
    details: detailsShape.parse(JSON.parse(details)),
  }));
}
