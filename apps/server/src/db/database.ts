import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  Migrator,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { migrations } from './migrations.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

class Driver extends SqliteDriver {
  constructor(private readonly sqlite: BetterSqlite.Database) {
    super({ database: sqlite });
  }

  /** A transaction that reads before it writes would fail when the log was written in between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk makes SQLite itself end a transaction: nothing is left to roll back, and the cause is what is told. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.sqlite.inTransaction) await super.rollbackTransaction(connection);
  }
}

class Dialect extends SqliteDialect {
  constructor(private readonly sqlite: BetterSqlite.Database) {
    super({ database: sqlite });
  }

  override createDriver(): Driver {
    return new Driver(this.sqlite);
  }
}

export const databaseFile = (dataDir: string): string => join(dataDir, 'zerodraft.db');

/** A connection that only reads, for a thread; the database must be there and migrated. */
export function readDatabase(file: string): Database {
  const sqlite = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  sqlite.pragma('busy_timeout = 5000');
  return new Kysely<Tables>({ dialect: new Dialect(sqlite) });
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
  // The log is written by a thread of its own, whose commits take a few milliseconds.
  sqlite.pragma('busy_timeout = 1000');
  const db = new Kysely<Tables>({ dialect: new Dialect(sqlite) });
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error) throw error;
  return db;
}
