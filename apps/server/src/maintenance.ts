import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { readBlocks } from '@zerodraft/schema';
import BetterSqlite from 'better-sqlite3';
import * as Y from 'yjs';
import { z } from 'zod';
import { checkFiles } from './sources/check-files.ts';
import { checkVersions } from './versions/check-versions.ts';

type Print = (line: string) => void;

const DATABASE = 'zerodraft.db';
const count = z.object({ n: z.number() });
const draftRow = z.object({ id: z.string(), title: z.string(), generation: z.number() });
const logRow = z.object({ id: z.number(), payload: z.instanceof(Uint8Array), checksum: z.number() });
const integrity = z.array(z.object({ integrity_check: z.string() }));

function existing(dataDir: string): string {
  const file = join(dataDir, DATABASE);
  if (!existsSync(file))
    throw new Error(`There is no database at ${file}. Set ZERODRAFT_DATA to its folder.`);
  return file;
}

/** Copies the database in one consistent state, also while a server writes to it (SPEC BAK-1). Returns an exit code. */
export async function backup(dataDir: string, file: string, print: Print): Promise<number> {
  const target = resolve(file);
  if (existsSync(target)) throw new Error(`${target} exists already. Name a new file.`);
  const db = new BetterSqlite(existing(dataDir), { readonly: true });
  const half = `${target}.part`;
  // One view for the whole copy: without it SQLite begins anew after each write of the server, and may never end.
  db.exec('begin');
  db.prepare('select count(*) from sqlite_master').get();
  await db.backup(half);
  db.close();
  // One file that opens anywhere, without a write-ahead log beside it.
  const copy = new BetterSqlite(half);
  copy.pragma('journal_mode = DELETE');
  copy.close();
  const problems = check(half, false);
  if (problems.length > 0) {
    for (const problem of problems) print(problem);
    print(`The copy is at ${half}; it has the problems above.`);
    return 1;
  }
  renameSync(half, target);
  print(`Copied to ${target}; every draft in it can be read.`);
  return 0;
}

/** Puts a verified copy in the place of the database, and keeps the old one beside it (SPEC BAK-2). */
export function restore(dataDir: string, file: string, print: Print): number {
  const source = resolve(file);
  if (!existsSync(source)) throw new Error(`There is no file ${source}.`);
  const problems = check(source, false);
  if (problems.length > 0) {
    for (const problem of problems) print(problem);
    print('Nothing was replaced.');
    return 1;
  }
  mkdirSync(dataDir, { recursive: true });
  const current = join(dataDir, DATABASE);
  const staged = `${current}.restored`;
  copyFileSync(source, staged);
  if (existsSync(current)) {
    const db = new BetterSqlite(current);
    try {
      // A running server holds a read lock in WAL mode only while it reads: ask for the file alone.
      db.pragma('locking_mode = EXCLUSIVE');
      db.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      db.close();
      rmSync(staged);
      throw new Error('The database is in use. Stop the server, then restore.');
    }
    db.close();
    const kept = `${current}.before-${new Date().toISOString().replaceAll(':', '-')}`;
    renameSync(current, kept);
    print(`The old database is kept at ${kept}.`);
  }
  for (const suffix of ['-wal', '-shm']) rmSync(current + suffix, { force: true });
  renameSync(staged, current);
  print(`Restored from ${source}.`);
  return 0;
}

/** Reads the log of every draft (SPEC BAK-3). Returns an exit code: 1 when something is damaged and was left. */
export function verify(dataDir: string, setAside: boolean, print: Print): number {
  const problems = check(existing(dataDir), setAside, print);
  for (const problem of problems) print(problem);
  return problems.length === 0 || setAside ? 0 : 1;
}

/** Problems of a database file, one line each. */
function check(file: string, setAside: boolean, print: Print = () => undefined): string[] {
  const db = new BetterSqlite(file, { readonly: !setAside, fileMustExist: true });
  try {
    const rows = integrity.safeParse(db.pragma('integrity_check'));
    if (!rows.success || rows.data.some(({ integrity_check }) => integrity_check !== 'ok'))
      return [`${file} is damaged as a database. Restore a backup.`];
    const hasChecksums = count.parse(
      db.prepare("select count(*) as n from pragma_table_info('draft_update') where name = 'checksum'").get(),
    ).n;
    if (hasChecksums === 0) return [`${file} is no database of this version of Zerodraft.`];
    const drafts = z
      .array(draftRow)
      .parse(db.prepare('select id, title, generation from draft').all())
      .flatMap((draft) => checkDraft(db, draft, setAside, print));
    return [...drafts, ...checkVersions(db, print), ...checkFiles(db, print)];
  } catch (error) {
    return [`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    db.close();
  }
}

function checkDraft(
  db: BetterSqlite.Database,
  draft: z.infer<typeof draftRow>,
  setAside: boolean,
  print: Print,
): string[] {
  const problems: string[] = [];
  const doc = new Y.Doc();
  const take = ({ payload, checksum }: z.infer<typeof logRow>): boolean => {
    if (crc32(payload) !== checksum) return false;
    try {
      Y.applyUpdate(doc, payload);
      return true;
    } catch {
      return false;
    }
  };
  const own = [draft.id, draft.generation];
  const snapshots =
    'select 0 as id, payload, checksum from draft_snapshot where draftId = ? and generation = ?';
  for (const row of z.array(logRow).parse(db.prepare(snapshots).all(own)))
    if (!take(row)) problems.push(`"${draft.title}": its snapshot is damaged. Restore a backup.`);
  const tail =
    'select id, payload, checksum from draft_update where draftId = ? and generation = ? order by id';
  const rows = z.array(logRow).parse(db.prepare(tail).all(own));
  for (const row of rows) {
    if (take(row)) continue;
    const { id } = row;
    problems.push(`"${draft.title}": record ${id} is damaged${setAside ? ' and was set aside' : ''}.`);
    if (!setAside) continue;
    db.transaction(() => {
      db.prepare(
        `insert into draft_set_aside (id, draftId, generation, payload, userId, createdAt, setAsideAt)
         select id, draftId, generation, payload, userId, createdAt, ? from draft_update where id = ?`,
      ).run(new Date().toISOString(), id);
      db.prepare('delete from draft_update where id = ?').run(id);
    })();
  }
  if (doc.store.pendingStructs !== null)
    problems.push(`"${draft.title}": some records build on one that is missing. Restore a backup.`);
  print(`"${draft.title}": ${readBlocks(doc).length} blocks from ${rows.length} records.`);
  doc.destroy();
  return problems;
}
