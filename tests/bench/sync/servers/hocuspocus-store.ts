import SQLite from 'better-sqlite3';

/** The table of @hocuspocus/extension-sqlite, on the same SQLite and the same pragmas as ours. */
export function openStore(file: string) {
  const db = new SQLite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('create table if not exists documents (name text not null unique, data blob not null)');
  const read = db.prepare<[string], Buffer>('select data from documents where name = ?').pluck();
  const write = db.prepare(
    'insert into documents (name, data) values (?, ?) on conflict (name) do update set data = excluded.data',
  );
  return {
    read: (name: string): Uint8Array | null => read.get(name) ?? null,
    write: (name: string, data: Uint8Array): void => {
      write.run(name, data);
    },
    close: (): void => {
      db.close();
    },
  };
}
