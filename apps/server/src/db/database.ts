import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { spellOut } from './full-text.ts';
import { migrations } from './migrations.ts';
import { PatientDriver } from './patient-driver.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

/** Milliseconds after which what waits for another connection's transaction fails: longer than the largest import takes. */
const PATIENCE = 60_000;

class Dialect extends SqliteDialect {
  constructor(
    private readonly sqlite: BetterSqlite.Database,
    private readonly patience: number,
  ) {
    super({ database: sqlite });
  }

  override createDriver(): PatientDriver {
    return new PatientDriver(this.sqlite, this.patience);
  }
}

export const databaseFile = (dataDir: string): string => join(dataDir, 'zerodraft.db');

/** A connection that only reads, for a thread; the database must be there and migrated. */
export function readDatabase(file: string): Database {
  const sqlite = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  sqlite.pragma('busy_timeout = 5000');
  return new Kysely<Tables>({ dialect: new Dialect(sqlite, 0) });
}

/** Memory for the pages that a thread's transaction changes: as many as the largest import does. */
const CACHE_KIB = 256 * 1024;

/** A connection that writes, for a thread, which may stand still until others have written. */
export function writeDatabase(file: string): Database {
  const sqlite = new BetterSqlite(file, { fileMustExist: true });
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma(`busy_timeout = ${PATIENCE}`);
  // What does not fit is written to the disk before its time, and others wait for it.
  sqlite.pragma(`cache_size = -${CACHE_KIB}`);
  return new Kysely<Tables>({ dialect: new Dialect(sqlite, 0) });
}

/**
 * Opens the database in a folder, creating and migrating it.
 * WAL with synchronous=FULL: a commit that returned survives a killed process and a power cut.
 * @throws when a migration fails or the file is no database
 */
export async function openDatabase(dataDir: string): Promise<Database> {
  mkdirSync(dataDir, { recursive: true });
  const sqlite = new BetterSqlite(databaseFile(dataDir));
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // Threads write as well, the log for milliseconds and imports for seconds: no standing still for them here.
  sqlite.pragma('busy_timeout = 0');
  const db = new Kysely<Tables>({ dialect: new Dialect(sqlite, PATIENCE) });
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error) throw error;
  await db.transaction().execute(spellOut);
  return db;
}
