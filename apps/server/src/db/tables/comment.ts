import type { Reaction, ThreadKind, ThreadState, Visibility } from '@zerodraft/contract';
import type { Generated } from 'kysely';

/** Threads on drafts, and the team’s discussions of recommendations. */
export interface CommentTables {
  thread: {
    id: string;
    draftId: string;
    kind: Generated<ThreadKind>;
    /** Empty where the thread hangs on no clause. */
    clauseId: string;
    sectionId: string | null;
    /** Empty where the thread hangs on no range. */
    anchor: string;
    quote: string;
    visibility: Generated<Visibility>;
    state: Generated<ThreadState>;
    stateBy: string | null;
    stateAt: string | null;
    stateReason: string | null;
    assigneeId: string | null;
    dueOn: string | null;
    labels: Generated<string>;
    roundId: string | null;
    roundName: string | null;
    createdBy: string | null;
    createdAt: string;
    /** What lists are continued from; never goes back within a draft. */
    changedAt: Generated<string>;
  };
  comment: {
    id: string;
    threadId: string;
    authorId: string;
    /** The author's organisation when this was written. */
    organisation: string | null;
    body: string;
    createdAt: string;
    editedAt: string | null;
    deletedBy: string | null;
    deletedAt: string | null;
  };
  comment_edit: { id: Generated<number>; commentId: string; body: string; until: string; byId: string };
  comment_reaction: { commentId: string; userId: string; reaction: Reaction; at: string };
  /** What full-text search reads: comments, and quotations with no comment. */
  comment_text: { seq: Generated<number>; threadId: string; commentId: string | null; body: string };
  thread_read: { threadId: string; userId: string; upTo: string };
  thread_mute: { threadId: string; userId: string };
  /** What the team says about recommendations. */
  discussion_comment: {
    seq: Generated<number>;
    id: string;
    processId: string;
    recommendationId: string;
    authorId: string;
    /** The author's organisation when this was written. */
    organisation: string | null;
    body: string;
    createdAt: string;
    editedAt: string | null;
    deletedBy: string | null;
    deletedAt: string | null;
  };
  discussion_edit: { id: Generated<number>; commentId: string; body: string; until: string; byId: string };
}
