import type { DepositChange, DepositMerge, DepositState, SplitPart } from '@zerodraft/contract';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { spellOut } from '../db/full-text.ts';
import { choose } from '../taxonomies/choose.ts';
import { setTerms, termsHeldBy } from '../taxonomies/holders.ts';
import { addLabels } from '../taxonomies/labels.ts';
import { Terms } from '../taxonomies/terms.ts';
import { recommendFromBox, withdrawRecommendation } from './recommend.ts';
import { claimOf, type DepositRow, findRow, outcomesOf, proposalOf } from './repository.ts';
import { classify } from './terms.ts';

const wordsSent = z.object({ region: z.string() });
const sentIds = z.array(z.string());

/** Why a decision was not taken, in words. */
export class Declined extends Error {
  constructor(
    readonly code: 'missing' | 'changed' | 'claimed' | 'decided' | 'no-target' | 'built-on',
    message: string,
  ) {
    super(message);
  }
}

/** Who decides on which version of which deposit. */
export interface Deciding {
  processId: string;
  id: string;
  userId: string;
  version: number;
}

/** The deposit, if it is still what the person looked at and nobody else is on it. @throws Declined */
async function take(
  db: Database,
  { processId, id, userId, version }: Deciding,
  undecided: boolean,
): Promise<DepositRow> {
  const row = await findRow(db, processId, id);
  if (row === null) throw new Declined('missing', 'There is no such deposit in this process.');
  if (row.version !== version)
    throw new Declined('changed', 'Somebody else has changed this deposit. Look at it anew, then decide.');
  if (undecided && row.state !== 'new')
    throw new Declined('decided', 'This deposit is decided on. Put it back to triage first.');
  if (!undecided && row.state === 'new') throw new Declined('decided', 'This deposit is in triage already.');
  const held = claimOf(row);
  if (held !== null && held.by.id !== userId)
    throw new Declined('claimed', `${held.by.name} is on this deposit. Take it over, or choose another.`);
  return row;
}

/** Writes what was decided; whoever has claimed it is done with it. */
async function settle(
  db: Database,
  row: DepositRow,
  userId: string,
  change: { state: DepositState; reason?: string; mergedInto?: string },
): Promise<void> {
  const decided = change.state === 'new' ? null : { by: userId, at: new Date().toISOString() };
  await db
    .updateTable('deposit')
    .set({
      ...{ state: change.state, reason: change.reason ?? null, mergedInto: change.mergedInto ?? null },
      ...{ decidedBy: decided?.by ?? null, decidedAt: decided?.at ?? null },
      ...{ claimBy: null, claimUntil: null, version: row.version + 1 },
      takenUpAt: row.takenUpAt ?? new Date().toISOString(),
    })
    .where('seq', '=', row.seq)
    .execute();
}

/**
 * Makes the region that a depositor wrote one of the process's.
 * @returns its label when it is new
 */
async function settleRegion(db: Database, processId: string, row: DepositRow): Promise<string | null> {
  const { region } = row;
  if (region === '') return null;
  const added = await addLabels(db, processId, 'regions', [region]);
  const terms = await Terms.read(db, processId);
  const [place] = choose(terms, { regions: [region] });
  if (place === undefined) return null;
  const held = await termsHeldBy(db, 'deposit', row.id);
  await setTerms(db, 'deposit', row.id, [...held, place]);
  const sent = wordsSent.parse(JSON.parse(row.original));
  const sentTerms = sentIds.parse(JSON.parse(row.sentTerms));
  await db
    .updateTable('deposit')
    .set({
      region: '',
      // It is still classified as it was sent: the words only became a term.
      ...(sent.region === region ? { sentTerms: JSON.stringify([...sentTerms, place]) } : {}),
    })
    .where('seq', '=', row.seq)
    .execute();
  return added.length > 0 ? region : null;
}

/** What decisions that make recommendations tell the log. */
interface Made {
  references: string[];
  /** A region that is the process's from now on. */
  newRegion?: string;
}

/** Makes recommendations of a deposit. @param parts each with the terms of its own */
async function make(
  db: Database,
  { processId, userId }: Deciding,
  row: DepositRow,
  parts: readonly { title: string; text: string; termIds: readonly string[] }[],
): Promise<Made> {
  const newRegion = await settleRegion(db, processId, row);
  const { regions, stakeholderKinds } = (await Terms.read(db, processId)).sort(
    await termsHeldBy(db, 'deposit', row.id),
  );
  const references: string[] = [];
  for (const { title, text, termIds } of parts) {
    const all = [...termIds, ...regions, ...stakeholderKinds];
    const { id, reference } = await recommendFromBox(
      db,
      { processId, userId },
      { title, text, termIds: all },
      row,
    );
    await db
      .insertInto('deposit_outcome')
      .values({ depositId: row.id, recommendationId: id, made: 1 })
      .execute();
    references.push(reference);
  }
  return newRegion === null ? { references } : { references, newRegion };
}

