import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { DraftLinks } from '../workers/messages.ts';

/** What the table holds of each link. */
const WRITTEN = [
  'recommendationId',
  'clauseId',
  'citation',
  'relation',
  'key',
  'madeBy',
  'madeAt',
  'changedBy',
  'changedAt',
] as const;

const keyOf = (link: { recommendationId: string; clauseId: string }): string =>
  `${link.recommendationId}/${link.clauseId}`;

/**
 * Makes the derived tables say what a draft's document says; to be called in a transaction.
 * @returns whether the links are others than before
 */
export async function keepLinks(
  trx: Database,
  draftId: string,
  { state, links }: DraftLinks,
): Promise<boolean> {
  const found = [...links].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const before = await trx.selectFrom('clause_link').selectAll().where('draftId', '=', draftId).execute();
  const old = before
    .map(({ draftId: _draft, ...link }) => link)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const changed =
    old.length !== found.length ||
    old.some((link, index) => {
      const now = found[index];
      return !now || WRITTEN.some((name) => link[name] !== now[name]);
    });
  if (changed) {
    await trx.deleteFrom('clause_link').where('draftId', '=', draftId).execute();
    await sql`insert into clause_link (draftId, ${sql.join(WRITTEN.map((name) => sql.ref(name)))})
        select ${draftId}, ${sql.join(WRITTEN.map((name) => sql`value ->> ${`$.${name}`}`))} from json_each(${JSON.stringify(found)})
        where exists (select 1 from draft where id = ${draftId})`.execute(trx);
  }
  await sql`insert into draft_links (draftId, state, revision)
      select id, ${state}, 1 from draft where id = ${draftId}
      on conflict (draftId) do update set state = excluded.state, revision = revision + ${changed ? 1 : 0}`.execute(
    trx,
  );
  return changed;
}
