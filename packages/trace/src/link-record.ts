import type { AnchorEnds } from '@zerodraft/schema';
import { z } from 'zod';
import { newTag } from './lineage.ts';

/** How a clause relates to a recommendation; `contrary` was considered, and the opposite was chosen. */
export const RELATIONS = ['verbatim', 'adapted', 'merged', 'inspired', 'contrary'] as const;
export type Relation = (typeof RELATIONS)[number];

export const RELATION_LABELS: Record<Relation, string> = {
  verbatim: 'Verbatim',
  adapted: 'Adapted',
  merged: 'Merged with others',
  inspired: 'Inspired by',
  contrary: 'Contrary: the opposite was chosen',
};

/** Whether a link of this relation says that the draft reflects the recommendation; the contrary was considered, not taken. */
export function reflects(relation: Relation): boolean {
  return relation !== 'contrary';
}

/** Limits of a link's parts, in characters. */
export const LINK_LIMITS = { note: 2_000, quote: 5_000 } as const;

const yjsId = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() });
/** A Yjs relative position as JSON (`Y.relativePositionToJSON`). */
export const relativePosition = z.object({
  type: yjsId.nullish(),
  tname: z.string().max(32).nullish(),
  item: yjsId.nullish(),
  assoc: z.number().int().nullish(),
});

/** The exact words of the clause that a link is about: where they stood, and as they read when it was last confirmed. */
export const phrase = z.strictObject({
  start: relativePosition,
  end: relativePosition,
  quote: z.string().min(1).max(LINK_LIMITS.quote),
});
export type Phrase = z.infer<typeof phrase>;

/** The exact words of the recommendation: offsets into its text, and the words. */
export const linkedPassage = z.strictObject({
  from: z.number().int().nonnegative(),
  to: z.number().int().positive(),
  quote: z.string().min(1).max(LINK_LIMITS.quote),
});
export type LinkedPassage = z.infer<typeof linkedPassage>;

/** What both said when the link was made or last confirmed. */
const basis = z.strictObject({
  /** Of the clause: an id among the draft's wordings. */
  clause: z.string().max(64),
  /** The recommendation's version; left out by who did not know it: then it is that of the moment. */
  recommendation: z.number().int().positive().optional(),
  /** Whose version that is, when the link's own recommendation had been merged into another by then. */
  of: z.string().min(1).max(128).optional(),
});

/** The value stored per link; authorship is in the server's log, never in what a client writes. */
export const linkRecord = z.strictObject({
  relation: z.enum(RELATIONS),
  note: z.string().max(LINK_LIMITS.note).optional(),
  phrase: phrase.optional(),
  passage: linkedPassage.optional(),
  basis: basis.optional(),
  /** Tags of the ways (`lineage.ts`) from its clause that it does not go: text went them before, or it was taken from there. */
  apart: z.array(z.string().max(16)).max(500).optional(),
});
export type LinkRecord = z.infer<typeof linkRecord>;

/** What links a clause to a recommendation. */
export interface Pair {
  clauseId: string;
  recommendationId: string;
}

/** One link as everything reads it. */
export interface Link extends Pair, LinkRecord {
  /** Its name in the draft: that of its authorship, and of the place of its phrase. */
  key: string;
  /** Where its phrase stands now, begin and end in one clause or more; null when the phrase is gone. */
  phraseAt?: {
    start: { clauseId: string; offset: number };
    end: { clauseId: string; offset: number };
  } | null;
}

/** One addition to the set. */
export interface Entry extends Pair {
  key: string;
  record: LinkRecord;
}

const SEPARATOR = '/';
const MAX_KEY = 256;

/**
 * Links are an observed-remove set in a Y.Map: key `clause/recommendation/tag`, a fresh tag per addition. Two people
 * who link the same pair at once write two keys, so that the undo of one leaves the other's; a
 * removal deletes the tags it has seen, so that a concurrent addition wins.
 */
export function newKey({ clauseId, recommendationId }: Pair): string {
  return [clauseId, recommendationId, newTag()].join(SEPARATOR);
}

/** The pair that a key names; null when it is none. */
export function pairOf(key: string): Pair | null {
  const [clauseId, recommendationId, tag, more] = key.split(SEPARATOR);
  if (!clauseId || !recommendationId || !tag || more !== undefined) return null;
  return { clauseId, recommendationId };
}

/** Whether a name among the draft's anchors is that of a link. */
export function isLinkKey(key: string): boolean {
  return key.length <= MAX_KEY && pairOf(key) !== null;
}

// Records never change, they are replaced: what was read of one is kept as long as it is.
const known = new WeakMap<object, LinkRecord | null>();

function recordOf(value: unknown): LinkRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const read = known.get(value);
  if (read !== undefined) return read;
  const parsed = linkRecord.safeParse(value);
  const record = parsed.success ? parsed.data : null;
  known.set(value, record);
  return record;
}

/** An addition as it stands in the set; null when it is malformed. */
export function entryOf(key: string, value: unknown): Entry | null {
  const pair = pairOf(key);
  const record = recordOf(value);
  return pair && record && { key, ...pair, record };
}

/** Whether a record may stand in the set of links; the server refuses any other. */
export function isLinkRecord(key: string, value: unknown): boolean {
  return key.length <= MAX_KEY && entryOf(key, value) !== null;
}

/** The place of a link's phrase as it was when the phrase was chosen. */
export function firstAnchor({ phrase }: LinkRecord): AnchorEnds | null {
  return phrase ? { start: phrase.start, end: phrase.end } : null;
}
