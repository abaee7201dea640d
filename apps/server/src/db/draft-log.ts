import { crc32 } from 'node:zlib';
import type { DraftLog, LogRow } from '@zerodraft/sync';
import { sql } from 'kysely';
import type { LogWriting } from '../workers/log-client.ts';
import type { Database } from './database.ts';

interface StoredRow {
  generation: number;
  setAside: number;
  /** Null in the row of a draft that has no snapshot. */
  payload: Uint8Array | null;
  checksum: number | null;
  /** Null for the snapshot. */
  id: number | null;
  userId: string | null;
  createdAt: string | null;
}

const isIntact = (payload: Uint8Array, checksum: number | null): boolean => crc32(payload) === checksum;

/** The log of drafts in SQL: one row per update after the newest snapshot. */
export function sqlDraftLog(db: Database, writing: LogWriting): DraftLog {
  return {
    append: (entries) => writing.append(entries),
    fold: (draftId, fold) => writing.fold(draftId, fold),
    ...sqlLogReader(db),
  };
}

/** The half of the log that needs no thread to write. */
export function sqlLogReader(db: Database): Pick<DraftLog, 'read' | 'history'> {
  return {
    async read(draftId) {
      // One statement reads one state of the database, whatever is written meanwhile.
      const { rows } = await sql<StoredRow>`
        select draft.generation, s.payload, s.checksum, null as id, null as userId, null as createdAt,
          exists (select 1 from draft_set_aside a where a.draftId = draft.id and a.generation = draft.generation) as setAside
        from draft left join draft_snapshot s on s.draftId = draft.id and s.generation = draft.generation
        where draft.id = ${draftId}
        union all
        select draft.generation, u.payload, u.checksum, u.id, u.userId, u.createdAt, 0
        from draft join draft_update u on u.draftId = draft.id and u.generation = draft.generation
        where draft.id = ${draftId}
        order by id`.execute(db);
      const [head, ...updates] = rows;
      if (head === undefined) throw new Error(`There is no draft ${draftId}.`);
      const tail = updates.flatMap(({ id, payload, checksum, userId, createdAt }): LogRow[] =>
        id === null || payload === null || createdAt === null
          ? []
          : [{ id, update: payload, userId, createdAt, intact: isIntact(payload, checksum) }],
      );
      return {
        generation: head.generation,
        snapshot: head.payload,
        complete: head.setAside === 0,
        snapshotIntact: head.payload === null || isIntact(head.payload, head.checksum),
        tail,
      };
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
