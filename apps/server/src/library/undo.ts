import { changedFields } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { applyEdits, type Edit } from './change.ts';
import {
  type EditRefusal,
  type Outcome,
  type Place,
  referenceTaken,
  refusal,
  stale,
  whereLinked,
} from './edit.ts';

/**
 * Why what was parted cannot be merged again: what it was part of is deleted, or is part of it by now. Versions do not tell
 * of that, as a merge changes only what goes into another.
 */
async function cannotMerge(
  db: Database,
  processId: string,
  edits: readonly Edit[],
): Promise<EditRefusal | null> {
  if (!edits.some(({ set }) => set.mergedInto)) return null;
  const rows = await db
    .selectFrom('recommendation')
    .select(['id', 'reference', 'mergedIntoId', 'deletedAt'])
    .where('processId', '=', processId)
    .execute();
  const after = new Map(
    rows.map(({ id, reference, mergedIntoId, deletedAt }) => [
      id,
      { reference, into: mergedIntoId, deleted: deletedAt !== null },
    ]),
  );
  for (const { id, set } of edits) {
    const row = after.get(id);
    if (row && set.mergedInto !== undefined) row.into = set.mergedInto;
    if (row && set.deleted !== undefined) row.deleted = set.deleted;
  }
  for (const { id, set } of edits) {
    if (!set.mergedInto) continue;
    const reference = after.get(id)?.reference ?? '';
    const way = new Set([id]);
    for (let at = set.mergedInto; ; ) {
      const next = after.get(at);
      if (way.has(at))
        return refusal(
          'merged',
          `${after.get(set.mergedInto)?.reference} was merged into ${reference} meanwhile. Part the two first. Nothing was changed.`,
        );
      if (!next || next.deleted)
        return refusal(
          'deleted',
          `${reference} would be part of ${next?.reference ?? 'what is not there'} again, which is deleted. Undo that first. Nothing was changed.`,
        );
      if (next.into === null) break;
      way.add(at);
      at = next.into;
    }
  }
  return null;
}

/**
 * Takes back what one batch changed, unless somebody changed it since. An undo is itself a batch. To be called in a transaction.
 * @param visible the drafts that the person may see: others are not named
 */
export async function undoBatch(
  db: Database,
  place: Place,
  batch: string,
  skipChanged: boolean,
  visible: readonly string[],
): Promise<Outcome> {
  const changes = await db
    .selectFrom('recommendation_change')
    .innerJoin('recommendation', 'recommendation.id', 'recommendation_change.recommendationId')
    .select(['recommendationId as id', 'reference', 'before', 'kind'])
    .select(['recommendation_change.version as then', 'recommendation.version as now'])
    .where('recommendation_change.processId', '=', place.processId)
    .where('batch', '=', batch)
    .execute();
  const undoable = changes.filter(({ kind, before }) => kind !== 'create' && before !== '{}');
  if (undoable.length === 0) return refusal('not-found', 'There is no such change that could be undone.');
  const changed = undoable.filter((row) => row.then !== row.now);
  if (changed.length > 0 && (!skipChanged || changed.length === undoable.length)) return stale(changed);
  const edits: Edit[] = undoable
    .filter((row) => row.then === row.now)
    .map(({ id, before }) => ({ id, set: changedFields.parse(JSON.parse(before)) }));
  for (const { id, set } of edits) {
    const taken = set.reference && (await referenceTaken(db, place.processId, set.reference, id));
    if (taken) return taken;
  }
  const problem = await cannotMerge(db, place.processId, edits);
  if (problem) return problem;
  const gone = edits.filter(({ set }) => set.deleted).map(({ id }) => id);
  const linked = await whereLinked(db, place.processId, gone, visible);
  return linked ?? applyEdits(db, { ...place, kind: 'undo' }, edits);
}
