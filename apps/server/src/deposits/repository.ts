import {
  type Claim,
  DEPOSIT_STATES,
  type Deposit,
  type DepositList,
  type DepositState,
  type DepositSummary,
  type DepositsOf,
  MAX_DEPOSITS_LISTED,
  proposalFields,
} from '@zerodraft/contract';
import { z } from 'zod';
import type { Database } from '../db/database.ts';

const labels = z.array(z.string());

function select(db: Database, processId: string) {
  return db
    .selectFrom('deposit')
    .leftJoin('user as claimer', 'claimer.id', 'deposit.claimBy')
    .leftJoin('user as decider', 'decider.id', 'deposit.decidedBy')
    .selectAll('deposit')
    .select(['claimer.name as claimName', 'decider.name as deciderName'])
    .where('deposit.processId', '=', processId);
}
export type DepositRow = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

/** Who has a deposit to themselves now; a claim that was not renewed in time is none. */
export function claimOf(row: Pick<DepositRow, 'claimBy' | 'claimName' | 'claimUntil'>): Claim | null {
  const { claimBy, claimName, claimUntil } = row;
  if (claimBy === null || claimUntil === null || claimUntil <= new Date().toISOString()) return null;
  return { by: { id: claimBy, name: claimName ?? '' }, until: claimUntil };
}

function summarize(row: DepositRow): DepositSummary {
  const { id, title, name, stakeholderKind, language, receivedAt, state, decidedAt, version } = row;
  const fields = { id, title, name, stakeholderKind, language, receivedAt, state, decidedAt, version };
  return { ...fields, claim: claimOf(row) };
}

/** Counts the changes of a process's deposits. */
export async function depositRevision(db: Database, processId: string): Promise<number> {
  const row = await db
    .selectFrom('deposit_revision')
    .select('n')
    .where('processId', '=', processId)
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** Deposits of a process in one state: what waits, the oldest first; what is decided, the newest first. */
export async function listDeposits(
  db: Database,
  processId: string,
  state: DepositState,
): Promise<DepositList> {
  const listed = select(db, processId).where('deposit.state', '=', state).limit(MAX_DEPOSITS_LISTED);
  const rows = await (state === 'new'
    ? listed.orderBy('deposit.receivedAt').orderBy('deposit.seq')
    : listed.orderBy('deposit.decidedAt', 'desc').orderBy('deposit.seq', 'desc')
  ).execute();
  const counted = await db
    .selectFrom('deposit')
    .select(({ fn }) => ['state', fn.countAll<number>().as('n')])
    .where('processId', '=', processId)
    .groupBy('state')
    .execute();
  const counts: DepositList['counts'] = { new: 0, accepted: 0, merged: 0, split: 0, returned: 0 };
  for (const each of DEPOSIT_STATES) counts[each] = counted.find((row) => row.state === each)?.n ?? 0;
  return { deposits: rows.map(summarize), counts };
}

/** One deposit's row, or null. */
export async function findRow(db: Database, processId: string, id: string): Promise<DepositRow | null> {
  return (await select(db, processId).where('deposit.id', '=', id).executeTakeFirst()) ?? null;
}

/** The recommendations that a deposit became or was merged with; `made` are those made from it. */
export function outcomesOf(db: Database, depositId: string) {
  return db
    .selectFrom('deposit_outcome')
    .innerJoin('recommendation', 'recommendation.id', 'deposit_outcome.recommendationId')
    .select(['recommendation.id', 'recommendation.reference', 'recommendation.title', 'made'])
    .where('depositId', '=', depositId)
    .orderBy('recommendation.reference')
    .execute();
}

/** The deposits that some recommendations were made from, or that were merged with them, oldest first. */
export async function depositsBehind(
  db: Database,
  processId: string,
  recommendationIds: readonly string[],
): Promise<DepositsOf['deposits']> {
  const rows = await db
    .selectFrom('deposit_outcome')
    .innerJoin('deposit', 'deposit.id', 'deposit_outcome.depositId')
    .select(['deposit.id', 'deposit.title', 'deposit.name', 'deposit.receivedAt', 'deposit.state'])
    .select(({ fn }) => ['deposit.language', fn.max('made').as('made')])
    .where('deposit.processId', '=', processId)
    .where('recommendationId', 'in', recommendationIds)
    .groupBy('deposit.id')
    .orderBy('deposit.receivedAt')
    .orderBy('deposit.seq')
    .execute();
  return rows.map((row) => ({ ...row, made: row.made === 1 }));
}

/** What a deposit says now. */
export function proposalOf(row: DepositRow) {
  const { title, text, kind, name, stakeholderKind, region } = row;
  return {
    ...{ title, text, kind, name, stakeholderKind, region },
    themes: labels.parse(JSON.parse(row.themes)),
    dimensions: labels.parse(JSON.parse(row.dimensions)),
  };
}

/** One deposit whole, or null. */
export async function findDeposit(db: Database, processId: string, id: string): Promise<Deposit | null> {
  const row = await findRow(db, processId, id);
  if (row === null) return null;
  const named = db.selectFrom('deposit').select(['id', 'title']);
  const proposal = proposalOf(row);
  const original = proposalFields.parse(JSON.parse(row.original));
  return {
    ...summarize(row),
    ...proposal,
    contact: row.contact,
    original,
    edited: proposalFields
      .keyof()
      .options.some((key) => JSON.stringify(original[key]) !== JSON.stringify(proposal[key])),
    recommendations: (await outcomesOf(db, id)).map(({ made: _made, ...outcome }) => outcome),
    mergedInto:
      row.mergedInto === null
        ? null
        : ((await named.where('id', '=', row.mergedInto).executeTakeFirst()) ?? null),
    merged: await named.where('mergedInto', '=', id).orderBy('seq').execute(),
    reason: row.reason,
    decidedBy: row.decidedBy === null ? null : { id: row.decidedBy, name: row.deciderName ?? '' },
  };
}
