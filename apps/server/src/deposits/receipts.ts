import { type DepositState, permission, type Receipt } from '@zerodraft/contract';
import { numberBlocks, readBlocks } from '@zerodraft/schema';
import type { DraftLog } from '@zerodraft/sync';
import { readLinks, reflects } from '@zerodraft/trace';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { readDocument } from '../drafts/new-text.ts';
import { readMerged } from '../library/repository.ts';
import { hashToken } from '../secrets.ts';
import { outcomesNow } from './repository.ts';

const sent = z.object({ title: z.string() });

/** What a deposit, or the one that it counts as one with, was decided to be. */
interface Fate {
  id: string;
  state: DepositState;
  reason: string | null;
}

/** Deposits merged one into the other are followed to the last. */
async function lastOf(db: Database, id: string): Promise<Fate> {
  const seen = new Set<string>();
  for (let at = id; ; ) {
    seen.add(at);
    const { mergedInto, ...fate } = await db
      .selectFrom('deposit')
      .select(['id', 'state', 'reason', 'mergedInto'])
      .where('id', '=', at)
      .executeTakeFirstOrThrow();
    if (mergedInto === null || seen.has(mergedInto)) return fate;
    at = mergedInto;
  }
}

/** Where recommendations stand in the drafts of a process that anybody with a link can read. */
async function clausesOf(
  db: Database,
  log: Pick<DraftLog, 'read'>,
  processId: string,
  recommendationIds: ReadonlySet<string>,
): Promise<Receipt['clauses']> {
  if (recommendationIds.size === 0) return [];
  const now = new Date().toISOString();
  const drafts = await db
    .selectFrom('draft')
    .select(['id', 'title'])
    .where('processId', '=', processId)
    .where('state', '!=', 'deleted')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('public_link')
          .select('public_link.id')
          .whereRef('public_link.draftId', '=', 'draft.id')
          .where('public_link.revokedAt', 'is', null)
          .where(({ or, eb }) =>
            or([eb('public_link.expiresAt', 'is', null), eb('public_link.expiresAt', '>', now)]),
          ),
      ),
    )
    .orderBy('createdAt')
    .execute();
  const clauses: Receipt['clauses'] = [];
  for (const { id, title } of drafts) {
    const doc = await readDocument(log, id);
    const blocks = readBlocks(doc);
    const numbers = numberBlocks(blocks.map(({ kind }) => kind));
    const linked = new Set(
      readLinks(doc, blocks)
        .filter(
          ({ recommendationId, relation }) => recommendationIds.has(recommendationId) && reflects(relation),
        )
        .map(({ clauseId }) => clauseId),
    );
    for (const [index, block] of blocks.entries())
      if (linked.has(block.id)) clauses.push({ draft: title, citation: numbers[index]?.citation ?? '' });
    doc.destroy();
  }
  return clauses;
}

/** What became of the deposit whose receipt has this code; null when there is none, or its process is gone. */
export async function readReceipt(
  db: Database,
  log: Pick<DraftLog, 'read'>,
  code: string,
): Promise<Receipt | null> {
  const row = await db
    .selectFrom('deposit')
    .innerJoin('process', 'process.id', 'deposit.processId')
    .select(['deposit.id', 'deposit.processId', 'deposit.original', 'deposit.receivedAt', 'deposit.state'])
    .select('deposit.takenUpAt')
    .select(['process.state as processState', 'process.stateSince'])
    .where('receiptHash', '=', hashToken(code))
    .executeTakeFirst();
  if (!row) return null;
  const process = { state: row.processState, stateSince: row.stateSince };
  const circumstances = { process, draft: null, rounds: [], now: new Date() };
  if (!permission('public', 'draft.read', circumstances).allowed) return null;
  const last = await lastOf(db, row.id);
  const outcomes = await outcomesNow(db, last.id);
  // What counts as one with a deposit that was returned was returned with it.
  const state = last.state === 'returned' ? 'returned' : row.state;
  const live = outcomes.filter(({ deletedAt }) => deletedAt === null);
  const gone = outcomes.filter(({ deletedAt }) => deletedAt !== null);
  const mergedIds = await readMerged(db, row.processId);
  // What was linked to one that was merged counts as linked to its survivor.
  const linkedAs = live.flatMap(({ nowId }) => [nowId, ...(mergedIds.get(nowId) ?? [])]);
  const references = (list: typeof outcomes): string[] =>
    [...new Set(list.map(({ nowReference }) => nowReference))].sort();
  return {
    title: sent.parse(JSON.parse(row.original)).title,
    receivedAt: row.receivedAt,
    state: state === 'new' ? (row.takenUpAt === null ? 'received' : 'in-triage') : state,
    references: references(live),
    merged: outcomes
      .filter(({ id, nowId }) => id !== nowId)
      .map(({ reference, nowReference }) => ({ from: reference, into: nowReference })),
    removed: references(gone),
    clauses: await clausesOf(db, log, row.processId, new Set(linkedAs)),
    reason: last.state === 'returned' ? last.reason : null,
  };
}
