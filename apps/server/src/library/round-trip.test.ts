import { randomUUID } from 'node:crypto';
import {
  guessMapping,
  librarySheet,
  readLibraryFile,
  readRecommendations,
  readTable,
  writeLibraryFile,
} from '@zerodraft/formats';
import {
  DISPOSITIONS,
  LIMITS,
  type RecommendationInput,
  recommendationInput,
  type TaxonomyName,
} from '@zerodraft/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportFile } from '../threads/export-file.ts';
import { labelsOf } from './upsert.ts';

/** What files like to spoil: formulas, apostrophes, separators, writing from right to left, what is no text. */
const ODD = [
  ...['=1+1', '+', '-5 %', '@home', "'", "''", '"', '""', ',', ';', '|', '\t', ' ', '\u00a0', '\ufeff'],
  ...[
    '\u2028',
    '\u200f',
    'يجب على الدول',
    '促进安全',
    '😀',
    '👩‍👩‍👧',
    'e\u0301',
    '_x000D_',
    '&amp;',
    '<b>',
    '007',
  ],
  ...[
    '2017-05-01',
    'TRUE',
    '1e5',
    'word',
    'Ärzte',
    '\u0000',
    '\u0085',
    '\u0092',
    '\ud800',
    '\uffff',
    '\ufffd',
  ],
];
const pieces = (...more: string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...ODD, ...more), fc.string({ maxLength: 5, unit: 'grapheme' })), {
      maxLength: 8,
    })
    .map((parts) => parts.join(''));
const short = pieces().map((text) => text.slice(0, LIMITS.short));
const long = fc.oneof(
  { weight: 20, arbitrary: pieces('\n', '\r\n', '\r', '\n\n=2') },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(LIMITS.text), `=${'"'.repeat(LIMITS.text - 1)}`) },
);
const label = pieces().map((text) => text.replace(/[\n\r\u2028]/g, '').slice(0, 60));
const needed = (text: string): string => (text.trim() === '' ? 'x' : text);
const date = fc.option(
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
);
const inOrder = (labels: readonly string[]): string[] =>
  [...new Set(labels.filter((one) => one !== ''))].sort();

/** A recommendation as it is kept: what cannot be kept is out of it already. */
const kept = fc
  .record({
    title: short.map(needed),
    text: long.map(needed),
    source: short.map(needed),
    sourceKind: label,
    document: short,
    locator: short,
    date,
    themes: fc.array(label, { maxLength: 4 }),
    dimensions: fc.array(label, { maxLength: 2 }),
    kind: label,
    region: label,
    session: short,
    phase: short,
    language: fc.constantFrom('', 'ar', 'zh-Hans'),
    disposition: fc.constantFrom(...DISPOSITIONS),
    dispositionReason: long.map((text) => text.slice(0, 2_000)),
  })
  .map((fields) => recommendationInput.safeParse({ reference: 'R', ...fields }).data)
  .filter((value): value is RecommendationInput => value !== undefined)
  .map((value) => ({ ...value, themes: inOrder(value.themes), dimensions: inOrder(value.dimensions) }));
const library = fc
  .array(kept, { minLength: 1, maxLength: 6 })
  .map((rows) => rows.map((row, index) => ({ ...row, reference: `R-${index}` })));

function labelsIn(rows: readonly RecommendationInput[]): Record<TaxonomyName, string[]> {
  const all = rows.map(labelsOf);
  const of = (taxonomy: TaxonomyName): string[] => [...new Set(all.flatMap((labels) => labels[taxonomy]))];
  return {
    themes: of('themes'),
    dimensions: of('dimensions'),
    kinds: of('kinds'),
    stakeholderKinds: of('stakeholderKinds'),
    regions: of('regions'),
  };
}

describe('whatever a library says', () => {
  it.each(['csv', 'xlsx'] as const)('comes back from %s as it was, every column of it', async (format) => {
    await fc.assert(
      fc.asyncProperty(library, async (rows) => {
        const file = await exportFile(librarySheet(rows), format, 'Recommendations');
        const table = await readTable(new Uint8Array(file), `l.${format}`);
        const taxonomy = { labels: labelsIn(rows), open: [] };
        const { valid, errors } = readRecommendations(table, guessMapping(table.headers), taxonomy);
        expect(errors).toEqual([]);
        expect(valid.map(({ value }) => value)).toEqual(rows);
      }),
      { numRuns: Number(process.env.FUZZ_ROUNDS ?? 150) },
    );
  });

  it('comes back from JSON as the same bytes', () => {
    fc.assert(
      fc.property(library, short, (rows, name) => {
        const labels = labelsIn(rows);
        const of = (taxonomy: TaxonomyName) =>
          labels[taxonomy].map((one) => ({ label: one, retired: false }));
        const taxonomies = {
          themes: of('themes'),
          dimensions: of('dimensions'),
          kinds: of('kinds'),
          stakeholderKinds: of('stakeholderKinds'),
          regions: of('regions'),
        };
        const head = { process: name, exportedAt: '2026-01-01T00:00:00.000Z' };
        const entries = rows.map((row) => ({ ...row, id: randomUUID(), from: null, mergedInto: null }));
        const first = writeLibraryFile(head, taxonomies, [], entries);
        const read = readLibraryFile(new TextEncoder().encode(first), 'l.json');
        expect(writeLibraryFile(head, read.taxonomies, read.sources, read.recommendations)).toBe(first);
      }),
    );
  });
});
