import { ERRORS, FINDING_LABELS, FINDINGS, type Finding } from '@zerodraft/trace';
import { type Database, openDatabase } from '../db/database.ts';
import { sqlLogReader } from '../db/draft-log.ts';
import { readDraftLinks } from '../library/draft-links.ts';
import { keepLinks } from '../library/keep-links.ts';
import { checkDraft } from './check.ts';

type Print = (line: string) => void;

const draftsOf = (db: Database) =>
  db
    .selectFrom('draft')
    .select(['id', 'title', 'processId'])
    .where('state', '!=', 'deleted')
    .orderBy('createdAt')
    .execute();

function report(findings: readonly Finding[], all: boolean, print: Print): number {
  let wrong = 0;
  for (const kind of FINDINGS) {
    const own = findings.filter((finding) => finding.kind === kind);
    if (own.length === 0) continue;
    const isError = ERRORS.includes(kind);
    if (isError) wrong += own.length;
    print(`  ${isError ? 'error' : 'open '}  ${FINDING_LABELS[kind]}: ${own.length}`);
    if (isError || all) for (const { words } of own) print(`         ${words}`);
  }
  return wrong;
}

/**
 * Checks the links of every draft against the library and the derived tables. Best while no server runs: what it has
 * just written may not be in the tables yet.
 * @param all whether what is only unfinished is named too, and not only counted
 * @returns an exit code: 1 when something is wrong
 */
export async function traceCheck(dataDir: string, all: boolean, print: Print): Promise<number> {
  const db = await openDatabase(dataDir);
  try {
    let wrong = 0;
    for (const { id, title, processId } of await draftsOf(db)) {
      print(`"${title}"`);
      const found = await checkDraft(db, sqlLogReader(db), { processId, draftId: id }, true);
      if (found.length === 0) print('  nothing is wrong, and nothing is open');
      wrong += report(found, all, print);
    }
    print(wrong === 0 ? 'No errors.' : `${wrong} ${wrong === 1 ? 'error' : 'errors'}.`);
    return wrong === 0 ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

/** Makes the derived tables of links anew from the drafts. Returns an exit code. */
export async function traceRebuild(dataDir: string, print: Print): Promise<number> {
  const db = await openDatabase(dataDir);
  try {
    for (const { id, title } of await draftsOf(db)) {
      const found = await readDraftLinks(db, sqlLogReader(db), id);
      const changed = await db.transaction().execute((trx) => keepLinks(trx, id, found));
      print(`"${title}": ${found.links.length} links${changed ? '; the index said something else' : ''}.`);
    }
    return 0;
  } finally {
    await db.destroy();
  }
}
