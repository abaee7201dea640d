import {
  FACETS,
  type Facet,
  type Facets,
  type FacetsRequest,
  type LibraryItem,
  MAX_BULK,
  MAX_FACET_VALUES,
  type SearchPage,
  type SearchRequest,
  type Selection,
} from '@zerodraft/contract';
import { dispositionOf } from '@zerodraft/trace';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { excerpt, marked } from '../../db/full-text.ts';
import { searchExpression } from '../search-expression.ts';
import { readStates } from '../state.ts';
import { Catalogue, type Entry, type Linked } from './catalogue.ts';
import { conditions, valuesOf } from './conditions.ts';
import type { LibrarySearch, SearchPlace } from './library-search.ts';

/** Libraries held in memory at once. */
const MAX_CATALOGUES = 8;
/** Recommendations that are put in order by how well they fit; of more, only those found in the title come first. */
const MAX_RANKED = 2_000;
/** Recommendations that are weighed and marked in one go. */
const MAX_MARKED = 200;
const numbers = z.array(z.number());
/** Characters of a text that a list shows. */
const EXCERPT = 240;

interface MarkedRow {
  seq: number;
  title: string;
  excerpt: string;
}
/** Titles and excerpts with the words that were looked for. */
type Marked = ReadonlyMap<number, MarkedRow>;

const marks = (expression: string) => sql`${marked('recommendation_fts', 'title')} as title,
  ${excerpt('recommendation_fts', 'text', expression)} as excerpt`;

/** Only these rows. The sign keeps SQLite from asking FTS5 for each by itself. */
function among(entries: readonly Entry[]) {
  return sql`+rowid in (select value from json_each(${JSON.stringify(entries.map(({ seq }) => seq))}))`;
}

interface Found {
  entry: Entry;
  /** The smaller, the better it fits; 0 where nothing was looked for. */
  score: number;
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Full text by FTS5; filters, facets and order from what it holds in memory. */
export class FtsSearch implements LibrarySearch {
  readonly #catalogues = new Map<string, Catalogue>();

  constructor(private readonly db: Database) {}

  async search(place: SearchPlace, request: SearchRequest): Promise<SearchPage> {
    const { catalogue, links, found, marked } = await this.#find(place, request);
    this.#sort(found, request, links);
    const { offset, limit } = request;
    const page = found.slice(offset, offset + limit).map(({ entry }) => entry);
    const words = marked ?? (await this.#mark(page, searchExpression(request.q)));
    const items = await this.#items(place.processId, catalogue, page, words, links);
    return { items, total: found.length };
  }

  async selection(place: SearchPlace, request: SearchRequest): Promise<Selection> {
    const { links, found } = await this.#find(place, request);
    this.#sort(found, request, links);
    const rows = found.slice(0, MAX_BULK).map(({ entry: { id, version } }) => ({ id, version }));
    return { rows, total: found.length };
  }

  async facets(place: SearchPlace, { q, filters }: FacetsRequest): Promise<Facets> {
    const { catalogue, links } = await this.#open(place);
    const failing = conditions(filters, catalogue.terms, links);
    const counts = new Map<Facet, Map<string, number>>(FACETS.map((facet) => [facet, new Map()]));
    let total = 0;
    for (const entry of await this.#candidates(catalogue, q)) {
      const failed = failing(entry);
      // What fails two facets is counted nowhere, what fails one in that one alone.
      if (failed === null || failed.length > 1) continue;
      if (failed.length === 0) total += 1;
      for (const facet of failed.length === 0 ? FACETS : failed) {
        const own = counts.get(facet);
        if (own) for (const value of valuesOf(entry, facet, links)) own.set(value, (own.get(value) ?? 0) + 1);
      }
    }
    const listOf = (facet: Facet): { value: string; count: number }[] =>
      [...(counts.get(facet) ?? [])]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || compare(a.value, b.value))
        .slice(0, MAX_FACET_VALUES);
    return {
      facets: {
        themes: listOf('themes'),
        dimensions: listOf('dimensions'),
        kinds: listOf('kinds'),
        stakeholderKinds: listOf('stakeholderKinds'),
        regions: listOf('regions'),
        source: listOf('source'),
        session: listOf('session'),
        linked: listOf('linked'),
        disposition: listOf('disposition'),
      },
      total,
    };
  }

  async #open({ processId, draftIds }: SearchPlace) {
    const catalogue = this.#catalogues.get(processId) ?? new Catalogue(this.db, processId);
    // The one that was searched last stands last; the first is let go.
    this.#catalogues.delete(processId);
    this.#catalogues.set(processId, catalogue);
    const [oldest] = this.#catalogues.keys();
    if (oldest !== undefined && this.#catalogues.size > MAX_CATALOGUES) this.#catalogues.delete(oldest);
    await catalogue.refresh();
    return { catalogue, links: await catalogue.links(draftIds) };
  }

