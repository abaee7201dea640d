import {
  DISPOSITIONS,
  EFFECTIVE_DISPOSITIONS,
  LIMITS,
  RELATIONS,
  recommendationFields,
  SINGLE_TAXONOMIES,
  TAXONOMIES,
} from '@zerodraft/trace';
import { z } from 'zod';
import { rowProblem } from './api.ts';
import { person } from './people.ts';
import { recommendationView } from './sources.ts';
import { taxonomyName } from './taxonomies.ts';

/** Recommendations that one edit or selection takes at most. */
export const MAX_BULK = 5_000;
/** Saved views that a process holds at most. */
export const MAX_VIEWS = 200;

/** What the library can be narrowed by, with a count for each value. */
export const FACETS = [...TAXONOMIES, 'source', 'session', 'linked', 'disposition'] as const;
export type Facet = (typeof FACETS)[number];
/** Values of a facet that are counted at most, the most frequent ones. */
export const MAX_FACET_VALUES = 500;

const ids = z.array(z.string().max(100)).max(200).default([]);
const texts = z.array(z.string().max(LIMITS.short)).max(200).default([]);

/**
 * A filter: within a facet any of the values, between facets all. Terms are ids; an empty text is what has no such value.
 * Ids of merged terms stand for what they were merged into.
 */
export const libraryFilters = z.strictObject({
  themes: ids,
  dimensions: ids,
  kinds: ids,
  stakeholderKinds: ids,
  regions: ids,
  /** Names of who it comes from. */
  source: texts,
  session: texts,
  linked: z.array(z.enum(['linked', 'open'])).default([]),
  /** As it reads: what is linked and undecided is reflected. */
  disposition: z.array(z.enum(EFFECTIVE_DISPOSITIONS)).default([]),
  /** Sources kept here that it was taken from; not a facet. */
  sourceId: ids,
  /** Inclusive. */
  from: z.iso.date().nullable().default(null),
  to: z.iso.date().nullable().default(null),
});
export type LibraryFilters = z.infer<typeof libraryFilters>;

export const LIBRARY_SORTS = [
  'relevance',
  'reference',
  'title',
  'source',
  'date',
  'changed',
  'links',
] as const;
export type LibrarySort = (typeof LIBRARY_SORTS)[number];

const what = {
  /** Words, each also as a beginning; "words" as a phrase. Empty: all. */
  q: z.string().trim().max(200).default(''),
  filters: libraryFilters.prefault({}),
  /** Counts as linked only what is linked in this draft; without it, in any draft that the person may see. */
  draftId: z.string().nullable().default(null),
};
export const facetsRequest = z.strictObject(what);
export type FacetsRequest = z.infer<typeof facetsRequest>;

export const searchRequest = z.strictObject({
  ...what,
  /** Relevance without words is by reference. */
  sort: z.enum(LIBRARY_SORTS).default('relevance'),
  descending: z.boolean().default(false),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});
export type SearchRequest = z.infer<typeof searchRequest>;
export type SearchRequestInput = z.input<typeof searchRequest>;

/** Terms of a recommendation by taxonomy, as ids. */
export const termIds = z.record(taxonomyName, z.array(z.string()));
export type TermIds = z.infer<typeof termIds>;

/** A recommendation in the library's list; words that were looked for are marked in title and excerpt as in `searchHit`. */
export const libraryItem = recommendationFields.omit({ text: true }).extend({
  id: z.string(),
  version: z.number(),
  excerpt: z.string(),
  terms: termIds,
  sourceId: z.string().nullable(),
  /** Clauses it is linked to in the drafts that count. */
  links: z.number(),
  /** As it reads; `disposition` is what was decided. */
  effective: z.enum(EFFECTIVE_DISPOSITIONS),
  /** How many were merged into it. */
  merged: z.number(),
  updatedAt: z.string(),
});
export type LibraryItem = z.infer<typeof libraryItem>;
export const searchPage = z.object({ items: z.array(libraryItem), total: z.number() });
export type SearchPage = z.infer<typeof searchPage>;

