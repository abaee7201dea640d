import { type Kysely, type Migration, sql } from 'kysely';

/** What files call a recommendation or a source that came with a file whose id for it was in use here. */
export const fileIds: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['recommendation', 'source'])
      await sql.raw(`alter table ${table} add column fileId text`).execute(db);
  },
};
