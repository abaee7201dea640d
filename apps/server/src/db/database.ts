import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { migrations } from './migrations.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

export const databaseFile = (dataDir: string): string => join(dataDir, 'zerodraft.db');

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
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        // A transaction that reads before it writes would fail when the log was written in between.
        prepare: (statement) => sqlite.prepare(statement === 'begin' ? 'begin immediate' : statement),
        close: () => sqlite.close(),
      },
    }),
  });
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error) throw error;
  return db;
}
