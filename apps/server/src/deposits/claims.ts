import { CLAIM_SECONDS } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { claimOf, type DepositRow } from './repository.ts';

/**
 * Gives a deposit to somebody for a while; asked again, for a while more.
 * @returns false when somebody else has it and it is not taken over
 */
export async function claimDeposit(
  db: Database,
  row: DepositRow,
  userId: string,
  takeOver: boolean,
): Promise<boolean> {
  const held = claimOf(row);
  if (held !== null && held.by.id !== userId && !takeOver) return false;
  const now = Date.now();
  await db
    .updateTable('deposit')
    .set({
      claimBy: userId,
      claimUntil: new Date(now + CLAIM_SECONDS * 1_000).toISOString(),
      takenUpAt: row.takenUpAt ?? new Date(now).toISOString(),
    })
    .where('seq', '=', row.seq)
    .execute();
  return true;
}

/** Lets go of what somebody has claimed; of what others have, nothing. */
export async function releaseDeposit(db: Database, id: string, userId: string): Promise<void> {
  await db
    .updateTable('deposit')
    .set({ claimBy: null, claimUntil: null })
    .where('id', '=', id)
    .where('claimBy', '=', userId)
    .execute();
}
