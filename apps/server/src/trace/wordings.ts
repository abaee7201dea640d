import { changedFields } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { type DatedWordings, type MergedInto, recommendationWording } from '@zerodraft/trace';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { listed } from '../library/state.ts';

/** What recommendations of a process were merged into, and in which version that one was then. */
export async function readMerges(db: Database, processId: string): Promise<Map<string, MergedInto>> {
  // What came merged with a file or a deposit has no change that says so: its first one counts.
  const { rows } = await sql<MergedInto & { merged: string }>`
    select r.id as merged, r.mergedIntoId as id, coalesce((select max(c.version) from recommendation_change c
      where c.recommendationId = r.mergedIntoId and c.id <= coalesce(
        (select max(m.id) from recommendation_change m
          where m.recommendationId = r.id and m.after ->> '$.mergedInto' is not null),
        (select min(m.id) from recommendation_change m where m.recommendationId = r.id))), 1) as version
    from recommendation r where r.processId = ${processId} and r.mergedIntoId is not null`.execute(db);
  return new Map(rows.map(({ merged, ...into }) => [merged, into]));
}

/** What recommendations say and said, told from their history; those that read as ever are left out. */
export async function readWordings(
  db: Database,
  processId: string,
  ids: readonly string[],
): Promise<Map<string, DatedWordings>> {
  const changes = await db
    .selectFrom('recommendation_change')
    .select(['recommendationId', 'before', 'version', 'at'])
    .where('processId', '=', processId)
    .where('recommendationId', 'in', listed(ids))
    .where(sql<boolean>`(before ->> '$.title' is not null or before ->> '$.text' is not null)`)
    .orderBy('id', 'desc')
    .execute();
  const changesOf = groupBy(changes, ({ recommendationId }) => recommendationId);
  const rows = await db
    .selectFrom('recommendation')
    .select(['id', 'title', 'text', 'version'])
    .where('id', 'in', listed([...changesOf.keys()]))
    .execute();
  const wordings = new Map<string, DatedWordings>();
  for (const { id, title, text, version } of rows) {
    const earlier: { until: number; text: string; at: string }[] = [];
    const at = { title, text };
    // From the newest change back to the first: what it replaced is what was said until then.
    for (const change of changesOf.get(id) ?? []) {
      const before = changedFields.parse(JSON.parse(change.before));
      at.title = before.title ?? at.title;
      at.text = before.text ?? at.text;
      earlier.unshift({ until: change.version, text: recommendationWording(at), at: change.at });
    }
    wordings.set(id, { version, text: recommendationWording({ title, text }), earlier });
  }
  return wordings;
}
