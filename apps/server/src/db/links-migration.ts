import { type Kysely, type Migration, sql } from 'kysely';

/** The derived table of links says also which record each is, and who made and changed it; it is read anew at the start. */
export const links: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'drop table clause_link',
      `create table clause_link (draftId text not null references draft(id), recommendationId text not null,
        clauseId text not null, citation text not null, relation text not null, key text not null,
        madeBy text, madeAt text, changedBy text, changedAt text,
        primary key (draftId, recommendationId, clauseId)) without rowid`,
      'create index clause_link_recommendation on clause_link(recommendationId)',
      `update draft_links set state = ''`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
