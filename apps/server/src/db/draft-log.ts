import type { DraftLog } from '@zerodraft/sync';
import type { Database } from './database.ts';

/** The log of drafts in SQL: one row per update, appended in one transaction per commit. */
export function sqlDraftLog(db: Database): DraftLog {
  async function generationOf(draftId: string): Promise<number> {
    const draft = await db
      .selectFrom('draft')
      .select('generation')
      .where('id', '=', draftId)
      .executeTakeFirstOrThrow();
    return draft.generation;
  }
  return {
    async read(draftId) {
      const generation = await generationOf(draftId);
      const rows = await db
        .selectFrom('draft_update')
        .select('payload')
        .where('draftId', '=', draftId)
        .where('generation', '=', generation)
        .orderBy('id')
        .execute();
      return rows.map((row) => row.payload);
    },
    async append(draftId, entries) {
      const generation = await generationOf(draftId);
      const createdAt = new Date().toISOString();
      await db
        .insertInto('draft_update')
        .values(
          entries.map(({ update, userId }) => ({
            draftId,
            generation,
            payload: Buffer.from(update),
            userId,
            createdAt,
          })),
        )
        .execute();
    },
  };
}
