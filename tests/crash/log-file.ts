import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import * as Y from 'yjs';
import { z } from 'zod';
import { DRAFT } from '../support/client.ts';

const payloads = z.array(z.object({ payload: z.instanceof(Uint8Array) }));

/** Opens a data folder's database, does something with it, closes it. */
export function database<Result>(dataDir: string, use: (db: BetterSqlite.Database) => Result): Result {
  const db = new BetterSqlite(join(dataDir, 'zerodraft.db'), { fileMustExist: true });
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** The draft as a database file alone holds it. */
export function draftIn(db: BetterSqlite.Database): Y.Doc {
  const doc = new Y.Doc();
  const own = 'draftId = ? and generation = (select generation from draft where id = draftId)';
  for (const table of ['draft_snapshot', 'draft_update']) {
    const rows = db.prepare(`select payload from ${table} where ${own} order by rowid`).all(DRAFT);
    for (const { payload } of payloads.parse(rows)) Y.applyUpdate(doc, payload);
  }
  return doc;
}

/**
 * The draft as a server that has ended left it on disk. Reads a copy of the files, so that the next server finds them
 * as they were.
 */
export async function draftOnDisk(dataDir: string): Promise<Y.Doc> {
  const copy = await mkdtemp(join(tmpdir(), 'zerodraft-copy-'));
  try {
    // A server that ended in order leaves no write-ahead log.
    for (const name of ['zerodraft.db', 'zerodraft.db-wal'])
      if (existsSync(join(dataDir, name))) await copyFile(join(dataDir, name), join(copy, name));
    return database(copy, draftIn);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
