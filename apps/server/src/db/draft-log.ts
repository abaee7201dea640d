import { crc32 } from 'node:zlib';
import type { DraftLog } from '@zerodraft/sync';
import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** Rows per statement; SQLite takes 32,766 values in one. */
const CHUNK = 2_000;

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

class FoldRefused extends Error {}

/** The log of drafts in SQL: one row per update, appended in one transaction per commit. */
export function sqlDraftLog(db: Database): DraftLog {
  const generationOf = (trx: Transaction<Tables>, draftId: string) =>
    trx.selectFrom('draft').select('generation').where('id', '=', draftId).executeTakeFirstOrThrow();
  return {
    read: (draftId) =>
      db.transaction().execute(async (trx) => {
        const { generation } = await generationOf(trx, draftId);
        const snapshot = await trx
          .selectFrom('draft_snapshot')
          .select(['payload', 'checksum'])
          .where('draftId', '=', draftId)
          .where('generation', '=', generation)
          .executeTakeFirst();
        const rows = await trx
          .selectFrom('draft_update')
          .select(['id', 'payload as update', 'checksum', 'userId', 'createdAt'])
          .where('draftId', '=', draftId)
          .where('generation', '=', generation)
          .orderBy('id')
          .execute();
        return {
          generation,
          snapshot: snapshot?.payload ?? null,
          snapshotIntact: !snapshot || crc32(snapshot.payload) === snapshot.checksum,
          tail: rows.map(({ checksum, ...row }) => ({ ...row, intact: crc32(row.update) === checksum })),
        };
      }),

    async append(entries) {
      const createdAt = new Date().toISOString();
      const rows = entries.map(({ draftId, generation, update, userId }) => ({
        draftId,
        generation,
        payload: Buffer.from(update.buffer, update.byteOffset, update.byteLength),
        checksum: crc32(update),
        userId,
        createdAt,
      }));
      // One statement is a transaction of its own.
      if (rows.length <= CHUNK) await db.insertInto('draft_update').values(rows).execute();
      else
        await db.transaction().execute(async (trx) => {
          for (const part of chunks(rows)) await trx.insertInto('draft_update').values(part).execute();
        });
    },

    async fold(draftId, { generation, snapshot, rows, history }) {
      try {
        await db.transaction().execute(async (trx) => {
          if ((await generationOf(trx, draftId)).generation !== generation) throw new FoldRefused();
          let deleted = 0;
          for (const part of chunks(rows)) {
            const result = await trx
              .deleteFrom('draft_update')
              .where('draftId', '=', draftId)
              .where('id', 'in', part)
              .executeTakeFirst();
            deleted += Number(result.numDeletedRows);
          }
          if (deleted !== rows.length) throw new FoldRefused();
          const written = {
            payload: Buffer.from(snapshot),
            checksum: crc32(snapshot),
            updatedAt: new Date().toISOString(),
          };
          await trx
            .insertInto('draft_snapshot')
            .values({ draftId, generation, ...written })
            .onConflict((conflict) => conflict.columns(['draftId', 'generation']).doUpdateSet(written))
            .execute();
          const stretches = history.map(({ update, userId, from, to }) => ({
            draftId,
            generation,
            payload: Buffer.from(update),
            userId,
            startedAt: from,
            endedAt: to,
          }));
          for (const part of chunks(stretches)) await trx.insertInto('draft_history').values(part).execute();
        });
        return true;
      } catch (error) {
        if (error instanceof FoldRefused) return false;
        throw error;
      }
    },

    history: (draftId) =>
      db
        .selectFrom('draft_history')
        .innerJoin('draft', (join) =>
          join
            .onRef('draft.id', '=', 'draft_history.draftId')
            .onRef('draft.generation', '=', 'draft_history.generation'),
        )
        .select([
          'draft_history.payload as update',
          'draft_history.userId',
          'draft_history.startedAt as from',
          'draft_history.endedAt as to',
        ])
        .where('draft_history.draftId', '=', draftId)
        .orderBy('draft_history.id')
        .execute(),
  };
}
