import { crc32 } from 'node:zlib';
import type { Fold, LogEntry } from '@zerodraft/sync';
import BetterSqlite from 'better-sqlite3';

class FoldRefused extends Error {}

const blob = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Writes the log of drafts, on a connection of its own and with statements prepared once: the path every keystroke
 * takes. A transaction that returned is on the disk (WAL, synchronous=FULL).
 */
export class LogWriter {
  readonly #append;
  readonly #fold;

  constructor(readonly db: BetterSqlite.Database) {
    const insert = db.prepare(
      `insert into draft_update (draftId, generation, payload, checksum, userId, createdAt)
       values (?, ?, ?, ?, ?, ?)`,
    );
    this.#append = db.transaction((entries: readonly LogEntry[]) => {
      const createdAt = new Date().toISOString();
      for (const { draftId, generation, update, userId } of entries)
        insert.run(draftId, generation, blob(update), crc32(update), userId, createdAt);
    }).immediate;

    const generationOf = db.prepare<[string], number>('select generation from draft where id = ?').pluck();
    const remove = db.prepare('delete from draft_update where id = ? and draftId = ? and generation = ?');
    const replace = db.prepare(
      `insert into draft_snapshot (draftId, generation, payload, checksum, updatedAt) values (?, ?, ?, ?, ?)
       on conflict (draftId, generation) do update set
         payload = excluded.payload, checksum = excluded.checksum, updatedAt = excluded.updatedAt`,
    );
    const keep = db.prepare(
      `insert into draft_history (draftId, generation, payload, userId, startedAt, endedAt)
       values (?, ?, ?, ?, ?, ?)`,
    );
    this.#fold = db.transaction((draftId: string, { generation, snapshot, rows, history }: Fold) => {
      if (generationOf.get(draftId) !== generation) throw new FoldRefused();
      for (const id of rows) if (remove.run(id, draftId, generation).changes !== 1) throw new FoldRefused();
      replace.run(draftId, generation, blob(snapshot), crc32(snapshot), new Date().toISOString());
      for (const { update, userId, from, to } of history)
        keep.run(draftId, generation, blob(update), userId, from, to);
    }).immediate;
  }

  /** @param file a database that is migrated already */
  static open(file: string): LogWriter {
    const db = new BetterSqlite(file, { fileMustExist: true });
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // An import of a large library is one transaction.
    db.pragma('busy_timeout = 60000');
    return new LogWriter(db);
  }

  append(entries: readonly LogEntry[]): void {
    this.#append(entries);
  }

  /** @returns whether it was done; false when a row of the fold is gone or the generation is another */
  fold(draftId: string, fold: Fold): boolean {
    try {
      this.#fold(draftId, fold);
      return true;
    } catch (error) {
      if (error instanceof FoldRefused) return false;
      throw error;
    }
  }
}