/** Takes a deposit into the library, with the terms that it has. @throws Declined, UnknownTerm */
export async function acceptDeposit(db: Database, deciding: Deciding): Promise<Made> {
  const row = await take(db, deciding, true);
  const { title, text } = row;
  const made = await make(db, deciding, row, [
    { title, text, termIds: await termsHeldBy(db, 'deposit', row.id) },
  ]);
  await settle(db, row, deciding.userId, { state: 'accepted' });
  return made;
}

/** Takes the parts of a deposit into the library, each as a recommendation. @throws Declined, UnknownTerm */
export async function splitDeposit(db: Database, deciding: Deciding, parts: SplitPart[]): Promise<Made> {
  const row = await take(db, deciding, true);
  const terms = await Terms.read(db, deciding.processId);
  const held = await termsHeldBy(db, 'deposit', row.id);
  const made = await make(
    db,
    deciding,
    row,
    parts.map(({ title, text, kind, themes, dimensions }) => ({
      ...{ title, text },
      termIds: choose(terms, { kinds: [kind], themes, dimensions }, held),
    })),
  );
  await settle(db, row, deciding.userId, { state: 'split' });
  return made;
}

/** Says that a deposit is the same as a recommendation or another deposit. @throws Declined */
export async function mergeDeposit(
  db: Database,
  deciding: Deciding,
  { kind, id }: DepositMerge['into'],
): Promise<{ into: string }> {
  const row = await take(db, deciding, true);
  if (kind === 'recommendation') {
    const target = await db
      .selectFrom('recommendation')
      .select(['id', 'reference'])
      .where('processId', '=', deciding.processId)
      .where('id', '=', id)
      .where('deletedAt', 'is', null)
      .where('mergedIntoId', 'is', null)
      .executeTakeFirst();
    if (!target) throw new Declined('no-target', 'There is no such recommendation in this process.');
    await db
      .insertInto('deposit_outcome')
      .values({ depositId: row.id, recommendationId: target.id, made: 0 })
      .execute();
    await settle(db, row, deciding.userId, { state: 'merged' });
    return { into: target.reference };
  }
  const target = await findRow(db, deciding.processId, id);
  if (target === null || target.id === row.id)
    throw new Declined('no-target', 'There is no such other deposit in this process.');
  if (target.state === 'merged' || target.state === 'returned')
    throw new Declined(
      'no-target',
      `That deposit is ${target.state}. Choose one that is in triage or in the library.`,
    );
  await settle(db, row, deciding.userId, { state: 'merged', mergedInto: target.id });
  return { into: target.title };
}

/** Gives a deposit back with a reason. @throws Declined */
export async function returnDeposit(db: Database, deciding: Deciding, reason: string): Promise<void> {
  const row = await take(db, deciding, true);
  await settle(db, row, deciding.userId, { state: 'returned', reason });
}

/** Changes what a deposit says or how it is classified; what was sent stays beside. @throws Declined, UnknownTerm */
export async function editDeposit(
  db: Database,
  deciding: Deciding,
  change: Omit<DepositChange, 'version'>,
): Promise<void> {
  const row = await take(db, deciding, true);
  const terms = await Terms.read(db, deciding.processId);
  const held = await termsHeldBy(db, 'deposit', row.id);
  const { title, text, name, ...classified } = { ...proposalOf(terms, row, held), ...change };
  const { termIds, region } = classify(terms, classified, held);
  await setTerms(db, 'deposit', row.id, termIds);
  await db
    .updateTable('deposit')
    .set({
      ...{ title, text, name, region },
      takenUpAt: row.takenUpAt ?? new Date().toISOString(),
      version: row.version + 1,
    })
    .where('seq', '=', row.seq)
    .execute();
  await spellOut(db);
}

/**
 * Puts a deposit back to triage; recommendations that were made of it leave the library.
 * @param linkedIn the drafts in which such a recommendation is linked
 * @throws Declined when something builds on it
 */
export async function reopenDeposit(
  db: Database,
  deciding: Deciding,
  linkedIn: readonly string[],
): Promise<void> {
  const row = await take(db, deciding, false);
  const outcomes = await outcomesOf(db, row.id);
  const made = outcomes.filter((outcome) => outcome.made === 1);
  if (made.length > 0 && linkedIn.length > 0)
    throw new Declined(
      'built-on',
      `A clause of “${linkedIn[0]}” is linked to it. Remove the link first, then put it back.`,
    );
  await db.deleteFrom('deposit_outcome').where('depositId', '=', row.id).where('made', '=', 0).execute();
  for (const { id } of made) {
    const problem = await withdrawRecommendation(db, deciding, id);
    if (problem !== null) throw new Declined('built-on', `${problem} It stays in the library.`);
  }
  await settle(db, row, deciding.userId, { state: 'new' });
}
