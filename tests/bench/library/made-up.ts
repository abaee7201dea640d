import type { LibraryFile } from '@zerodraft/formats';
import { seeded } from '@zerodraft/sync/random';
import { SOURCE_KIND_LABELS, type TAXONOMIES } from '@zerodraft/trace';

const random = seeded(17);
const pick = <T>(values: readonly T[]): T => {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error('there is nothing to pick from');
  return value;
};
const some = <T>(values: readonly T[], most: number): T[] => [
  ...new Set(Array.from({ length: random(most + 1) }, () => pick(values))),
];

/** Words as they are spread in texts: a few are in most of them, many in a few. */
const SYLLABLES = [
  'mi',
  'gra',
  'la',
  'bor',
  'ter',
  'sa',
  'ne',
  'do',
  'pro',
  'tec',
  'val',
  'ru',
  'com',
  'pa',
  'ges',
];
const WORDS = Array.from({ length: 6_000 }, () =>
  Array.from({ length: 2 + random(3) }, () => pick(SYLLABLES)).join(''),
);
const COMMON = [
  'migrants',
  'states',
  'should',
  'ensure',
  'access',
  'rights',
  'cooperation',
  'national',
  'policies',
];

/** A sentence of the same words as recommendations have. */
export function sentence(): string {
  const words = Array.from({ length: 8 + random(14) }, () =>
    random(3) === 0 ? pick(COMMON) : pick(WORDS.slice(0, 20 + random(WORDS.length - 20))),
  );
  return `${words.join(' ')}.`;
}

const termsOf = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
const TERMS = {
  themes: termsOf('Theme', 24),
  dimensions: termsOf('Dimension', 6),
  kinds: termsOf('Kind', 6),
  stakeholderKinds: Object.values(SOURCE_KIND_LABELS),
  regions: termsOf('Region', 9),
};
const SOURCES = termsOf('Delegation', 250);
const SESSIONS = termsOf('Session', 20);

/** One in a hundred says this, and nothing else does. */
export const RARE = 'zanzibarian';

/** A library of so many recommendations; the same each time. */
export function madeUp(count: number): LibraryFile {
  const listOf = (taxonomy: (typeof TAXONOMIES)[number]) =>
    TERMS[taxonomy].map((label) => ({ label, retired: false }));
  return {
    format: 'zerodraft-library',
    version: 1,
    taxonomies: {
      themes: listOf('themes'),
      dimensions: listOf('dimensions'),
      kinds: listOf('kinds'),
      stakeholderKinds: listOf('stakeholderKinds'),
      regions: listOf('regions'),
    },
    recommendations: Array.from({ length: count }, (_, index) => ({
      reference: `R-${String(index + 1).padStart(5, '0')}`,
      title: sentence().slice(0, 120).trim(),
      text: `${Array.from({ length: 4 + random(4) }, sentence).join(' ')}${index % 100 === 7 ? ` ${RARE} homes.` : ''}`,
      source: pick(SOURCES),
      sourceKind: pick(TERMS.stakeholderKinds),
      document: `A/${1 + random(400)}`,
      locator: `p. ${1 + random(40)}`,
      date: `2017-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`,
      themes: some(TERMS.themes, 4),
      dimensions: some(TERMS.dimensions, 2),
      kind: pick(TERMS.kinds),
      region: pick(['', ...TERMS.regions]),
      session: pick(SESSIONS),
      phase: '',
      language: 'en',
      disposition: 'open',
      dispositionReason: '',
    })),
  };
}
