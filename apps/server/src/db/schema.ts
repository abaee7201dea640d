import type { AuditAction, AuditObject, DraftRole, Role, State } from '@zerodraft/contract';
import type { RecommendationKind, SourceKind } from '@zerodraft/trace';
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
    sourceKind: SourceKind;
    document: string;
    locator: string;
    date: string | null;
    themes: string;
    dimensions: string;
    kind: RecommendationKind;
    createdAt: string;
    updatedAt: string;
  };
  thread: {
    id: string;
    draftId: string;
    clauseId: string;
    anchor: string;
    quote: string;
    resolvedBy: string | null;
    resolvedAt: string | null;
    createdAt: string;
  };
  comment: { id: string; threadId: string; authorId: string; body: string; createdAt: string };
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
