import { createHash } from 'node:crypto';
import type BetterSqlite from 'better-sqlite3';
import { z } from 'zod';

const table = z.object({ n: z.number() });
const file = z.object({ title: z.string(), fileName: z.string(), fileHash: z.string(), upload: z.string() });
const part = z.object({ bytes: z.instanceof(Uint8Array) });

/** Reads every uploaded document. @returns a line for each that is not what was uploaded */
export function checkFiles(db: BetterSqlite.Database, print: (line: string) => void): string[] {
  const found = db.prepare("select count(*) as n from sqlite_master where name = 'source_part'").get();
  if (table.parse(found).n === 0) return [];
  const problems: string[] = [];
  const files = db
    .prepare('select title, fileName, fileHash, upload from source where upload is not null')
    .all();
  const parts = db.prepare('select bytes from source_part where upload = ? order by n');
  for (const row of files) {
    const { title, fileName, fileHash, upload } = file.parse(row);
    const hash = createHash('sha256');
    for (const one of parts.iterate(upload)) hash.update(part.parse(one).bytes);
    if (hash.digest('hex') !== fileHash)
      problems.push(`"${title || fileName}": its document is damaged. Restore a backup, or upload it again.`);
  }
  if (files.length > 0)
    print(`${files.length} ${files.length === 1 ? 'document' : 'documents'} of sources read.`);
  return problems;
}