/** All that a search finds, up to MAX_BULK, for a bulk edit. */
export const selection = z.object({
  rows: z.array(z.object({ id: z.string(), version: z.number() })),
  total: z.number(),
});
export type Selection = z.infer<typeof selection>;

const facetValue = z.object({ value: z.string(), count: z.number() });
/** Each facet counts as if its own filter were off; values without any recommendation are left out. */
export const facets = z.object({ facets: z.record(z.enum(FACETS), z.array(facetValue)), total: z.number() });
export type Facets = z.infer<typeof facets>;

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'This is one line of plain text.');
const editable = {
  reference: oneLine(LIMITS.reference).min(1, 'Give it a reference.'),
  title: oneLine(LIMITS.title).min(1, 'Give it a title.'),
  text: recommendationFields.shape.text,
  source: oneLine(LIMITS.short).min(1, 'Say who it comes from.'),
  document: oneLine(LIMITS.short),
  locator: oneLine(LIMITS.short),
  date: z.iso.date({ error: 'Write the date as 2017-12-31.' }).nullable(),
  session: oneLine(LIMITS.short),
  phase: oneLine(LIMITS.short),
  language: oneLine(35),
  disposition: z.enum(DISPOSITIONS),
  dispositionReason: recommendationFields.shape.dispositionReason.unwrap(),
};
const termList = z.array(z.string()).max(LIMITS.tags);
const oneTerm = z.array(z.string()).max(1, 'Choose one term of this taxonomy.');
const terms = {
  themes: termList,
  dimensions: termList,
  kinds: oneTerm,
  stakeholderKinds: oneTerm,
  regions: oneTerm,
} satisfies Record<(typeof TAXONOMIES)[number], unknown>;

/** A change: fields left out stay; terms by id, of each taxonomy named all that it has. Refused when somebody changed it since `version`. */
export const recommendationChange = z.strictObject({
  version: z.number().int(),
  ...z.object(editable).partial().shape,
  terms: z.strictObject(terms).partial().optional(),
});
export type RecommendationChange = z.infer<typeof recommendationChange>;

const rows = z
  .array(z.strictObject({ id: z.string(), version: z.number().int() }))
  .min(1, 'Choose at least one recommendation.')
  .max(MAX_BULK, `Choose at most ${MAX_BULK} at once.`);

const someTerms = z
  .array(z.string())
  .max(LIMITS.tags, `Add and take away at most ${LIMITS.tags} terms at once.`)
  .default([]);

/** The same change of many, all or none. Terms are added and taken away; of a taxonomy with one term, adding replaces. */
export const bulkEdit = z.strictObject({
  rows,
  set: z
    .strictObject({
      session: editable.session,
      phase: editable.phase,
      language: editable.language,
      date: editable.date,
      disposition: editable.disposition,
      dispositionReason: editable.dispositionReason,
    })
    .partial()
    .prefault({}),
  add: someTerms,
  remove: someTerms,
});
export type BulkEdit = z.infer<typeof bulkEdit>;
export type BulkEditInput = z.input<typeof bulkEdit>;

/** What a change did; the batch can be undone. */
export const batchResult = z.object({ batch: z.string(), changed: z.number() });
export type BatchResult = z.infer<typeof batchResult>;
/** Why nothing was done: these were changed by somebody since. */
export const staleRows = z.object({
  code: z.literal('changed-since'),
  error: z.string(),
  rows: z.array(z.object({ id: z.string(), reference: z.string() })),
});
export type StaleRows = z.infer<typeof staleRows>;
export const undoRequest = z.strictObject({
  /** Undoes the rest when some rows were changed since; without it nothing is done then. */
  skipChanged: z.boolean().default(false),
});

/** Near-duplicates that become part of this one; their links are then its own. */
export const mergeRequest = z.strictObject({ version: z.number().int(), from: rows.max(100) });
export type MergeRequest = z.infer<typeof mergeRequest>;

