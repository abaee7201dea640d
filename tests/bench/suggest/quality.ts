import { RecommendationIndex } from '@zerodraft/trace/suggest';
import MiniSearch from 'minisearch';
import type { Case, Labelled } from './labelled.ts';

/** How good a ranking is, over all cases. */
export interface Quality {
  name: string;
  /** The share of all links that stand among the first ten. */
  recall: number;
  /** The mean of 1 / the rank of a clause's first right one; 0 where none is found. */
  reciprocal: number;
  /** How many are listed for a clause, of ten at most. */
  listed: number;
}

const FIRST = 10;
const ALL = 1_000;

type Ranking = (one: Case, at: number) => string[];

function measure(name: string, cases: readonly Case[], rank: Ranking): Quality {
  let [found, wanted, reciprocal, listed] = [0, 0, 0, 0];
  for (const [at, one] of cases.entries()) {
    const ranked = rank(one, at);
    const first = new Set(ranked.slice(0, FIRST));
    const right = one.recommendations
      .map((reference) => ranked.indexOf(reference))
      .filter((rank) => rank >= 0);
    wanted += one.recommendations.length;
    found += one.recommendations.filter((reference) => first.has(reference)).length;
    reciprocal += right.length === 0 ? 0 : 1 / (Math.min(...right) + 1);
    listed += first.size;
  }
  const count = Math.max(1, cases.length);
  return {
    name,
    recall: found / Math.max(1, wanted),
    reciprocal: reciprocal / count,
    listed: listed / count,
  };
}

/** Each clause's own links are hidden while it is asked for; those of the others in its section are known, as they are in a draft. */
export function qualityOf({ library, cases }: Labelled): Quality[] {
  const index = new RecommendationIndex();
  for (const one of library) index.put(one);
  const plain = new MiniSearch<{ id: string; title: string; text: string }>({ fields: ['title', 'text'] });
  plain.addAll(library.map(({ id, title, text }) => ({ id, title, text })));
  const nearby = (at: number): string[] => {
    const section = cases[at]?.section;
    return cases.flatMap((other, index) =>
      index !== at && other.section === section ? other.recommendations : [],
    );
  };
  const suggested = (one: Case, near: readonly string[], place: boolean): string[] => {
    const { text, heading, leads } = one;
    const query = {
      text,
      place: place ? { heading, leads } : { heading: '', leads: [] },
      linked: new Set<string>(),
      nearby: near,
    };
    return index.suggest(query, ALL).map(({ id }) => id);
  };
  return [
    measure('plain BM25 (MiniSearch as it comes)', cases, ({ text }) =>
      plain.search(text).map(({ id }) => String(id)),
    ),
    measure('BM25 over stems, without stop words', cases, ({ text }) => index.byWords(text)),
    measure('… and only what is likely', cases, (one) => suggested(one, [], false)),
    measure('… with heading and lead', cases, (one) => suggested(one, [], true)),
    measure('… with taxonomy and section: suggestions', cases, (one, at) => suggested(one, nearby(at), true)),
  ];
}
