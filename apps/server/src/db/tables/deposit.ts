import type { BoxLanguage, DepositState } from '@zerodraft/contract';
import type { Generated } from 'kysely';

/** The box and what is deposited in it. */
export interface DepositTables {
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
}
