import { crc32 } from 'node:zlib';
import type BetterSqlite from 'better-sqlite3';
import * as Y from 'yjs';
import { z } from 'zod';

const table = z.object({ n: z.number() });
const row = z.object({
  title: z.string(),
  name: z.string(),
  state: z.instanceof(Uint8Array),
  checksum: z.number(),
});

function isWhole({ state, checksum }: z.infer<typeof row>): boolean {
  if (crc32(state) !== checksum) return false;
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, state);
    return true;
  } catch {
    return false;
  } finally {
    doc.destroy();
  }
}

/** Reads every version of every draft. @returns a line for each that is not what was kept */
export function checkVersions(db: BetterSqlite.Database, print: (line: string) => void): string[] {
  const found = db.prepare("select count(*) as n from sqlite_master where name = 'version'").get();
  if (table.parse(found).n === 0) return [];
  const problems: string[] = [];
  let count = 0;
  const versions = db.prepare(
    'select draft.title, version.name, version.state, version.checksum from version join draft on draft.id = version.draftId',
  );
  for (const one of versions.iterate()) {
    const version = row.parse(one);
    count += 1;
    if (!isWhole(version))
      problems.push(
        `"${version.title}": its version "${version.name}" is damaged. Restore a backup, or delete the version.`,
      );
  }
  if (count > 0) print(`${count} ${count === 1 ? 'version' : 'versions'} of drafts read.`);
  return problems;
}
