import { type Kysely, type Migration, sql } from 'kysely';

/** Each derived link says with which revision of its draft's links it came: who has those before is told of the rest. */
export const linkRevisions: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table clause_link add column revision integer not null default 0`.execute(db);
  },
};
