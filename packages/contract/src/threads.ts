import { z } from 'zod';
import { anchor } from './anchors.ts';
import { person } from './people.ts';

export const COMMENT_LIMIT = 10_000;
export const QUOTE_LIMIT = 2_000;
export const REASON_LIMIT = 2_000;
export const LABELS_LIMIT = 20;
/** Threads that one request decides or marks. */
export const THREADS_AT_ONCE = 500;

/** What a thread hangs on. */
export const THREAD_KINDS = ['range', 'clause', 'section', 'draft'] as const;
export type ThreadKind = (typeof THREAD_KINDS)[number];

export const THREAD_STATES = ['open', 'answered', 'accepted', 'not-accepted', 'resolved'] as const;
export type ThreadState = (typeof THREAD_STATES)[number];
export const THREAD_STATE_LABELS: Record<ThreadState, string> = {
  open: 'Open',
  answered: 'Answered',
  accepted: 'Accepted',
  'not-accepted': 'Not accepted',
  resolved: 'Resolved',
};

/** Who may know of a thread: all who read the draft, or its facilitators and drafters alone. */
export const VISIBILITIES = ['all', 'team'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Reactions, by their names; screens show a sign for each. */
export const REACTIONS = ['agree', 'disagree', 'thanks', 'question', 'noted'] as const;
export type Reaction = (typeof REACTIONS)[number];

const commentBody = z
  .string()
  .trim()
  .min(1, 'Write something before you send.')
  .max(COMMENT_LIMIT, `A comment holds at most ${COMMENT_LIMIT} characters.`);

/** Ids are made by the client so that a request sent twice is one comment. */
const clientId = z.uuid();
const blockId = z.string().min(1).max(64);

const PLACE_PROBLEM =
  'A thread on a range needs clauseId and anchor, on a clause clauseId, on a section sectionId; on the draft none.';

export const newThread = z
  .object({
    id: clientId,
    commentId: clientId,
    kind: z.enum(THREAD_KINDS).default('range'),
    clauseId: blockId.nullable().default(null),
    /** The heading above the place when the thread is made: where the thread stays when its clause is gone. */
    sectionId: blockId.nullable().default(null),
    anchor: anchor.nullable().default(null),
    quote: z.string().max(QUOTE_LIMIT).default(''),
    visibility: z.enum(VISIBILITIES).default('all'),
    body: commentBody,
  })
  .refine(
    ({ kind, clauseId, sectionId, anchor: ends }) =>
      (kind === 'range') === (ends !== null) &&
      (kind === 'range' || kind === 'clause') === (clauseId !== null) &&
      (kind !== 'section' || sectionId !== null) &&
      (kind !== 'draft' || sectionId === null),
    { error: PLACE_PROBLEM, path: ['kind'] },
  );
export type NewThread = z.infer<typeof newThread>;
export const newComment = z.object({ id: clientId, body: commentBody });
export type NewComment = z.infer<typeof newComment>;
export const commentChange = z.object({ body: commentBody });
export const reactionChange = z.object({ on: z.boolean() });

const threadIds = z.array(z.string().max(64)).min(1, 'Name a thread.').max(THREADS_AT_ONCE);

/** A decision on one or many threads: all of them or none. */
export const decision = z
  .object({
    threadIds,
    state: z.enum(THREAD_STATES),
    reason: z.string().trim().max(REASON_LIMIT).nullable().default(null),
  })
  .refine(({ state, reason }) => state !== 'not-accepted' || (reason !== null && reason !== ''), {
    error: 'Say why it is not accepted.',
    path: ['reason'],
  });
export type Decision = z.infer<typeof decision>;

export const assignment = z.object({
  /** Somebody of the team; null for nobody. */
  assigneeId: z.string().max(64).nullable(),
  dueOn: z.iso.date('Give a day as 2026-05-31.').nullable().default(null),
});
export type Assignment = z.infer<typeof assignment>;

const threadLabel = z.string().trim().min(1, 'A label is empty.').max(60);
export const labelChange = z.object({
  labels: z
    .array(threadLabel)
    .max(LABELS_LIMIT)
    .transform((labels) => [...new Set(labels)]),
});
/** What everybody may know of cannot be taken back: a thread only ever becomes visible. */
export const visibilityChange = z.object({ visibility: z.literal('all') });
/** A new place for a private thread: the document, which all read, must not hold its anchor. */
export const placeChange = z.object({ clauseId: blockId, anchor });
/** Up to when somebody has read threads. */
export const readMarks = z.object({
  marks: z.array(z.object({ threadId: z.string().max(64), upTo: z.iso.datetime() })).max(THREADS_AT_ONCE),
});
export const muteChange = z.object({ muted: z.boolean() });

export const comment = z.object({
  id: z.string(),
  /** With the organisation as it was when this was written. */
  author: person,
  /** Empty once deleted. */
  body: z.string(),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
  deleted: z.object({ by: person, at: z.string() }).nullable(),
  reactions: z.array(z.object({ reaction: z.enum(REACTIONS), people: z.array(person) })),
});
export type Comment = z.infer<typeof comment>;

export const thread = z.object({
  id: z.string(),
  kind: z.enum(THREAD_KINDS),
  /** The clause it was made on; where its text is now, the document says. */
  clauseId: z.string().nullable(),
  sectionId: z.string().nullable(),
  anchor: anchor.nullable(),
  quote: z.string(),
  visibility: z.enum(VISIBILITIES),
  state: z.enum(THREAD_STATES),
  /** Who decided on the state last, when and why; null while nobody has. */
  decided: z.object({ by: person, at: z.string(), reason: z.string().nullable() }).nullable(),
  assignee: person.nullable(),
  dueOn: z.string().nullable(),
  labels: z.array(z.string()),
  /** The round that was open to comments when the thread was made. */
  round: z.object({ id: z.string(), name: z.string() }).nullable(),
  createdBy: person,
  createdAt: z.string(),
  changedAt: z.string(),
  /** Up to when the person asking has read it; null when never. */
  readUpTo: z.string().nullable(),
  muted: z.boolean(),
  comments: z.array(comment),
});
export type Thread = z.infer<typeof thread>;

/** With `since`, the `cursor` of an earlier answer: only the threads changed since, some of them perhaps again. */
export const threadsQuery = z.object({ since: z.iso.datetime().optional() });
export const threadList = z.object({ threads: z.array(thread), cursor: z.string().nullable() });
export type ThreadList = z.infer<typeof threadList>;

/** Earlier bodies of a comment, oldest first. */
export const commentHistory = z.object({
  versions: z.array(z.object({ body: z.string(), until: z.string(), by: person })),
});

export type CommentHistory = z.infer<typeof commentHistory>;

/** A full-text hit: in a comment, or, without one, in a thread's quotation. Marked as `searchHit` is. */
export const threadHit = z.object({
  threadId: z.string(),
  commentId: z.string().nullable(),
  excerpt: z.string(),
});
export const threadHits = z.object({ hits: z.array(threadHit) });

/** Whether an export holds what is private to the team; for others than the team it never does. */
export const threadExport = z.object({ visibility: z.enum(VISIBILITIES).default('team') });

/** A thread that waits for nothing more. */
export function isClosed({ state }: Pick<Thread, 'state'>): boolean {
  return state === 'accepted' || state === 'not-accepted' || state === 'resolved';
}
