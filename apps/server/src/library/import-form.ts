import type { ImportReport, LibraryImportReport } from '@zerodraft/contract';
import {
  columnMapping,
  FormatError,
  guessMapping,
  RECOMMENDATION_FIELDS,
  readLibraryFile,
  readRecommendations,
  readTable,
} from '@zerodraft/formats';
import { TAXONOMIES } from '@zerodraft/trace';
import { type Author, type Deed, record } from '../audit/record.ts';
import type { Database } from '../db/database.ts';
import { Terms } from '../taxonomies/terms.ts';
import { setGoneAside } from './gone.ts';
import { importLibrary, Rehearsed } from './import.ts';
import { addMissing, allLabels, upsertRecommendations } from './upsert.ts';

const PREVIEW_ROWS = 8;

/** Who imports where. */
export interface ImportPlace {
  processId: string;
  userId: string;
  author: Author;
}
/** Why nothing was imported. */
export interface ImportRefusal {
  status: 400 | 422;
  code: string;
  error: string;
}

class Refused extends Error {
  constructor(readonly refusal: ImportRefusal) {
    super(refusal.error);
  }
}

async function attempt<Report>(run: () => Promise<Report>): Promise<Report | ImportRefusal> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    if (error instanceof FormatError) return { status: 422, code: 'unreadable-file', error: error.message };
    throw error;
  }
}

async function fileOf(form: FormData): Promise<{ name: string; bytes: Uint8Array }> {
  const file = form.get('file');
  if (!(file instanceof File)) {
    const error = 'Send the file in the form field "file".';
    throw new Refused({ status: 400, code: 'no-file', error });
  }
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

function deedOf(processId: string, name: string, counts: object): Deed {
  const details = { file: name.slice(0, 200), ...counts };
  return { action: 'recommendation.import', objectKind: 'process', objectId: processId, processId, details };
}

/** Imports a sheet, or says what that would do. What is written is one transaction. */
export function importSheet(
  db: Database,
  { processId, userId, author }: ImportPlace,
  form: FormData,
): Promise<ImportReport | ImportRefusal> {
  return attempt(async () => {
    const { name, bytes } = await fileOf(form);
    const table = await readTable(bytes, name);
    const given = form.get('mapping');
    const chosen = typeof given === 'string' ? columnMapping.safeParse(parseJson(given)) : null;
    if (chosen?.success === false) {
      const error = 'The column mapping is not readable: send a JSON object of field to column index.';
      throw new Refused({ status: 400, code: 'bad-mapping', error });
    }
    const mapping = chosen?.data ?? guessMapping(table.headers);
    const commit = form.get('commit') === 'true';
    const restore = form.get('restore') === 'true';
    const terms = await Terms.read(db, processId);
    // Regions come with what is imported; other terms only when somebody says so.
    const open = form.get('terms') === 'add' ? TAXONOMIES : (['regions'] as const);
    const { valid, errors } = readRecommendations(table, mapping, { labels: allLabels(terms), open });
    const mapped = new Set(
      RECOMMENDATION_FIELDS.map(({ field }) => field).filter((field) => mapping[field] !== undefined),
    );
    const { gone, ...counts } = await db.transaction().execute(async (trx) => {
      const { kept, ...sorted } = await setGoneAside(trx, processId, valid, restore);
      if (commit) await addMissing(trx, processId, kept);
      const result = await upsertRecommendations(trx, { processId, userId }, kept, mapped, commit);
      if (commit) await record(trx, author, deedOf(processId, name, result));
      return { ...result, gone: sorted };
    });
    const leftOut = new Set(gone.errors.map(({ row }) => row));
    const preview = valid
      .filter(({ row }) => !leftOut.has(row))
      .slice(0, PREVIEW_ROWS)
      .map(({ row, value: { reference, title, source, themes } }) => ({
        row,
        reference,
        title,
        source,
        themes,
      }));
    return {
      headers: table.headers,
      mapping,
      preview,
      rows: table.rows.length,
      warnings: table.warnings,
      ...counts,
      errors: [...errors, ...gone.errors].sort((a, b) => a.row - b.row),
      deleted: gone.deleted,
      committed: commit,
    };
  });
}

/** Imports another process's library, or says what that would do. What is written is one transaction. */
export function importLibraryFile(
  db: Database,
  { processId, userId, author }: ImportPlace,
  form: FormData,
): Promise<LibraryImportReport | ImportRefusal> {
  return attempt(async () => {
    const { name, bytes } = await fileOf(form);
    const read = readLibraryFile(bytes, name);
    const options = { commit: form.get('commit') === 'true', restore: form.get('restore') === 'true' };
    try {
      return await db.transaction().execute(async (trx) => {
        const report = await importLibrary(trx, { processId, userId }, read, options);
        const { added, updated, unchanged } = report;
        await record(trx, author, deedOf(processId, name, { added, updated, unchanged }));
        return report;
      });
    } catch (error) {
      if (error instanceof Rehearsed) return error.report;
      throw error;
    }
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
