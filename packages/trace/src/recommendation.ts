import { z } from 'zod';

/** Kinds of source: who a proposal came from. */
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

/** Kinds of recommendation: what a proposal asks for. */
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

const isoDate = z.iso.date({ error: 'is not a date of the form 2017-12-31' });

/** A recommendation as it is imported and edited; `reference` is its identity within a process. */
export const recommendationInput = z.object({
  reference: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(LIMITS.reference, `is longer than ${LIMITS.reference} characters`),
  title: z.string().trim().min(1, 'is empty').max(LIMITS.title, `is longer than ${LIMITS.title} characters`),
  text: z.string().trim().min(1, 'is empty').max(LIMITS.text, `is longer than ${LIMITS.text} characters`),
  source: z.string().trim().min(1, 'is empty').max(LIMITS.short, `is longer than ${LIMITS.short} characters`),
  sourceKind: z.enum(SOURCE_KINDS),
  /** The session or document it was made in. */
  document: z.string().trim().max(LIMITS.short, `is longer than ${LIMITS.short} characters`),
  /** Page or paragraph in that document. */
  locator: z.string().trim().max(LIMITS.short, `is longer than ${LIMITS.short} characters`),
  date: isoDate.nullable(),
  themes: z.array(z.string()).max(LIMITS.tags, `has more than ${LIMITS.tags} entries`),
  dimensions: z.array(z.string()).max(LIMITS.tags, `has more than ${LIMITS.tags} entries`),
  kind: z.enum(RECOMMENDATION_KINDS),
});
export type RecommendationInput = z.infer<typeof recommendationInput>;

export const recommendation = recommendationInput.extend({
  /** Stable id, used in links; survives a change of the reference's text fields. */
  id: z.string(),
  /** The source that it was taken from, when that is kept here. */
  sourceId: z.string().nullable(),
});
export type Recommendation = z.infer<typeof recommendation>;

/** A recommendation without its text: what lists, cards and coverage need. */
export const recommendationSummary = recommendation.omit({ text: true });
export type RecommendationSummary = z.infer<typeof recommendationSummary>;
