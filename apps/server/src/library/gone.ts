import type { RowProblem } from '@zerodraft/contract';
import { type RecommendationInput, survivorOf } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';

interface Row<Value> {
  row: number;
  value: Value;
}

/** Rows of a file that can be kept, and those that name what is gone. */
interface Sorted<Value> {
  kept: Value[];
  errors: RowProblem[];
  /** How many rows name what was taken out of the library, whether they are kept or not. */
  deleted: number;
}

/**
 * Sets aside the rows of a file that name a recommendation which was merged or taken out of the library: an import neither
 * changes nor restores it in silence.
 * @param restore keeps those that were taken out: they return
 */
export async function setGoneAside<Value extends RecommendationInput>(
  db: Database,
  processId: string,
  rows: readonly Row<Value>[],
  restore: boolean,
): Promise<Sorted<Value>> {
  const gone = await db
    .selectFrom('recommendation')
    .select(['id', 'reference', 'mergedIntoId', 'deletedAt'])
    .where('processId', '=', processId)
    .execute();
  const byId = new Map(gone.map((each) => [each.id, each]));
  const byReference = new Map(gone.map((each) => [each.reference, each]));
  const sorted: Sorted<Value> = { kept: [], errors: [], deleted: 0 };
  for (const { row, value } of rows) {
    const found = byReference.get(value.reference);
    const last = found && byId.get(survivorOf(found.id, (id) => byId.get(id)?.mergedIntoId));
    const refuse = (message: string): void => {
      sorted.errors.push({ row, field: 'Reference', message });
    };
    if (found && last && found !== last)
      refuse(
        `"${found.reference}" was merged into ${last.reference}. Name that one, or part the two first; or leave the row out.`,
      );
    else if (found?.deletedAt) {
      sorted.deleted += 1;
      if (restore) sorted.kept.push(value);
      else
        refuse(
          `"${found.reference}" was taken out of the library. Choose to bring such rows back, or give the row another reference.`,
        );
    } else sorted.kept.push(value);
  }
  return sorted;
}
