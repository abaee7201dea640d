import type { NewDeposit, ProposalFields } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { hashToken } from '../secrets.ts';

/** Deposits that may wait in one box: a flood ends there, and what people sent before it stays readable. */
const MAX_WAITING = 5_000;

/** What a deposit says as columns. */
export function proposalColumns({ themes, dimensions, ...fields }: ProposalFields) {
  return { ...fields, themes: JSON.stringify(themes), dimensions: JSON.stringify(dimensions) };
}

/**
 * Keeps a deposit, once however often it is sent. Neither who sent it nor from where is kept.
 * @returns `taken` when the id or the code is another deposit's, `differs` when it was sent before with other words
 */
export async function keepDeposit(
  db: Database,
  processId: string,
  { id, code, contact, language, consent: _consent, stamp: _stamp, website: _website, ...fields }: NewDeposit,
): Promise<'kept' | 'known' | 'differs' | 'taken' | 'full'> {
  const receiptHash = hashToken(code);
  const original = JSON.stringify(fields);
  const same = await db
    .selectFrom('deposit')
    .select(['id', 'processId', 'receiptHash', 'original'])
    .where(({ or, eb }) => or([eb('id', '=', id), eb('receiptHash', '=', receiptHash)]))
    .execute();
  const [known] = same;
  if (known) {
    if (known.id !== id || known.receiptHash !== receiptHash || known.processId !== processId) return 'taken';
    return known.original === original ? 'known' : 'differs';
  }
  const { n } = await db
    .selectFrom('deposit')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('processId', '=', processId)
    .where('state', '=', 'new')
    .executeTakeFirstOrThrow();
  if (n >= MAX_WAITING) return 'full';
  await db
    .insertInto('deposit')
    .values({
      ...proposalColumns(fields),
      id,
      processId,
      receiptHash,
      contact,
      language,
      original,
      receivedAt: new Date().toISOString(),
    })
    .execute();
  return 'kept';
}
