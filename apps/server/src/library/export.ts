import type { LibraryFormat } from '@zerodraft/contract';
import { type FileSource, type LibraryEntry, librarySheet, writeLibraryFile } from '@zerodraft/formats';
import { type RecommendationInput, survivorOf, TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { heldBy } from '../taxonomies/holders.ts';
import { Terms } from '../taxonomies/terms.ts';
import { exportFile } from '../threads/export-file.ts';
import { withLabels } from './repository.ts';
import { listed, readStates, type State } from './state.ts';

function inputOf(state: State, terms: Terms): RecommendationInput {
  const {
    id: _id,
    sourceId: _source,
    mergedIds: _merged,
    version: _version,
    ...input
  } = withLabels(state, terms, []);
  return input;
}

/**
 * A process's library as a file. CSV and XLSX hold what is neither merged nor deleted; JSON also what was merged, the
 * sources that recommendations point to, and the taxonomies.
 * @param history whether JSON tells how each came to be what it is
 */
export async function exportLibrary(
  db: Database,
  processId: string,
  format: LibraryFormat,
  history: boolean,
): Promise<Uint8Array> {
  const terms = await Terms.read(db, processId);
  if (format !== 'json') {
    const rows = (await readStates(db, processId, terms, 'live')).map((state) => inputOf(state, terms));
    return exportFile(librarySheet(rows), format, 'Recommendations');
  }
  const states = withSurvivors(await readStates(db, processId, terms, 'all'));
  const ids = await fileIds(db, 'recommendation', processId);
  const sources = await readSources(db, processId, terms, states);
  const sourceIds = await fileIds(db, 'source', processId);
  const references = new Map(states.map(({ id, reference }) => [id, reference]));
  const events = history ? await readEvents(db, processId, terms) : null;
  const entries = states.map((state): LibraryEntry => {
    const { id, sourceId, passage, mergedInto } = state;
    return {
      ...inputOf(state, terms),
      id: ids.get(id) ?? id,
      from: sourceId === null ? null : { source: sourceIds.get(sourceId) ?? sourceId, passage },
      mergedInto: mergedInto === null ? null : (references.get(mergedInto) ?? null),
      ...(events ? { history: events.get(id) ?? [] } : {}),
    };
  });
  const { name } = await db
    .selectFrom('process')
    .select('name')
    .where('id', '=', processId)
    .executeTakeFirstOrThrow();
  const head = { process: name, exportedAt: new Date().toISOString() };
  return Buffer.from(writeLibraryFile(head, taxonomiesOf(terms), sources, entries));
}

function taxonomiesOf(terms: Terms): Record<TaxonomyName, { label: string; retired: boolean }[]> {
  const listOf = (taxonomy: TaxonomyName) =>
    terms.rows
      .filter((row) => row.taxonomy === taxonomy && row.mergedIntoId === null)
      .map(({ label, retiredAt }) => ({ label, retired: retiredAt !== null }));
  return {
    themes: listOf('themes'),
    dimensions: listOf('dimensions'),
    kinds: listOf('kinds'),
    stakeholderKinds: listOf('stakeholderKinds'),
    regions: listOf('regions'),
  };
}

/** Those that are not deleted; of merged ones, those whose survivor is not. */
function withSurvivors(states: readonly State[]): State[] {
  const byId = new Map(states.map((state) => [state.id, state]));
  const live = (id: string): State | null => {
    const state = byId.get(id);
    return state?.deletedAt === null ? state : null;
  };
  return states.filter(({ id }) => live(survivorOf(id, (one) => live(one)?.mergedInto)) !== null);
}

/** What files call things, where that is not their id. */
async function fileIds(
  db: Database,
  table: 'recommendation' | 'source',
  processId: string,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom(table)
    .select(['id', 'fileId'])
    .where('processId', '=', processId)
    .where('fileId', 'is not', null)
    .execute();
  return new Map(rows.map(({ id, fileId }) => [id, fileId ?? id]));
}

async function readSources(
  db: Database,
  processId: string,
  terms: Terms,
  states: readonly State[],
): Promise<FileSource[]> {
  const ids = [...new Set(states.flatMap(({ sourceId }) => sourceId ?? []))];
  const rows = await db
    .selectFrom('source')
    .select(['id', 'title', 'kind', 'who', 'phase', 'session', 'date', 'language', 'symbol', 'url'])
    .select(['fileName', 'fileSize', 'fileHash', 'fileId'])
    .where('processId', '=', processId)
    .where('id', 'in', listed(ids))
    .execute();
  const held = await heldBy(db, 'source', ids);
  return rows.map(({ id, fileId, fileName, fileSize, fileHash, date, language, symbol, url, ...row }) => {
    const { stakeholderKinds, regions } = terms.sort(held.get(id) ?? []);
    const { title, kind, who, phase, session } = row;
    const file =
      fileName === null || fileSize === null || fileHash === null
        ? null
        : { name: fileName, size: fileSize, sha256: fileHash };
    return {
      id: fileId ?? id,
      title,
      kind,
      who,
      stakeholderKind: terms.labelsOf(stakeholderKinds)[0] ?? '',
      region: terms.labelsOf(regions)[0] ?? '',
      phase,
      session,
      date,
      language,
      symbol,
      url,
      file,
    };
  });
}

/** What was done to each recommendation, as it was written down: oldest first, terms by their labels now. */
async function readEvents(db: Database, processId: string, terms: Terms): Promise<Map<string, unknown[]>> {
  const rows = await db
    .selectFrom('recommendation_change as change')
    .leftJoin('user', 'user.id', 'change.userId')
    .select(['change.recommendationId', 'change.at', 'change.kind', 'change.batch', 'change.version'])
    .select(['user.name as by', 'change.before', 'change.after'])
    .where('change.processId', '=', processId)
    .orderBy('change.id')
    .execute();
  const named = (json: string): unknown => {
    const fields: { terms?: Partial<Record<TaxonomyName, string[]>> } = JSON.parse(json);
    if (!fields.terms) return fields;
    const of = TAXONOMIES.map((taxonomy) => [taxonomy, terms.labelsOf(fields.terms?.[taxonomy] ?? [])]);
    return { ...fields, terms: Object.fromEntries(of) };
  };
  const events = new Map<string, unknown[]>();
  for (const { recommendationId, before, after, ...row } of rows) {
    const list = events.get(recommendationId) ?? [];
    list.push({ ...row, before: named(before), after: named(after) });
    events.set(recommendationId, list);
  }
  return events;
}
