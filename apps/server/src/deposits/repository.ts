import {
  type Claim,
  DEPOSIT_STATES,
  type Deposit,
  type DepositList,
  type DepositState,
  type DepositSummary,
  type DepositsOf,
  MAX_DEPOSITS_LISTED,
  type ProposalFields,
  proposalFields,
} from '@zerodraft/contract';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { heldBy, termsHeldBy } from '../taxonomies/holders.ts';
import { Terms } from '../taxonomies/terms.ts';
import { isAsSent, labelsOf, regionOf } from './terms.ts';

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

function summarize(row: DepositRow, stakeholderKind: string): DepositSummary {
  const { id, title, name, language, receivedAt, state, decidedAt, version } = row;
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
  const terms = await Terms.read(db, processId);
  const held = await heldBy(
    db,
    'deposit',
    rows.map(({ id }) => id),
  );
  const deposits = rows.map((row) =>
    summarize(row, labelsOf(terms, held.get(row.id) ?? [], '').stakeholderKind),
  );
  return { deposits, counts, terms: terms.print() };
}

/** One deposit's row, or null. */
export async function findRow(db: Database, processId: string, id: string): Promise<DepositRow | null> {
  return (await select(db, processId).where('deposit.id', '=', id).executeTakeFirst()) ?? null;
}

/** A recommendation that a deposit led to, and what it is part of now: itself, or what it was merged into. */
interface OutcomeNow {
  id: string;
  reference: string;
  title: string;
  nowId: string;
  nowReference: string;
  deletedAt: string | null;
}

/** The recommendations that a deposit became or was merged with, as they are now. */
export async function outcomesNow(db: Database, depositId: string): Promise<OutcomeNow[]> {
  const { rows } = await sql<OutcomeNow>`
    with recursive chain(start, id) as (
      select recommendationId, recommendationId from deposit_outcome where depositId = ${depositId}
      union select start, mergedIntoId from chain join recommendation r on r.id = chain.id
      where mergedIntoId is not null)
    select first.id, first.reference, first.title, last.id as nowId, last.reference as nowReference, last.deletedAt
    from chain join recommendation first on first.id = chain.start
    join recommendation last on last.id = chain.id and last.mergedIntoId is null
    order by first.reference`.execute(db);
  return rows;
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
export function proposalOf(terms: Terms, row: DepositRow, termIds: readonly string[]): ProposalFields {
  const { title, text, name, region } = row;
  return { title, text, name, ...labelsOf(terms, termIds, region) };
}

/** What a deposit says in words of its own. */
const WORDS = ['title', 'text', 'name'] as const;

/** One deposit whole, or null. */
export async function findDeposit(db: Database, processId: string, id: string): Promise<Deposit | null> {
  const row = await findRow(db, processId, id);
  if (row === null) return null;
  const named = db.selectFrom('deposit').select(['id', 'title']);
  const terms = await Terms.read(db, processId);
  const termIds = await termsHeldBy(db, 'deposit', id);
  const proposal = proposalOf(terms, row, termIds);
  const original = proposalFields.parse(JSON.parse(row.original));
  return {
    ...summarize(row, proposal.stakeholderKind),
    ...proposal,
    contact: row.contact,
    original,
    edited:
      WORDS.some((key) => original[key] !== proposal[key]) || !isAsSent(terms, row, termIds, original.region),
    newRegion: regionOf(terms, row.region) === 'new',
    recommendations: (await outcomesNow(db, id)).map((outcome) => ({
      ...{ id: outcome.id, reference: outcome.reference, title: outcome.title },
      mergedInto: outcome.nowId === outcome.id ? null : outcome.nowReference,
      removed: outcome.deletedAt !== null,
    })),
    mergedInto:
      row.mergedInto === null
        ? null
        : ((await named.where('id', '=', row.mergedInto).executeTakeFirst()) ?? null),
    merged: await named.where('mergedInto', '=', id).orderBy('seq').execute(),
    reason: row.reason,
    decidedBy: row.decidedBy === null ? null : { id: row.decidedBy, name: row.deciderName ?? '' },
  };
}
