import { asDictionary } from 'trigram-utils';

/** How often each run of three letters stands in a text, in any script; weighed down where it stands often. */
type Profile = ReadonlyMap<string, number>;

export function profileOf(text: string): Profile {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return new Map(Object.entries(asDictionary(plain)).map(([run, n]) => [run, 1 + Math.log(n)]));
}

/** In how many of some texts each run of letters stands: what stands in all of them tells nothing. */
export function raritiesOf(profiles: readonly Profile[]): (run: string) => number {
  const found = new Map<string, number>();
  for (const profile of profiles) for (const run of profile.keys()) found.set(run, (found.get(run) ?? 0) + 1);
  return (run) => Math.log((profiles.length + 1) / ((found.get(run) ?? 0) + 0.5));
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
