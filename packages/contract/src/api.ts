import { columnMapping } from '@zerodraft/formats';
import { recommendation, recommendationSummary } from '@zerodraft/trace';
import { z } from 'zod';
import { refusal } from './permissions.ts';

/** Every refused request answers with this: what, and how to mend it; for programs also why. */
export const problem = z.object({ error: z.string(), code: z.string(), reason: refusal.optional() });
export type Problem = z.infer<typeof problem>;
export const done = z.object({ ok: z.literal(true) });

export const libraryList = z.object({ recommendations: z.array(recommendationSummary) });
export { recommendation, recommendationSummary };

/** A full-text hit: `title` and `excerpt` mark the words found between MARK_START and MARK_END. */
export const searchHit = z.object({ id: z.string(), title: z.string(), excerpt: z.string() });
export type SearchHit = z.infer<typeof searchHit>;
export const searchQuery = z.object({ q: z.string().trim().min(1).max(200) });
/** Two private-use characters: text never holds them, so that no hit can smuggle markup. */
export const MARK_START = '\ue000';
export const MARK_END = '\ue001';

export const rowProblem = z.object({ row: z.number(), field: z.string(), message: z.string() });
export type RowProblem = z.infer<typeof rowProblem>;

/** What an import would do, or did. */
export const importReport = z.object({
  headers: z.array(z.string()),
  mapping: columnMapping,
  /** The first rows as they will read, to check the mapping by eye. */
  preview: z.array(
    z.object({
      row: z.number(),
      reference: z.string(),
      title: z.string(),
      source: z.string(),
      themes: z.array(z.string()),
    }),
  ),
  rows: z.number(),
  /** What had to be guessed to read the file, as its encoding. */
  warnings: z.array(z.string()),
  added: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  errors: z.array(rowProblem),
  /** Rows that name what was taken out of the library: they are errors, unless it is to be brought back. */
  deleted: z.number(),
  /** True once the valid rows are kept. */
  committed: z.boolean(),
});
export type ImportReport = z.infer<typeof importReport>;

/** Topics of the notices that the sync socket sends: what to fetch anew, by the first part of its query key. */
export const NOTICES = [
  'threads',
  'notifications',
  'recommendations',
  'links',
  'versions',
  'taxonomies',
  'views',
  'sources',
  'deposits',
  'draft',
] as const;
export type Notice = (typeof NOTICES)[number];
