import { randomUUID } from 'node:crypto';
import { readBlocks } from '@zerodraft/schema';
import type { DraftLog } from '@zerodraft/sync';
import { readLinks } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { readDocument } from '../drafts/new-text.ts';
import { applyEdits, insertStates } from '../library/change.ts';
import { nextReference } from '../library/from-passage.ts';
import { Terms } from '../taxonomies/terms.ts';
import type { DepositRow } from './repository.ts';

const SOURCE_TITLE = 'Recommendations Box';

/** The source that stands for a process's box, made when the first deposit is accepted. */
async function sourceOfBox(db: Database, processId: string, userId: string): Promise<string> {
  const box = await db
    .selectFrom('box')
    .select('sourceId')
    .where('processId', '=', processId)
    .executeTakeFirstOrThrow();
  if (box.sourceId !== null) return box.sourceId;
  const sourceId = randomUUID();
  const now = new Date().toISOString();
  await db
    .insertInto('source')
    .values({
      ...{ id: sourceId, processId, title: SOURCE_TITLE, kind: 'box', who: '' },
      ...{ phase: '', session: '', date: null, language: null, symbol: '', url: null },
      ...{ state: 'no-file', createdBy: userId, createdAt: now, updatedAt: now },
    })
    .execute();
  await db.updateTable('box').set({ sourceId }).where('processId', '=', processId).execute();
  return sourceId;
}

/** Makes a recommendation of what was deposited in a process's box. @returns its id and reference */
export async function recommendFromBox(
  db: Database,
  { processId, userId }: { processId: string; userId: string },
  { title, text, termIds }: { title: string; text: string; termIds: readonly string[] },
  { name, language, receivedAt }: Pick<DepositRow, 'name' | 'language' | 'receivedAt'>,
): Promise<{ id: string; reference: string }> {
  const id = randomUUID();
  const reference = await nextReference(db, processId);
  const terms = await Terms.read(db, processId);
  const sourceId = await sourceOfBox(db, processId, userId);
  await insertStates(db, { processId, userId, kind: 'create' }, [
    {
      ...{ id, reference, title, text, language, sourceId },
      ...{ source: name || SOURCE_TITLE, document: SOURCE_TITLE, locator: '', date: receivedAt.slice(0, 10) },
      ...{ session: '', phase: '', disposition: 'open', dispositionReason: '', passage: null },
      terms: terms.sort(termIds),
    },
  ]);
  return { id, reference };
}

/** The drafts of a process in which one of some recommendations is linked to a clause; in the bin or not. */
export async function draftsBuiltOn(
  db: Database,
  log: Pick<DraftLog, 'read'>,
  processId: string,
  recommendationIds: readonly string[],
): Promise<string[]> {
  const ids = new Set(recommendationIds);
  const drafts = await db
    .selectFrom('draft')
    .select(['id', 'title'])
    .where('processId', '=', processId)
    .execute();
  const titles: string[] = [];
  for (const { id, title } of drafts) {
    const doc = await readDocument(log, id);
    if (readLinks(doc, readBlocks(doc)).some(({ recommendationId }) => ids.has(recommendationId)))
      titles.push(title);
    doc.destroy();
  }
  return titles;
}

/**
 * Takes a recommendation out of the library that was made of a deposit.
 * @returns why it stays, when others have worked on it since
 */
export async function withdrawRecommendation(
  db: Database,
  { processId, userId, id: depositId }: { processId: string; userId: string; id: string },
  id: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('recommendation')
    .select(['reference', 'version', 'deletedAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (row.deletedAt !== null) {
    await db
      .deleteFrom('deposit_outcome')
      .where('depositId', '=', depositId)
      .where('recommendationId', '=', id)
      .execute();
    return null;
  }
  const merged = await db
    .selectFrom('recommendation')
    .select('reference')
    .where('mergedIntoId', '=', id)
    .executeTakeFirst();
  if (row.version > 1 || merged) return `${row.reference} was changed since.`;
  const other = await db
    .selectFrom('deposit_outcome')
    .innerJoin('deposit', 'deposit.id', 'deposit_outcome.depositId')
    .select('deposit.title')
    .where('recommendationId', '=', id)
    .where('depositId', '!=', depositId)
    .executeTakeFirst();
  if (other) return `The deposit “${other.title}” was merged with ${row.reference}.`;
  await db.deleteFrom('deposit_outcome').where('recommendationId', '=', id).execute();
  await applyEdits(db, { processId, userId, kind: 'delete' }, [{ id, set: { deleted: true } }]);
  return null;
}
