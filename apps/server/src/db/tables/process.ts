import type { DraftRole, Role, State, VersionKind } from '@zerodraft/contract';
import type { Generated } from 'kysely';

/** Processes: who takes part, rounds, drafts with their logs and versions. */
export interface ProcessTables {
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
}
