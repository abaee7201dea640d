import { TAXONOMIES } from '@zerodraft/trace';
import { z } from 'zod';

export const taxonomyName = z.enum(TAXONOMIES);

/** Terms that one taxonomy holds at most, those that are retired or merged included. */
export const MAX_TERMS = 500;

export const termLabel = z
  .string()
  .trim()
  .min(1, 'Give the term a name.')
  .max(200, 'A term holds at most 200 characters.')
  .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, 'A term is one line of plain text.');

/** A term where something is classified with it: its label, or the name that it has from the beginning; empty for none. */
export const termName = z.string().trim().max(200, 'A term holds at most 200 characters.');

/** One entry of a taxonomy. What has it points to it by id, so that a new name is everywhere at once. */
export const term = z.object({
  id: z.string(),
  label: z.string(),
  /** Since when it is not offered any more; it stays on what has it. */
  retiredAt: z.string().nullable(),
  /** The term it became one with; it then stands nowhere any more. */
  mergedInto: z.string().nullable(),
  /** How many recommendations have it, neither merged nor deleted ones. */
  used: z.number(),
  /** How many sources and deposits have it. */
  sources: z.number(),
  deposits: z.number(),
});
export type Term = z.infer<typeof term>;

/** A process's taxonomies, each in its order; what is retired or merged stands among them, so that old ids can be read. */
export const taxonomies = z.object({ taxonomies: z.record(taxonomyName, z.array(term)) });
export type Taxonomies = z.infer<typeof taxonomies>;

/** A new term, at the end; the id is made by the client, so that a request that is sent again makes one. */
export const newTerm = z.strictObject({ id: z.uuid(), label: termLabel });
export type NewTerm = z.infer<typeof newTerm>;
export const termChange = z
  .strictObject({ label: termLabel, retired: z.boolean() })
  .partial()
  .refine(({ label, retired }) => label !== undefined || retired !== undefined, 'Say what changes.');
export type TermChange = z.infer<typeof termChange>;
/** The ids of all terms that are in use, in their new order. */
export const termOrder = z.strictObject({ ids: z.array(z.string()).max(MAX_TERMS) });
/** The term that takes over everything this one stands on. */
export const termMerge = z.strictObject({ into: z.string() });
