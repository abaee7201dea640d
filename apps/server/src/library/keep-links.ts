import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { DraftLinks } from '../workers/messages.ts';

/** What tells of a link who made it and changed it. */
const TOLD = ['key', 'madeBy', 'madeAt', 'changedBy', 'changedAt'] as const;
/** What the table holds of each link, beside its revision. */
const WRITTEN = ['recommendationId', 'clauseId', 'citation', 'relation', ...TOLD] as const;

const keyOf = (link: { recommendationId: string; clauseId: string }): string =>
  `${link.recommendationId}/${link.clauseId}`;

/**
 * Makes the derived tables say what a draft's document says; to be called in a transaction. Only rows that differ are
 * written; those that tell otherwise of who made and changed them get the new revision.
 * @returns whether the links are others than before
 */
export async function keepLinks(
  trx: Database,
  draftId: string,
  { state, links }: DraftLinks,
): Promise<boolean> {
  const last = await trx
    .selectFrom('draft_links')
    .select('revision')
    .where('draftId', '=', draftId)
    .executeTakeFirst();
  const revision = (last?.revision ?? 0) + 1;
  const rows = await trx.selectFrom('clause_link').selectAll().where('draftId', '=', draftId).execute();
  const gone = new Map(rows.map((row) => [keyOf(row), row]));
  const written = links.flatMap((link) => {
    const was = gone.get(keyOf(link));
    gone.delete(keyOf(link));
    if (was && WRITTEN.every((name) => was[name] === link[name])) return [];
    return [
      { ...link, revision: was && TOLD.every((name) => was[name] === link[name]) ? was.revision : revision },
    ];
  });
  const changed = written.length + gone.size > 0;
  if (gone.size > 0)
    await sql`delete from clause_link where draftId = ${draftId} and (recommendationId, clauseId) in
        (select value ->> '$.recommendationId', value ->> '$.clauseId' from json_each(${JSON.stringify([...gone.values()])}))`.execute(
      trx,
    );
  if (written.length > 0) {
    const columns = [...WRITTEN, 'revision'];
    await sql`insert or replace into clause_link (draftId, ${sql.join(columns.map((name) => sql.ref(name)))})
        select ${draftId}, ${sql.join(columns.map((name) => sql`value ->> ${`$.${name}`}`))} from json_each(${JSON.stringify(written)})
        where exists (select 1 from draft where id = ${draftId})`.execute(trx);
  }
  await sql`insert into draft_links (draftId, state, revision)
      select id, ${state}, 1 from draft where id = ${draftId}
      on conflict (draftId) do update set state = excluded.state, revision = revision + ${changed ? 1 : 0}`.execute(
    trx,
  );
  return changed;
}
