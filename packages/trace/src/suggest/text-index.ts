import MiniSearch from 'minisearch';
import type { Word } from './words.ts';

/** One text as it is indexed: each field by its words. */
export type Fields<Field extends string> = Record<Field, readonly Word[]>;

/** A word that is looked for, and how much it counts. */
export interface Wanted extends Word {
  weight: number;
}

export interface Hit {
  id: string;
  /** BM25+ over the fields. */
  score: number;
  /** Words of the query that it holds as well, the most telling ones first. */
  shared: Wanted[];
  /** How telling these are together: the logarithms of how rare each is, by its weight. */
  weight: number;
}

interface Held {
  id: string;
  [field: string]: string;
}

/** Hits that are looked at: what counts beside words at most doubles a score, so that the first ten are among them. */
const MAX_HITS = 500;
/** In more texts than these, a word that stands in most of them is not looked for: it tells next to nothing and costs most. */
const FEW = 50;

/** Stems hold no space. */
const split = (text: string): string[] => (text === '' ? [] : text.split(' '));
const joined = (words: readonly Word[]): string => words.map(({ stem }) => stem).join(' ');

/** BM25+ over texts that come and go, and which words were shared. */
export class TextIndex<Field extends string> {
  readonly #search: MiniSearch<Held>;
  /** Which stems each text holds, and in how many texts each stands: how telling a shared word is. */
  readonly #stems = new Map<string, Set<string>>();
  readonly #counts = new Map<string, number>();

  /** @param boosts fields by how much a word in them counts */
  constructor(private readonly boosts: Record<Field, number>) {
    this.#search = new MiniSearch<Held>({
      fields: Object.keys(boosts),
      tokenize: split,
      processTerm: (term) => term,
    });
  }

  get size(): number {
    return this.#stems.size;
  }

  /** Takes a text in, in place of what it was. */
  put(id: string, fields: Fields<Field>): void {
    this.delete(id);
    const held: Held = { id };
    const stems = new Set<string>();
    for (const field of this.#fields()) {
      held[field] = joined(fields[field]);
      for (const { stem } of fields[field]) stems.add(stem);
    }
    this.#search.add(held);
    this.#stems.set(id, stems);
    for (const stem of stems) this.#counts.set(stem, (this.#counts.get(stem) ?? 0) + 1);
  }

  delete(id: string): void {
    const stems = this.#stems.get(id);
    if (!stems) return;
    this.#search.discard(id);
    this.#stems.delete(id);
    for (const stem of stems) {
      const left = (this.#counts.get(stem) ?? 0) - 1;
      if (left > 0) this.#counts.set(stem, left);
      else this.#counts.delete(stem);
    }
  }

  /** How telling a word is: the logarithm of how rare, as BM25 counts it. */
  rarity(stem: string): number {
    return this.#rarityOf(this.#counts.get(stem) ?? 0);
  }

  /** How telling a word would be that stands in one text alone. */
  get rarest(): number {
    return this.#rarityOf(1);
  }

  /** What shares words, best first, up to MAX_HITS. */
  find(wanted: readonly Wanted[]): Hit[] {
    const words = new Map<string, Wanted>();
    const most = this.size > FEW ? this.size / 2 : this.size;
    for (const word of wanted) {
      const count = this.#counts.get(word.stem) ?? 0;
      const known = words.get(word.stem);
      if (count > 0 && count <= most && (!known || known.weight < word.weight)) words.set(word.stem, word);
    }
    const telling = new Map([...words].map(([stem, { weight }]) => [stem, weight * this.rarity(stem)]));
    const tells = ({ stem }: Wanted): number => telling.get(stem) ?? 0;
    const results = this.#search.search([...words.keys()].join(' '), {
      boost: this.boosts,
      boostTerm: (term) => words.get(term)?.weight ?? 0,
    });
    return (
      results
        // MiniSearch multiplies by the number of words found, which BM25 does not.
        .map((result) => ({ result, score: result.score / Math.max(1, result.queryTerms.length) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, MAX_HITS)
        .map(({ result: { id, terms }, score }) => {
          const shared = terms.flatMap((term) => words.get(term) ?? []).sort((a, b) => tells(b) - tells(a));
          return { id, score, shared, weight: shared.reduce((sum, word) => sum + tells(word), 0) };
        })
    );
  }

  #rarityOf(count: number): number {
    return Math.log(1 + (this.size - count + 0.5) / (count + 0.5));
  }

  *#fields(): Iterable<Field> {
    for (const field in this.boosts) yield field;
  }
}
