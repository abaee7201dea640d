import { randomUUID } from 'node:crypto';
import { MAX_SOURCES, newSource } from '@zerodraft/contract';
import { type FileSource, FormatError } from '@zerodraft/formats';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { Terms } from '../taxonomies/terms.ts';
import { listed } from './state.ts';

/** A source of a file as it is kept here. */
export interface KeptSource {
  id: string;
  /** Whether its document is here and read, so that passages can be held against it. */
  read: boolean;
  /** SHA-256 of the document that it has, or waits for. */
  hash: string | null;
}

/** Of some ids those that are in use, by whatever process. */
export async function usedIds(
  db: Database,
  table: 'recommendation' | 'source',
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db.selectFrom(table).select('id').where('id', 'in', listed(ids)).execute();
  return new Set(rows.map(({ id }) => id));
}

/**
 * Keeps the sources of a file that the process does not have; one that it has stays as it is. Documents are not in the
 * file: a new source waits for the very document that the file names, by its hash.
 * @param cited ids of those that are wanted
 * @returns what each is here, by its id in the file
 * @throws FormatError when something is said of a source that cannot be
 */
export async function keepSources(
  db: Database,
  { processId, userId }: { processId: string; userId: string },
  sources: readonly FileSource[],
  cited: ReadonlySet<string>,
): Promise<Map<string, KeptSource>> {
  const existing = await db
    .selectFrom('source')
    .select(['id', 'fileId', 'fileHash', 'state'])
    .where('processId', '=', processId)
    .execute();
  const kept = new Map(
    existing.map(({ id, fileId, fileHash, state }): [string, KeptSource] => [
      fileId ?? id,
      { id, read: state === 'read', hash: fileHash },
    ]),
  );
  const fresh = sources.filter(({ id }) => cited.has(id) && !kept.has(id));
  if (existing.length + fresh.length > MAX_SOURCES)
    throw new FormatError(`A process holds at most ${MAX_SOURCES} sources. Delete some first.`);
  const used = await usedIds(
    db,
    'source',
    fresh.map(({ id }) => id),
  );
  const terms = await Terms.read(db, processId);
  const now = new Date().toISOString();
  const rows: Record<string, unknown>[] = [];
  const pairs: [string, string][] = [];
  for (const { file, ...said } of fresh) {
    const checked = newSource.safeParse(said);
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const where = `sources, ${said.id}, ${issue?.path.join('.')}`;
      throw new FormatError(`${where}: ${issue?.message ?? 'is not readable'}`);
    }
    const { stakeholderKind, region, ...fields } = checked.data;
    const id = used.has(said.id) ? randomUUID() : said.id;
    const of = [terms.named('stakeholderKinds', stakeholderKind), terms.named('regions', region)];
    for (const term of of) if (term) pairs.push([id, term.id]);
    rows.push({
      ...fields,
      id,
      fileId: id === said.id ? null : said.id,
      fileName: file?.name ?? null,
      fileSize: file?.size ?? null,
      fileHash: file?.sha256 ?? null,
    });
    kept.set(said.id, { id, read: false, hash: file?.sha256 ?? null });
  }
  const names = ['id', 'fileId', 'title', 'kind', 'who', 'phase', 'session', 'date', 'language', 'symbol'];
  const columns = [...names, 'url', 'fileName', 'fileSize', 'fileHash'];
  await sql`insert into source (processId, state, createdBy, createdAt, updatedAt,
      ${sql.join(columns.map((name) => sql.ref(name)))})
    select ${processId}, 'no-file', ${userId}, ${now}, ${now},
      ${sql.join(columns.map((name) => sql`value ->> ${`$.${name}`}`))}
    from json_each(${JSON.stringify(rows)})`.execute(db);
  await sql`insert into source_term (sourceId, termId)
    select value ->> 0, value ->> 1 from json_each(${JSON.stringify(pairs)})`.execute(db);
  return kept;
}
