import { type Kysely, type Migration, sql } from 'kysely';

/** Versions of drafts; rounds that are open already make none by being open. */
export const versions: Migration = {
  async up(db: Kysely<unknown>) {
    const now = new Date().toISOString();
    await sql`create table version (id text primary key, draftId text not null references draft(id), name text not null,
      note text not null, kind text not null check (kind in ('made', 'round-opened', 'round-closed', 'before-restore')),
      roundId text, roundName text, createdBy text references user(id), createdAt text not null, state blob not null,
      checksum integer not null)`.execute(db);
    await sql`create index version_draft on version(draftId, createdAt)`.execute(db);
    await sql`alter table round add column seenOpen integer not null default 0`.execute(db);
    await sql`update round set seenOpen = 1
      where coalesce(opensAt, '') <= ${now} and ${now} < coalesce(closesAt, '9999')`.execute(db);
  },
};
