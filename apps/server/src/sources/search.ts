import type { SourcesHit, SourcesHits, SourcesSearch } from '@zerodraft/contract';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { excerpt } from '../db/full-text.ts';
import { searchExpression } from '../library/search-expression.ts';

/** Processes whose documents are known at once. */
const MAX_PROCESSES = 8;
/** Paragraphs that are put in order by how well they fit; weighing takes ten times as long as finding. */
const MAX_RANKED = 2_000;
const numbers = z.array(z.number());

/** A document that is read. Its paragraphs were kept one after the other, so that their numbers in the database are a range. */
interface Read {
  id: string;
  title: string;
  language: string | null;
  first: number;
  last: number;
}

/** Only these rows. The sign keeps SQLite from asking FTS5 for each by itself. */
const among = (seqs: readonly number[]) =>
  sql`+rowid in (select value from json_each(${JSON.stringify(seqs)}))`;

/** Searches in the texts of all sources of a process. For a thread's own connection, which writes nothing. */
export class SourceSearch {
  readonly #documents = new Map<string, Read[]>();
  #state = -1;

  constructor(private readonly db: Database) {}

  async search(processId: string, { q, offset, limit }: SourcesSearch): Promise<SourcesHits> {
    const expression = searchExpression(q);
    const documents = await this.#read(processId);
    if (expression === null || documents.length === 0) return { hits: [], total: 0, sources: 0 };
    const { found, sources } = within(documents, await this.#matches(expression, documents));
    const ranked = found.length <= MAX_RANKED ? await this.#rank(found, expression) : found;
    const hits = await this.#hits(ranked.slice(offset, offset + limit), expression, documents);
    return { hits, total: found.length, sources };
  }

  /** The documents of a process that are read, in the order of their paragraphs; looked up again once anything was written. */
  async #read(processId: string): Promise<Read[]> {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(this.db);
    const state = rows[0]?.data_version ?? 0;
    if (state !== this.#state || this.#documents.size >= MAX_PROCESSES) this.#documents.clear();
    this.#state = state;
    const known = this.#documents.get(processId);
    if (known) return known;
    const { rows: documents } = await sql<Read & { fileName: string | null }>`
      select s.id as id, s.title as title, s.fileName as fileName, s.language as language,
        first.seq as first, last.seq as last
      from source s join source_paragraph first on first.sourceId = s.id and first.n = 1
        join source_paragraph last on last.sourceId = s.id and last.n = s.paragraphs
      where s.processId = ${processId} and s.state = 'read' order by first.seq`.execute(this.db);
    const read = documents.map(({ fileName, title, ...document }) => ({
      ...document,
      title: title || (fileName?.replace(/\.[^.]+$/, '') ?? ''),
    }));
    this.#documents.set(processId, read);
    return read;
  }

  /** Paragraphs that an expression fits; as one text, which is read many times faster than as many rows. */
  async #matches(expression: string, documents: readonly Read[]): Promise<number[]> {
    const { rows } = await sql<{ list: string }>`
      select json_group_array(rowid) as list from source_fts where source_fts match ${expression}
        and rowid >= ${documents[0]?.first ?? 0} and rowid <= ${documents.at(-1)?.last ?? 0}`.execute(
      this.db,
    );
    return numbers.parse(JSON.parse(rows[0]?.list ?? '[]'));
  }

  async #rank(found: readonly number[], expression: string): Promise<number[]> {
    const { rows } = await sql<{ seq: number; score: number }>`
      select rowid as seq, bm25(source_fts) as score from source_fts
      where source_fts match ${expression} and ${among(found)}`.execute(this.db);
    return rows.sort((a, b) => a.score - b.score || a.seq - b.seq).map(({ seq }) => seq);
  }

  async #hits(
    page: readonly number[],
    expression: string,
    documents: readonly Read[],
  ): Promise<SourcesHit[]> {
    if (page.length === 0) return [];
    const byId = new Map(documents.map((document) => [document.id, document]));
    const { rows } = await sql<{
      seq: number;
      sourceId: string;
      n: number;
      page: number | null;
      excerpt: string;
    }>`
      select p.seq as seq, p.sourceId as sourceId, p.n as n, p.page as page, f.excerpt as excerpt
      from (select rowid as seq, ${excerpt('source_fts', 'text', expression)} as excerpt
        from source_fts where source_fts match ${expression} and ${among(page)}
          and rowid >= ${Math.min(...page)} and rowid <= ${Math.max(...page)}) f
      join source_paragraph p on p.seq = f.seq`.execute(this.db);
    const bySeq = new Map(rows.map((row) => [row.seq, row]));
    return page.flatMap((seq): SourcesHit[] => {
      const row = bySeq.get(seq);
      const document = row && byId.get(row.sourceId);
      if (!row || !document) return [];
      const { sourceId, n, excerpt } = row;
      const { title, language } = document;
      return [{ sourceId, title, language, n, page: row.page, excerpt }];
    });
  }
}

/** Of numbers in order, those that are a document's, and how many documents have any. */
function within(documents: readonly Read[], seqs: readonly number[]): { found: number[]; sources: number } {
  const found: number[] = [];
  let at = 0;
  let counted = -1;
  let sources = 0;
  for (const seq of seqs) {
    while (at < documents.length && (documents[at]?.last ?? 0) < seq) at += 1;
    const document = documents[at];
    if (!document) break;
    if (seq < document.first) continue;
    found.push(seq);
    if (counted !== at) sources += 1;
    counted = at;
  }
  return { found, sources };
}
