import { withoutUnspaced } from '@zerodraft/trace';
import { unspacedWords } from '@zerodraft/trace/suggest';
import { asDictionary } from 'trigram-utils';

/**
 * How often each run of three letters stands in a text, and each word where words are not parted by spaces; weighed down
 * where it stands often.
 */
type Profile = ReadonlyMap<string, number>;

export function profileOf(text: string): Profile {
  const plain = withoutUnspaced(text)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  const counts = new Map(Object.entries(asDictionary(plain)));
  for (const word of unspacedWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].map(([run, n]) => [run, 1 + Math.log(n)]));
}

/** Texts that a run is held against at least: among a few, one that stands in none would count for more than all others. */
const AMONG = 60;

/** In how many of some texts each run of letters stands: what stands in all of them tells nothing. */
export function raritiesOf(profiles: readonly Profile[]): (run: string) => number {
  const found = new Map<string, number>();
  for (const profile of profiles) for (const run of profile.keys()) found.set(run, (found.get(run) ?? 0) + 1);
  const texts = Math.max(profiles.length, AMONG);
  return (run) => Math.log((texts + 1) / ((found.get(run) ?? 0) + 0.5));
}

/** How alike two texts are, from 0 to 1: the cosine of their profiles, rare runs counting for more. */
export function likeness(a: Profile, b: Profile, rarity: (run: string) => number): number {
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  for (const [run, weight] of a) {
    const own = weight * rarity(run);
    ofA += own * own;
    const other = b.get(run);
    if (other !== undefined) both += own * other * rarity(run);
  }
  for (const [run, weight] of b) {
    const own = weight * rarity(run);
    ofB += own * own;
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}