  async #find(place: SearchPlace, { q, filters, sort }: SearchRequest) {
    const { catalogue, links } = await this.#open(place);
    const failing = conditions(filters, catalogue.terms, links);
    const found = (await this.#candidates(catalogue, q))
      .filter((entry) => failing(entry)?.length === 0)
      .map((entry): Found => ({ entry, score: 0 }));
    const expression = searchExpression(q);
    const marked = sort === 'relevance' && expression !== null ? await this.#score(found, expression) : null;
    return { catalogue, links, found, marked };
  }

  /** What the words fit, before any filter; by reference when there are no words. */
  async #candidates(catalogue: Catalogue, q: string): Promise<readonly Entry[]> {
    if (q === '') return catalogue.live;
    const expression = searchExpression(q);
    if (expression === null) return [];
    const entries: Entry[] = [];
    for (const seq of await this.#matches(expression)) {
      const entry = catalogue.find(seq);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  /** Rows that an expression fits; as one text, which is read many times faster than as many rows. */
  async #matches(expression: string): Promise<number[]> {
    const { rows } = await sql<{
      list: string;
    }>`select json_group_array(rowid) as list from recommendation_fts
      where recommendation_fts match ${expression}`.execute(this.db);
    return numbers.parse(JSON.parse(rows[0]?.list ?? '[]'));
  }

  /**
   * Says how well each fits. Weighing a row takes ten times as long as finding it: where more are found than anybody
   * reads, those that say it in the title stand first, and that is all.
   * @returns their words marked, where they are few enough to do both at once
   */
  async #score(found: readonly Found[], expression: string): Promise<Marked | null> {
    if (found.length > MAX_RANKED) {
      const titled = new Set(await this.#matches(`title : (${expression})`));
      for (const one of found) one.score = titled.has(one.entry.seq) ? 0 : 1;
      return null;
    }
    const entries = found.map(({ entry }) => entry);
    const weight = sql`bm25(recommendation_fts, 8.0, 4.0, 1.0, 2.0, 1.0) as score`;
    const few = found.length <= MAX_MARKED;
    const { rows } = await sql<MarkedRow & { score: number }>`
      select rowid as seq, ${few ? sql`${weight}, ${marks(expression)}` : weight} from recommendation_fts
      where recommendation_fts match ${expression} and ${among(entries)}`.execute(this.db);
    const scores = new Map(rows.map((row) => [row.seq, row]));
    for (const one of found) one.score = scores.get(one.entry.seq)?.score ?? 0;
    return few ? scores : null;
  }

  #sort(found: Found[], request: SearchRequest, links: ReadonlyMap<string, Linked>): void {
    const { q, sort, descending } = request;
    // It is in this order.
    if (q === '' && !descending && (sort === 'relevance' || sort === 'reference')) return;
    const keyOf = ({ entry, score }: Found): string | number => {
      switch (sort) {
        case 'relevance':
          return score;
        case 'reference':
          return entry.reference;
        case 'title':
          return entry.title.toLowerCase();
        case 'source':
          return entry.source.toLowerCase();
        case 'date':
          return entry.date ?? '';
        case 'changed':
          return entry.updatedAt;
        case 'links':
          return links.get(entry.id)?.clauses ?? 0;
      }
    };
    const direction = descending ? -1 : 1;
    const keyed = found.map((one) => ({ one, key: keyOf(one) }));
    keyed.sort((a, b) => direction * compare(a.key, b.key) || a.one.entry.position - b.one.entry.position);
    for (const [index, { one }] of keyed.entries()) found[index] = one;
  }

  /** A page as the list shows it; words are marked only here. */
  async #items(
    processId: string,
    catalogue: Catalogue,
    page: readonly Entry[],
    marked: Marked,
    links: ReadonlyMap<string, Linked>,
  ): Promise<LibraryItem[]> {
    const states = await readStates(
      this.db,
      processId,
      catalogue.terms,
      page.map(({ id }) => id),
    );
    const byId = new Map(states.map((state) => [state.id, state]));
    const merged = catalogue.mergedCounts();
    return page.flatMap(({ id, seq }): LibraryItem[] => {
      const state = byId.get(id);
      if (!state) return [];
      const {
        text,
        passage: _passage,
        mergedInto: _into,
        deletedAt: _deleted,
        createdAt: _made,
        ...fields
      } = state;
      const linked = links.get(id);
      const words = marked.get(seq);
      return [
        {
          ...fields,
          title: words?.title ?? fields.title,
          excerpt: words?.excerpt ?? (text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text),
          links: linked?.clauses ?? 0,
          effective: dispositionOf(fields.disposition, linked?.reflected === true),
          merged: merged.get(id) ?? 0,
        },
      ];
    });
  }

  async #mark(page: readonly Entry[], expression: string | null): Promise<Marked> {
    if (expression === null || page.length === 0) return new Map();
    // All in one go: each question anew puts the beginnings of words together again.
    const { rows } = await sql<MarkedRow>`select rowid as seq, ${marks(expression)} from recommendation_fts
      where recommendation_fts match ${expression} and ${among(page)}`.execute(this.db);
    return new Map(rows.map((row) => [row.seq, row]));
  }
}
