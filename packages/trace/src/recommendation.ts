import { z } from 'zod';

/** Kinds of stakeholder that a process begins with: who a proposal came from. */
export const SOURCE_KINDS = [
  'delegation',
  'regional-group',
  'un-entity',
  'civil-society',
  'local-authority',
  'private-sector',
  'academia',
  'other',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const SOURCE_KIND_LABELS: Record<SourceKind, string> = {
  delegation: 'Delegation',
  'regional-group': 'Regional group',
  'un-entity': 'UN entity',
  'civil-society': 'Civil society',
  'local-authority': 'Local authority',
  'private-sector': 'Private sector',
  academia: 'Academia',
  other: 'Other',
};

/** Kinds of recommendation that a process begins with: what a proposal asks for. */
export const RECOMMENDATION_KINDS = [
  'actionable-commitment',
  'means-of-implementation',
  'partnership',
  'follow-up-and-review',
  'other',
] as const;
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number];

export const RECOMMENDATION_KIND_LABELS: Record<RecommendationKind, string> = {
  'actionable-commitment': 'Actionable commitment',
  'means-of-implementation': 'Means of implementation',
  partnership: 'Partnership',
  'follow-up-and-review': 'Follow-up and review',
  other: 'Other',
};

/** Limits of a recommendation's fields, in characters. */
export const LIMITS = { reference: 64, title: 300, text: 20_000, short: 300, tags: 20 } as const;

/** The vocabularies that each process has of its own. */
export const TAXONOMIES = ['themes', 'dimensions', 'kinds', 'stakeholderKinds', 'regions'] as const;
export type TaxonomyName = (typeof TAXONOMIES)[number];
/** Those of which a recommendation has one term at most. */
export const SINGLE_TAXONOMIES: readonly TaxonomyName[] = ['kinds', 'stakeholderKinds', 'regions'];

/** What the team decided becomes of a recommendation. */
export const DISPOSITIONS = ['open', 'partly', 'not-reflected', 'deferred', 'out-of-scope'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
/** The same as it reads: without a decision, what is linked (but by `contrary`) is reflected. */
export const EFFECTIVE_DISPOSITIONS = ['reflected', ...DISPOSITIONS] as const;
export type EffectiveDisposition = (typeof EFFECTIVE_DISPOSITIONS)[number];

export const DISPOSITION_LABELS: Record<EffectiveDisposition, string> = {
  reflected: 'Reflected',
  open: 'Open',
  partly: 'Partly reflected',
  'not-reflected': 'Not reflected',
  deferred: 'Deferred',
  'out-of-scope': 'Out of scope',
};

/**
 * What became of a recommendation.
 * @param reflected whether a clause is linked to it by a relation that reflects it
 */
export function dispositionOf(decided: Disposition, reflected: boolean): EffectiveDisposition {
  return decided === 'open' && reflected ? 'reflected' : decided;
}

/**
 * The recommendation that one became part of at last; itself when it was not merged.
 * @param mergedInto what a recommendation was merged into, if anything
 */
export function survivorOf(id: string, mergedInto: (id: string) => string | null | undefined): string {
  const passed = new Set<string>();
  let at = id;
  for (let into = mergedInto(at); into && !passed.has(at); into = mergedInto(at)) {
    passed.add(at);
    at = into;
  }
  return at;
}

/** What no file can carry or nobody sees: control characters but tab, line feed and next line, halves of pairs, what is no character. */
const UNWRITABLE = /[^\P{Cc}\t\n\u0085]|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu;

/** Text as it is kept: one kind of line break, and nothing that a CSV or XLSX file would lose. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNWRITABLE, '').trim();
}

const text = (max: number) =>
  z
    .string()
    .transform(plainText)
    .pipe(z.string().max(max, `is longer than ${max} characters`));
const needed = (max: number) =>
  z
    .string()
    .transform(plainText)
    .pipe(z.string().min(1, 'is empty').max(max, `is longer than ${max} characters`));
const label = text(200);
const labels = z.array(label).max(LIMITS.tags, `has more than ${LIMITS.tags} entries`);
const isoDate = z.iso.date({ error: 'is not a date of the form 2017-12-31' });

/** What a recommendation says and where it comes from; all but its terms. */
export const recommendationFields = z.object({
  reference: needed(LIMITS.reference),
  title: needed(LIMITS.title),
  text: needed(LIMITS.text),
  source: needed(LIMITS.short),
  /** The document it was made in. */
  document: text(LIMITS.short),
  /** Page or paragraph in that document. */
  locator: text(LIMITS.short),
  date: isoDate.nullable(),
  session: text(LIMITS.short).default(''),
  phase: text(LIMITS.short).default(''),
  /** BCP 47, or empty. */
  language: text(35).default(''),
  disposition: z.enum(DISPOSITIONS).default('open'),
  dispositionReason: text(2_000).default(''),
});

/** A recommendation as files hold it, with terms by their labels; `reference` is its identity within a process. */
export const recommendationInput = recommendationFields.extend({
  sourceKind: label,
  themes: labels,
  dimensions: labels,
  kind: label,
  region: label.default(''),
});
export type RecommendationInput = z.infer<typeof recommendationInput>;

export const recommendation = recommendationInput.extend({
  /** Stable id, used in links; survives a change of the reference's text fields. */
  id: z.string(),
  /** The source that it was taken from, when that is kept here. */
  sourceId: z.string().nullable(),
  /** Those that were merged into it: their links are its own. */
  mergedIds: z.array(z.string()),
  /** Counts its changes. */
  version: z.number(),
});
export type Recommendation = z.infer<typeof recommendation>;

/** A recommendation without its text: what lists, cards and coverage need. */
export const recommendationSummary = recommendation.omit({ text: true });
export type RecommendationSummary = z.infer<typeof recommendationSummary>;
