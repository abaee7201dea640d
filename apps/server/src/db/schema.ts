import type { Role } from '@zerodraft/contract';
import type { RecommendationKind, SourceKind } from '@zerodraft/trace';
import type { Generated } from 'kysely';

/** Columns of the tables; times are ISO 8601 text in UTC, lists are JSON text. */
export interface Tables {
  setting: { name: string; value: string };
  process: { id: string; name: string; illustrative: number; definition: string; createdAt: string };
  member: { processId: string; userId: string; role: Role; organisation: string | null; position: number };
  draft: { id: string; processId: string; title: string; generation: number; createdAt: string };
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
  session: { id: string; userId: string; expiresAt: string };
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
  };
}
