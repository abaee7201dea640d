import {
  LIMITS,
  passage,
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
const line = z.string().transform(plainText).pipe(z.string().max(LIMITS.short));
/** A source as files name it: what is said about it, and its document by name, size and SHA-256. */
const fileSource = z.strictObject({
  id: z.uuid(),
  title: line,
  kind: z.string(),
  who: line,
  stakeholderKind: line,
  region: line,
  phase: line,
  session: line,
  date: z.string().nullable(),
  language: z.string().nullable(),
  symbol: line,
  url: z.string().nullable(),
  file: z
    .strictObject({
      name: z.string().min(1).max(255),
      size: z.number().int().positive(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .nullable(),
});
export type FileSource = z.infer<typeof fileSource>;

const entry = recommendationInput.strict().extend({
  /** Absent in files of the first version. */
  id: z.uuid().optional(),
  /** The source that it was taken from, and the place in it. */
  from: z.strictObject({ source: z.string(), passage: passage.nullable() }).nullable().default(null),
  /** Reference of the one that it became part of. */
  mergedInto: z.string().nullable().default(null),
  /** For archives; an import does not look at it. */
  history: z.array(z.unknown()).optional(),
});
export type LibraryEntry = z.infer<typeof entry>;

const libraryFile = z.strictObject({
  format: z.literal('zerodraft-library'),
  /** The second names ids, sources, passages and merges. */
  version: z.union([z.literal(1), z.literal(2)]),
  process: z.string().optional(),
  exportedAt: z.string().optional(),
  taxonomies,
  sources: z.array(fileSource).max(MAX_LIBRARY_ROWS).default([]),
  recommendations: z.array(entry).max(MAX_LIBRARY_ROWS),
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

function inEntryOrder({ id, from, mergedInto, history, ...input }: LibraryEntry): LibraryEntry {
  return { id, ...inFileOrder(input), from, mergedInto, ...(history ? { history } : {}) };
}

/** What stands at the head of a file; equal libraries differ in nothing else. */
export interface FileHead {
  process: string;
  exportedAt: string;
}

/** A library as JSON: what another process, or this one, can import. */
export function writeLibraryFile(
  { process, exportedAt }: FileHead,
  terms: Record<TaxonomyName, { label: string; retired: boolean }[]>,
  sources: readonly FileSource[],
  recommendations: readonly LibraryEntry[],
): string {
  const file: LibraryFile = {
    format: 'zerodraft-library',
    version: 2,
    process,
    exportedAt,
    taxonomies: terms,
    sources: [...sources].sort((a, b) => byName(a.id, b.id)),
    recommendations: recommendations.map(inEntryOrder).sort((a, b) => byName(a.reference, b.reference)),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** JSON is UTF-8; what a program saved anew with a mark of UTF-16 is read as well. */
function jsonText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * Reads a library's JSON.
 * @throws FormatError that says where it is not one
 */
export function readLibraryFile(bytes: Uint8Array, fileName: string): LibraryFile {
  let value: unknown;
  try {
    value = JSON.parse(jsonText(bytes));
  } catch {
    throw new FormatError(`${fileName} is no JSON. Export the library of the other process as JSON.`);
  }
  if (!isLibrary(value))
    throw new FormatError(
      `${fileName} is JSON, but no library of Zerodraft. Export the library of the other process as JSON.`,
    );
  const parsed = libraryFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') || 'the file';
    throw new FormatError(`${fileName}, ${where}: ${issue?.message ?? 'is not readable'}.`);
  }
  const problem = problemOf(parsed.data);
  if (problem !== null) throw new FormatError(`${fileName}, ${problem}`);
  return parsed.data;
}

function isLibrary(value: unknown): boolean {
  return z.looseObject({ format: libraryFile.shape.format }).safeParse(value).success;
}

/** What the parts of a file say of each other that cannot be; null when nothing. */
function problemOf({ taxonomies, sources, recommendations }: LibraryFile): string | null {
  const labels = new Map(
    TAXONOMIES.map((taxonomy) => [taxonomy, new Set(taxonomies[taxonomy].map(({ label }) => label))]),
  );
  const unknown = (used: readonly [TaxonomyName, readonly string[]][]): string | null => {
    for (const [taxonomy, named] of used)
      for (const label of named)
        if (label !== '' && !labels.get(taxonomy)?.has(label))
          return `"${label}" is not among the file's own ${taxonomy}.`;
    return null;
  };
  const sourceIds = new Set<string>();
  for (const [index, { id, stakeholderKind, region }] of sources.entries()) {
    const where = `sources.${index}: `;
    if (sourceIds.has(id)) return `${where}the id ${id} stands there twice.`;
    sourceIds.add(id);
    const term = unknown([
      ['stakeholderKinds', [stakeholderKind]],
      ['regions', [region]],
    ]);
    if (term !== null) return where + term;
  }
  const seen = new Map(recommendations.map((one) => [one.reference, one]));
  const [references, ids] = [new Set<string>(), new Set<string>()];
  for (const [index, one] of recommendations.entries()) {
    const where = `recommendations.${index}: `;
    if (references.has(one.reference)) return `${where}the reference "${one.reference}" stands there twice.`;
    references.add(one.reference);
    if (one.id !== undefined && ids.has(one.id)) return `${where}the id ${one.id} stands there twice.`;
    if (one.id !== undefined) ids.add(one.id);
    const term = unknown([
      ['themes', one.themes],
      ['dimensions', one.dimensions],
      ['kinds', [one.kind]],
      ['stakeholderKinds', [one.sourceKind]],
      ['regions', [one.region]],
    ]);
    if (term !== null) return where + term;
    if (one.from && !sourceIds.has(one.from.source))
      return `${where}its source ${one.from.source} is not among the file's own sources.`;
    const way = new Set([one.reference]);
    for (let into = one.mergedInto; into !== null; into = seen.get(into)?.mergedInto ?? null) {
      if (!seen.has(into)) return `${where}it was merged into "${into}", which is not in the file.`;
      if (way.has(into)) return `${where}it was merged into itself.`;
      way.add(into);
    }
  }
  return null;
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
