import { columnMapping } from '@zerodraft/formats';
import { recommendation, recommendationSummary } from '@zerodraft/trace';
import { z } from 'zod';
import { person } from './people.ts';
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
  added: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  errors: z.array(rowProblem),
  /** True once the valid rows are kept. */
  committed: z.boolean(),
});
export type ImportReport = z.infer<typeof importReport>;

/** A Yjs relative position as JSON (`Y.relativePositionToJSON`). */
const yjsId = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() });
export const relativePosition = z.object({
  type: yjsId.nullish(),
  tname: z.string().max(32).nullish(),
  item: yjsId.nullish(),
  assoc: z.number().int().nullish(),
});
export type RelativePositionJson = z.infer<typeof relativePosition>;

/** The range of text a thread hangs on. */
export const anchor = z.object({ start: relativePosition, end: relativePosition });
export type Anchor = z.infer<typeof anchor>;

/** The anchor an edit gave to a thread whose text it carried elsewhere, with the clause that text stands in now. */
export const movedAnchor = anchor.extend({ clauseId: z.string().max(64) });
export type MovedAnchor = z.infer<typeof movedAnchor>;

/** Whether a record may stand among the draft's moved anchors; the server refuses any other. */
export function isMovedAnchor(threadId: string, value: unknown): boolean {
  return threadId.length <= 64 && movedAnchor.safeParse(value).success;
}

export const COMMENT_LIMIT = 10_000;
export const QUOTE_LIMIT = 2_000;
const commentBody = z
  .string()
  .trim()
  .min(1, 'Write something before you send.')
  .max(COMMENT_LIMIT, `A comment holds at most ${COMMENT_LIMIT} characters.`);

/** Ids are made by the client so that a request sent twice is one comment. */
const clientId = z.uuid();

export const newThread = z.object({
  id: clientId,
  commentId: clientId,
  clauseId: z.string().min(1).max(64),
  anchor,
  quote: z.string().max(QUOTE_LIMIT),
  body: commentBody,
});
export type NewThread = z.infer<typeof newThread>;
export const newComment = z.object({ id: clientId, body: commentBody });
export type NewComment = z.infer<typeof newComment>;
export const threadState = z.object({ resolved: z.boolean() });

export const comment = z.object({ id: z.string(), author: person, body: z.string(), createdAt: z.string() });
export type Comment = z.infer<typeof comment>;
export const thread = z.object({
  id: z.string(),
  clauseId: z.string(),
  anchor,
  quote: z.string(),
  resolved: z.boolean(),
  resolvedBy: person.nullable(),
  createdAt: z.string(),
  comments: z.array(comment),
});
export type Thread = z.infer<typeof thread>;

/** Topics of the notices that the sync socket sends: what to fetch anew, by the first part of its query key. */
export const NOTICES = ['threads', 'recommendations', 'draft'] as const;
export type Notice = (typeof NOTICES)[number];
