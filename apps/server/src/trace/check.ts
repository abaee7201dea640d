import { numberBlocks, readBlocks } from '@zerodraft/schema';
import type { DraftLog } from '@zerodraft/sync';
import { checkTrace, type Finding, reflects, survivorOf, versionMadeOn } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { readDocument } from '../drafts/new-text.ts';
import { readMerges, readWordings } from './wordings.ts';

/**
 * All that is wrong with a draft's links, or not explained.
 * @param withIndex whether the derived table is compared; not while a server may be about to renew it
 */
export async function checkDraft(
  db: Database,
  log: Pick<DraftLog, 'read'>,
  { processId, draftId }: { processId: string; draftId: string },
  withIndex: boolean,
): Promise<Finding[]> {
  const recommendations = await db
    .selectFrom('recommendation')
    .select(['id', 'reference', 'title', 'disposition', 'dispositionReason', 'mergedIntoId', 'deletedAt'])
    .where('processId', '=', processId)
    .orderBy('reference')
    .execute();
  const rows = await db
    .selectFrom('clause_link')
    .innerJoin('draft', 'draft.id', 'clause_link.draftId')
    .select(['draftId', 'clauseId', 'recommendationId', 'relation', 'key', 'madeAt', 'changedAt'])
    .where('draft.processId', '=', processId)
    .where('draft.state', '!=', 'deleted')
    .execute();
  const own = rows.filter((row) => row.draftId === draftId);
  const mergedInto = new Map(recommendations.map(({ id, mergedIntoId }) => [id, mergedIntoId]));
  const elsewhere = new Set<string>();
  for (const row of rows) {
    if (row.draftId === draftId || !reflects(row.relation)) continue;
    elsewhere.add(survivorOf(row.recommendationId, (id) => mergedInto.get(id)));
  }
  const doc = await readDocument(log, draftId);
  const blocks = readBlocks(doc);
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  const citations = new Map(blocks.map(({ id }, index) => [id, numbers[index]?.citation ?? '']));
  const wordings = await readWordings(
    db,
    processId,
    recommendations.map(({ id }) => id),
  );
  const merges = await readMerges(db, processId);
  const authors = new Map(own.map((row) => [row.key, row]));
  const findings = checkTrace(
    doc,
    blocks,
    recommendations.map(({ mergedIntoId, deletedAt, ...row }) => ({
      ...row,
      mergedInto: mergedIntoId,
      deleted: deletedAt !== null,
    })),
    {
      wordingsOf: (id) => wordings.get(id) ?? null,
      versionOf: ({ key, recommendationId }) =>
        versionMadeOn(wordings.get(recommendationId), authors.get(key)),
      mergeOf: (id) => merges.get(id),
      linkedElsewhere: elsewhere,
      index: withIndex ? own : null,
      citationOf: (id) => citations.get(id) ?? '',
    },
  );
  doc.destroy();
  return findings;
}
