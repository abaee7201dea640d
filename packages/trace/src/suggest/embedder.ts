import type { Likely } from './likely.ts';

/** A model that turns texts into vectors of length one, those of like meaning into like vectors. */
export interface Embedder {
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Below this texts have nothing to do with each other, for the small models that run on a server. */
const ALIKE = 0.4;
/** How many are taken from the model's list, and what softens the first ranks (Cormack et al. 2009). */
const MEANT = 50;
const SOFTENING = 60;

function alike(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** Ids by how like their meaning is to that of a text, best first. */
export function byMeaning(of: Float32Array, vectors: Iterable<readonly [string, Float32Array]>): string[] {
  return [...vectors]
    .map(([id, vector]) => ({ id, score: alike(of, vector) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, MEANT)
    .map(({ id }) => id);
}

/** Joins the list by words with that by meaning: reciprocal ranks are added up, as their scores cannot be compared. */
export function fuse(words: readonly Likely[], meant: readonly string[]): Likely[] {
  const fused = new Map<string, Likely>();
  for (const [rank, one] of words.entries()) fused.set(one.id, { ...one, score: 1 / (SOFTENING + rank + 1) });
  for (const [rank, id] of meant.entries()) {
    const known = fused.get(id);
    const why = known?.why ?? { words: [], terms: [], section: false, meaning: true };
    const score = (known?.score ?? 0) + 1 / (SOFTENING + rank + 1);
    fused.set(id, { id, score, why: { ...why, meaning: true } });
  }
  return [...fused.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
