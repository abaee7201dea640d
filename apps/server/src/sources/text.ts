import { MAX_PARAGRAPHS_AT_ONCE, type ParagraphHit, type SourceParagraph } from '@zerodraft/contract';
import type { ParagraphKind } from '@zerodraft/formats';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { excerpt } from '../db/full-text.ts';
import { searchExpression } from '../library/search-expression.ts';

const MAX_HITS = 500;

/** Paragraphs of a source that is read, by their numbers; at most so many as one request gives. */
export async function readParagraphs(
  db: Database,
  sourceId: string,
  from: number,
  to = Number.MAX_SAFE_INTEGER,
  kind?: ParagraphKind,
): Promise<SourceParagraph[]> {
  return db
    .selectFrom('source_paragraph')
    .innerJoin('source', 'source.id', 'source_paragraph.sourceId')
    .select(['source_paragraph.n', 'source_paragraph.kind', 'source_paragraph.page', 'source_paragraph.text'])
    .where('source.id', '=', sourceId)
    .where('source.state', '=', 'read')
    .where('source_paragraph.n', '>=', from)
    .where('source_paragraph.n', '<=', to)
    .$if(kind !== undefined, (query) => query.where('source_paragraph.kind', '=', kind ?? 'heading'))
    .orderBy('source_paragraph.n')
    .limit(MAX_PARAGRAPHS_AT_ONCE)
    .execute();
}

/** Finds words in a source's text; empty when the query holds no word. */
export async function searchParagraphs(
  db: Database,
  sourceId: string,
  query: string,
): Promise<{ hits: ParagraphHit[]; total: number }> {
  const expression = searchExpression(query);
  if (expression === null) return { hits: [], total: 0 };
  // One document's paragraphs were kept one after the other: the index looks only there.
  const found = sql`source_fts join source_paragraph p on p.seq = source_fts.rowid
    where source_fts match ${expression} and p.sourceId = ${sourceId}
    and source_fts.rowid >= (select min(seq) from source_paragraph where sourceId = ${sourceId})
    and source_fts.rowid <= (select max(seq) from source_paragraph where sourceId = ${sourceId})
    and exists (select 1 from source where id = ${sourceId} and state = 'read')`;
  const { rows: hits } = await sql<ParagraphHit>`
    select p.n as n, p.page as page, ${excerpt('source_fts', 'text', expression)} as excerpt
    from ${found} order by p.n limit ${MAX_HITS}`.execute(db);
  const { rows: counts } = await sql<{ n: number }>`select count(*) as n from ${found}`.execute(db);
  return { hits, total: counts[0]?.n ?? 0 };
}