export const deleteQuery = z.object({ version: z.coerce.number().int() });
/** Clauses that a recommendation is linked to, in the drafts that the person may see. */
export const linkedClause = z.object({
  draftId: z.string(),
  draftTitle: z.string(),
  clauseId: z.string(),
  /** How the clause is cited: "12(a)". */
  citation: z.string(),
  relation: z.enum(RELATIONS),
  /** The one that the link was made to: itself or one merged into it. */
  recommendationId: z.string(),
});
export type LinkedClause = z.infer<typeof linkedClause>;
export const linkedClauses = z.object({ links: z.array(linkedClause) });

/** A recommendation by itself, also when it was merged or deleted: old addresses lead somewhere. */
export const recommendationPage = recommendationView.extend({
  terms: termIds,
  mergedInto: z.object({ id: z.string(), reference: z.string() }).nullable(),
  /** What was merged into it, and into that. */
  merged: z.array(z.object({ id: z.string(), reference: z.string(), title: z.string() })),
  deletedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type RecommendationPage = z.infer<typeof recommendationPage>;

export const CHANGE_KINDS = ['create', 'import', 'edit', 'delete', 'merge', 'unmerge', 'undo'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
/** The fields that a change touched; `terms` are ids, `mergedInto` an id, `deleted` whether it is. */
export const changedFields = z
  .strictObject({
    ...editable,
    terms: termIds,
    mergedInto: z.string().nullable(),
    deleted: z.boolean(),
    sourceId: z.string().nullable(),
  })
  .partial();
export type ChangedFields = z.infer<typeof changedFields>;
export const recommendationEvent = z.object({
  id: z.number(),
  kind: z.enum(CHANGE_KINDS),
  /** Null for the server itself. */
  by: person.pick({ id: true, name: true }).nullable(),
  at: z.string(),
  batch: z.string(),
  /** How many recommendations the batch changed. */
  rows: z.number(),
  before: changedFields,
  after: changedFields,
  /** Whose it is: its own, or one's that was merged into it. */
  recommendationId: z.string(),
});
export type RecommendationEvent = z.infer<typeof recommendationEvent>;
/** Newest first. */
export const recommendationHistory = z.object({ events: z.array(recommendationEvent) });

/** A view that the team keeps: a search without its place in the list. */
export const viewQuery = searchRequest.omit({ offset: true, limit: true });
const viewFields = {
  name: oneLine(100).min(1, 'Give the view a name.'),
  query: viewQuery,
};
export const newView = z.strictObject({ id: z.uuid(), ...viewFields });
export type NewView = z.infer<typeof newView>;
export type NewViewInput = z.input<typeof newView>;
export const viewChange = z.strictObject({
  version: z.number().int(),
  ...z.object(viewFields).partial().shape,
});
export const libraryView = z.object({
  ...viewFields,
  id: z.string(),
  version: z.number(),
  createdBy: person.pick({ id: true, name: true }),
  updatedAt: z.string(),
});
export type LibraryView = z.infer<typeof libraryView>;
export const libraryViews = z.object({ views: z.array(libraryView) });

export const LIBRARY_FORMATS = ['json', 'csv', 'xlsx'] as const;
export type LibraryFormat = (typeof LIBRARY_FORMATS)[number];
export const exportQuery = z.object({
  format: z.enum(LIBRARY_FORMATS),
  /** JSON then tells also how each came to be what it is. */
  history: z.stringbool().default(false),
});
/** What an import of a library's JSON would do, or did. */
export const libraryImportReport = z.object({
  added: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  /** What is left out, by its place in the file: it names what was merged, or was taken out of the library. */
  errors: z.array(rowProblem),
  /** How many of these name what was taken out, and can be brought back. */
  deleted: z.number(),
  /** Terms that are new here, as "Themes: Skills". */
  newTerms: z.array(z.string()),
  committed: z.boolean(),
});
export type LibraryImportReport = z.infer<typeof libraryImportReport>;

/** Whether a taxonomy gives a recommendation one term at most. */
export function isSingle(taxonomy: (typeof TAXONOMIES)[number]): boolean {
  return SINGLE_TAXONOMIES.includes(taxonomy);
}
