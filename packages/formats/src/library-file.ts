import {
  plainText,
  type RecommendationInput,
  recommendationInput,
  TAXONOMIES,
  type TaxonomyName,
} from '@zerodraft/trace';
import { z } from 'zod';
import { FormatError } from './format-error.ts';
import { RECOMMENDATION_FIELDS } from './mapping.ts';
import { tagCell } from './recommendations.ts';

/** Bytes of a library file at most. */
export const MAX_LIBRARY_BYTES = 64 * 1024 * 1024;
export const MAX_LIBRARY_ROWS = 50_000;

const term = z.strictObject({
  label: z.string().transform(plainText).pipe(z.string().min(1, 'is empty').max(200)),
  retired: z.boolean(),
});
const terms = z
  .array(term)
  .max(500)
  .refine((list) => new Set(list.map(({ label }) => label)).size === list.length, 'has the same label twice');
const taxonomies = z.record(z.enum(TAXONOMIES), terms);
const libraryFile = z.strictObject({
  format: z.literal('zerodraft-library'),
  version: z.literal(1),
  taxonomies,
  recommendations: z.array(recommendationInput.strict()).max(MAX_LIBRARY_ROWS),
});
export type LibraryFile = z.infer<typeof libraryFile>;

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A recommendation as files hold it: its fields in one order, its labels by the alphabet. */
function inFileOrder(input: RecommendationInput): RecommendationInput {
  const fields = RECOMMENDATION_FIELDS.map(({ field }) => [field, input[field]]);
  return {
    ...recommendationInput.parse(Object.fromEntries(fields)),
    themes: [...input.themes].sort(byName),
    dimensions: [...input.dimensions].sort(byName),
  };
}

/** A library as JSON: what another process, or this one, can import. Equal libraries give equal files. */
export function writeLibraryFile(
  terms: Record<TaxonomyName, { label: string; retired: boolean }[]>,
  recommendations: readonly RecommendationInput[],
): string {
  const file: LibraryFile = {
    format: 'zerodraft-library',
    version: 1,
    taxonomies: terms,
    recommendations: recommendations.map(inFileOrder).sort((a, b) => byName(a.reference, b.reference)),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Reads a library's JSON.
 * @throws FormatError that says where it is not one
 */
export function readLibraryFile(bytes: Uint8Array, fileName: string): LibraryFile {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new FormatError(`${fileName} is no JSON. Export the library of the other process as JSON.`);
  }
  const parsed = libraryFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the file';
    throw new FormatError(`${fileName}, ${where}: ${issue?.message ?? 'is not readable'}.`);
  }
  const seen = new Set<string>();
  for (const [
    index,
    { reference, themes, dimensions, kind, sourceKind, region },
  ] of parsed.data.recommendations.entries()) {
    if (seen.has(reference))
      throw new FormatError(
        `${fileName}, recommendations.${index}: the reference "${reference}" stands there twice.`,
      );
    seen.add(reference);
    const used: [TaxonomyName, string[]][] = [
      ['themes', themes],
      ['dimensions', dimensions],
      ['kinds', [kind]],
      ['stakeholderKinds', [sourceKind]],
      ['regions', [region]],
    ];
    for (const [taxonomy, labels] of used) {
      const unknown = labels.find(
        (label) => label !== '' && !parsed.data.taxonomies[taxonomy].some((known) => known.label === label),
      );
      if (unknown !== undefined)
        throw new FormatError(
          `${fileName}, recommendations.${index}: "${unknown}" is not among the file's own ${taxonomy}.`,
        );
    }
  }
  return parsed.data;
}

/** A library as the rows of a sheet, headers first; the headers are those that an import knows by itself. */
export function librarySheet(recommendations: readonly RecommendationInput[]): string[][] {
  const rows = recommendations.map(inFileOrder).sort((a, b) => byName(a.reference, b.reference));
  return [
    RECOMMENDATION_FIELDS.map(({ label }) => label),
    ...rows.map((row) =>
      RECOMMENDATION_FIELDS.map(({ field }) => {
        const value = row[field];
        return Array.isArray(value) ? tagCell(value) : (value ?? '');
      }),
    ),
  ];
}
