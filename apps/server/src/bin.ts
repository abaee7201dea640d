import { BIN_DAYS } from '@zerodraft/contract';
import { sql } from 'kysely';
import { record, SERVER } from './audit/record.ts';
import type { Database } from './db/database.ts';
import type { Logger } from './logger.ts';

const DAY = 24 * 60 * 60 * 1_000;
/** Tables that outlive what they name. */
const KEPT = new Set(['audit']);

/** The tables with a column that names a draft or a process: whatever a later version adds is purged as well. */
async function tablesNaming(db: Database, column: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select m.name from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and c.name = ${column}`.execute(db);
  return rows.map(({ name }) => name).filter((name) => !KEPT.has(name));
}

async function purge(db: Database, kind: 'draft' | 'process', id: string): Promise<void> {
  // Rows point at each other in any order; what still points at something gone fails the commit.
  await sql`pragma defer_foreign_keys = on`.execute(db);
  const column = `${kind}Id`;
  for (const table of await tablesNaming(db, column))
    await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${id}`.execute(db);
  await db.deleteFrom(kind).where('id', '=', id).execute();
}

/** Purges what has been in the bin for longer than it keeps things; each draft and process all or nothing. */
export async function emptyBin(db: Database, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - BIN_DAYS * DAY).toISOString();
  const processes = await db
    .selectFrom('process')
    .select(['id', 'name'])
    .where('state', '=', 'deleted')
    .where('stateSince', '<', before)
    .execute();
  for (const { id, name } of processes) {
    await db.transaction().execute(async (trx) => {
      for (const draft of await trx.selectFrom('draft').select('id').where('processId', '=', id).execute())
        await purge(trx, 'draft', draft.id);
      await purge(trx, 'process', id);
      const deed = { objectKind: 'process', objectId: id, processId: id, details: { name } } as const;
      await record(trx, SERVER, { action: 'process.purge', ...deed });
    });
  }
  const drafts = await db
    .selectFrom('draft')
    .select(['id', 'title', 'processId'])
    .where('state', '=', 'deleted')
    .where('stateSince', '<', before)
    .execute();
  for (const { id, title, processId } of drafts) {
    await db.transaction().execute(async (trx) => {
      await purge(trx, 'draft', id);
      const deed = { objectKind: 'draft', objectId: id, processId, details: { title } } as const;
      await record(trx, SERVER, { action: 'draft.purge', ...deed });
    });
  }
}

/** Forgets sessions and codes that have expired: nobody can use them, and they name people. */
export async function forgetExpired(db: Database, now = new Date()): Promise<void> {
  for (const table of ['session', 'verification'] as const)
    await sql`delete from ${sql.table(table)} where expiresAt < ${now.toISOString()}`.execute(db);
}

/** Empties the bin and forgets what has expired, now and then daily. @returns stops it */
export function keepBinEmpty(db: Database, logger: Logger): () => void {
  const run = async (): Promise<void> => {
    try {
      await emptyBin(db);
      await forgetExpired(db);
    } catch (error) {
      logger.error({ err: error }, 'the bin was not emptied');
    }
  };
  void run();
  const timer = setInterval(() => void run(), DAY);
  timer.unref();
  return () => clearInterval(timer);
}
