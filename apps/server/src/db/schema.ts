import type {
  AuditAction,
  AuditObject,
  BoxLanguage,
  ChangeKind,
  DepositState,
  Digest,
  DocumentKind,
  DraftRole,
  NotificationKind,
  Reaction,
  Role,
  SourceState,
  State,
  ThreadKind,
  ThreadState,
  VersionKind,
  Visibility,
} from '@zerodraft/contract';
import type { DocumentFormat, ParagraphKind } from '@zerodraft/formats';
import type { Disposition, Relation, TaxonomyName } from '@zerodraft/trace';
import type { Generated } from 'kysely';

/** Columns of the tables; times are ISO 8601 text in UTC, lists are JSON text. */
export interface Tables {
  setting: { name: string; value: string };
  process: {
    id: string;
    name: string;
    illustrative: number;
    definition: string;
    createdAt: string;
    state: Generated<State>;
    stateSince: Generated<string>;
  };
  member: {
    processId: string;
    userId: string;
    role: Role;
    organisation: string | null;
    /** Counts members as they come; colours are taken from it. */
    position: number;
    joinedAt: Generated<string>;
  };
  draft: {
    id: string;
    processId: string;
    title: string;
    generation: number;
    createdAt: string;
    state: Generated<State>;
    stateSince: Generated<string>;
  };
  draft_member: { draftId: string; userId: string; role: DraftRole };
  draft_visit: { draftId: string; userId: string; at: string };
  round: {
    id: string;
    processId: string;
    name: string;
    opensAt: string | null;
    closesAt: string | null;
    timeZone: string;
    comments: number;
    proposals: number;
    createdAt: string;
    /** 1 when it was open at the last look for rounds that open and close. */
    seenOpen: Generated<number>;
  };
  /** States of drafts that are kept under a name, each as one update. */
  version: {
    id: string;
    draftId: string;
    name: string;
    note: string;
    kind: VersionKind;
    roundId: string | null;
    /** The round's name at the time. */
    roundName: string | null;
    createdBy: string | null;
    createdAt: string;
    state: Uint8Array;
    /** CRC-32 of the state as it was written. */
    checksum: number;
  };
  invitation: {
    id: string;
    processId: string;
    email: string;
    name: string;
    organisation: string | null;
    role: Role;
    tokenHash: string;
    /** 1 when the link went to the address by mail alone: whoever has it reads that mailbox. */
    mailed: number;
    invitedBy: string;
    createdAt: string;
    expiresAt: string;
    acceptedBy: string | null;
    acceptedAt: string | null;
    revokedAt: string | null;
  };
  public_link: {
    id: string;
    draftId: string;
    tokenHash: string;
    createdBy: string;
    createdAt: string;
    expiresAt: string | null;
    revokedAt: string | null;
    /** 1 when it also shows where each clause comes from. */
    withSources: Generated<number>;
  };
  audit: {
    id: Generated<number>;
    at: string;
    /** The process it is about; null for what concerns an account alone. */
    scope: string | null;
    userId: string | null;
    userName: string | null;
    action: AuditAction;
    objectKind: AuditObject;
    objectId: string;
    details: string;
    ip: string | null;
    sessionHash: string | null;
    device: string | null;
  };
  draft_update: {
    id: Generated<number>;
    draftId: string;
    generation: number;
    payload: Uint8Array;
    /** CRC-32 of the payload as it was written. */
    checksum: number;
    userId: string | null;
    createdAt: string;
  };
  draft_snapshot: {
    draftId: string;
    generation: number;
    payload: Uint8Array;
    checksum: number;
    updatedAt: string;
  };
  draft_history: {
    id: Generated<number>;
    draftId: string;
    generation: number;
    payload: Uint8Array;
    userId: string | null;
    startedAt: string;
    endedAt: string;
  };
  draft_set_aside: {
    id: number;
    draftId: string;
    generation: number;
    payload: Uint8Array;
    userId: string | null;
    createdAt: string;
    setAsideAt: string;
  };
  // Of better-auth's tables only what is read here.
  session: {
    id: string;
    userId: string;
    token: string;
    createdAt: string;
    expiresAt: string;
    ipAddress: string | null;
    userAgent: string | null;
  };
  recommendation: {
    seq: Generated<number>;
    id: string;
    processId: string;
    reference: string;
    title: string;
    text: string;
    source: string;
    document: string;
    locator: string;
    date: string | null;
    createdAt: string;
    updatedAt: string;
    sourceId: string | null;
    /** The passage of the source as JSON. */
    passage: string | null;
    session: Generated<string>;
    phase: Generated<string>;
    language: Generated<string>;
    disposition: Generated<Disposition>;
    dispositionReason: Generated<string>;
    mergedIntoId: Generated<string | null>;
    deletedAt: Generated<string | null>;
    version: Generated<number>;
    /** Of the process's library when it changed last. */
    changed: Generated<number>;
    /** What files call it; null: by its id. */
    fileId: Generated<string | null>;
  };
  term: {
    id: string;
    processId: string;
    taxonomy: TaxonomyName;
    /** The name it has from the beginning, whatever its label; null for the process's own. */
    key: string | null;
    label: string;
    position: number;
    retiredAt: string | null;
    mergedIntoId: string | null;
  };
  recommendation_term: { recommendationId: string; termId: string };
  recommendation_change: {
    id: Generated<number>;
    processId: string;
    recommendationId: string;
    batch: string;
    kind: ChangeKind;
    userId: string | null;
    at: string;
    before: string;
    after: string;
    /** The recommendation's after the change. */
    version: number;
  };
  /** Derived from the drafts' documents. */
  clause_link: {
    draftId: string;
    recommendationId: string;
    clauseId: string;
    citation: string;
    relation: Relation;
    /** The record's name in the draft. */
    key: string;
    madeBy: string | null;
    madeAt: string | null;
    changedBy: string | null;
    changedAt: string | null;
    /** Of the draft's links, when it last told otherwise of who made and changed it. */
    revision: Generated<number>;
  };
  /** What a draft's links were derived from, and how often. */
  draft_links: { draftId: string; state: string; revision: number };
  library_view: {
    id: string;
    processId: string;
    name: string;
    query: string;
    createdBy: string;
    updatedAt: string;
    version: Generated<number>;
  };
  source: {
    id: string;
    processId: string;
    title: string;
    kind: DocumentKind;
    who: string;
    phase: string;
    session: string;
    date: string | null;
    language: string | null;
    symbol: string;
    url: string | null;
    state: SourceState;
    problem: string | null;
    warnings: Generated<string>;
    format: DocumentFormat | null;
    fileName: string | null;
    fileSize: number | null;
    fileHash: string | null;
    /** The upload whose parts are the file. */
    upload: string | null;
    /** How often its reading was begun. */
    attempts: Generated<number>;
    paragraphs: Generated<number>;
    createdBy: string;
    createdAt: string;
    updatedAt: string;
    /** What files call it; null: by its id. */
    fileId: Generated<string | null>;
    version: Generated<number>;
  };
  source_term: { sourceId: string; termId: string };
  source_part: { upload: string; n: number; sourceId: string; bytes: Uint8Array };
  /** Of a source that is being read some of its paragraphs; they count once it is read. */
  source_paragraph: {
    seq: Generated<number>;
    sourceId: string;
    n: number;
    kind: ParagraphKind;
    page: number | null;
    text: string;
  };
  box: { processId: string; slug: string; open: number; sourceId: string | null; changedAt: string };
  deposit: {
    seq: Generated<number>;
    id: string;
    processId: string;
    receiptHash: string;
    title: string;
    text: string;
    name: string;
    /** As it was written, while it is none of the process's regions. */
    region: string;
    contact: string;
    language: BoxLanguage;
    receivedAt: string;
    /** What was sent, as JSON, in its words. */
    original: string;
    /** Ids of the terms that it was sent with. */
    sentTerms: string;
    state: Generated<DepositState>;
    /** When somebody of the team first took it up. */
    takenUpAt: string | null;
    claimBy: string | null;
    claimUntil: string | null;
    decidedBy: string | null;
    decidedAt: string | null;
    reason: string | null;
    mergedInto: string | null;
    version: Generated<number>;
  };
  deposit_term: { depositId: string; termId: string };
  /** `made` is 1 where the recommendation was made from the deposit. */
  deposit_outcome: { depositId: string; recommendationId: string; made: number };
  deposit_revision: { processId: string; n: number };
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
  notification: {
    id: Generated<number>;
    userId: string;
    kind: NotificationKind;
    /** What it is about: a thread, or else the discussion of a recommendation. */
    threadId: string | null;
    recommendationId: string | null;
    /** A comment of the one or the other. */
    commentId: string | null;
    byId: string;
    at: string;
    readAt: string | null;
    mailedAt: string | null;
  };
  mail_preference: { userId: string; processId: string; digest: Digest };
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: number;
    createdAt: string;
    updatedAt: string;
    twoFactorEnabled: Generated<number>;
    mayCreateProcesses: Generated<number>;
  };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    password: string | null;
    createdAt: string;
    updatedAt: string;
  };
}
