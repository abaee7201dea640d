import { type Kysely, type Migration, sql } from 'kysely';

/** Public links that also show where each clause comes from. */
export const publicTrace: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('alter table public_link add column withSources integer not null default 0').execute(db);
  },
};
