import { crc32 } from 'node:zlib';
import { type Kysely, type Migration, type MigrationProvider, sql } from 'kysely';
import { accounts } from './accounts-migration.ts';
import { boxes } from './box-migration.ts';
import { comments } from './comments-migration.ts';
import { discussions } from './discussion-migration.ts';
import { fileIds } from './file-ids-migration.ts';
import { library } from './library-migration.ts';
import { linkRevisions } from './link-revisions-migration.ts';
import { links } from './links-migration.ts';
import { publicTrace } from './public-trace-migration.ts';
import { sources } from './sources-migration.ts';
import { spelling } from './spelling-migration.ts';
import { terms } from './terms-migration.ts';
import { versions } from './versions-migration.ts';

const initial: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table setting (name text primary key, value text not null)`,
      // Tables of better-auth 1.7, with its column names.
      `create table user (id text primary key, name text not null, email text not null unique,
        emailVerified integer not null, image text, createdAt text not null, updatedAt text not null)`,
      `create table session (id text primary key, expiresAt text not null, token text not null unique,
        createdAt text not null, updatedAt text not null, ipAddress text, userAgent text,
        userId text not null references user(id) on delete cascade)`,
      `create index session_user on session(userId)`,
      `create table account (id text primary key, accountId text not null, providerId text not null,
        userId text not null references user(id) on delete cascade, accessToken text, refreshToken text, idToken text,
        accessTokenExpiresAt text, refreshTokenExpiresAt text, scope text, password text,
        createdAt text not null, updatedAt text not null)`,
      `create index account_user on account(userId)`,
      `create table verification (id text primary key, identifier text not null, value text not null,
        expiresAt text not null, createdAt text, updatedAt text)`,
      `create table process (id text primary key, name text not null, illustrative integer not null,
        definition text not null, createdAt text not null)`,
      `create table member (processId text not null references process(id), userId text not null references user(id),
        role text not null check (role in ('facilitator', 'drafter', 'delegate', 'observer')), organisation text,
        position integer not null, primary key (processId, userId))`,
      `create table draft (id text primary key, processId text not null references process(id), title text not null,
        generation integer not null, createdAt text not null)`,
      // The log: what a draft is. Rows are only ever appended.
      `create table draft_update (id integer primary key autoincrement, draftId text not null references draft(id),
        generation integer not null, payload blob not null, userId text, createdAt text not null)`,
      `create index draft_update_draft on draft_update(draftId, generation, id)`,
      `create table recommendation (seq integer primary key, id text not null unique,
        processId text not null references process(id), reference text not null, title text not null, text text not null,
        source text not null, sourceKind text not null, document text not null, locator text not null, date text,
        themes text not null, dimensions text not null, kind text not null, createdAt text not null,
        updatedAt text not null, unique (processId, reference))`,
      `create virtual table recommendation_fts using fts5(reference, title, text, source, document,
        content = 'recommendation', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2')`,
      `create trigger recommendation_fts_insert after insert on recommendation begin
        insert into recommendation_fts(rowid, reference, title, text, source, document)
        values (new.seq, new.reference, new.title, new.text, new.source, new.document); end`,
      `create trigger recommendation_fts_delete after delete on recommendation begin
        insert into recommendation_fts(recommendation_fts, rowid, reference, title, text, source, document)
        values ('delete', old.seq, old.reference, old.title, old.text, old.source, old.document); end`,
      `create trigger recommendation_fts_update after update on recommendation begin
        insert into recommendation_fts(recommendation_fts, rowid, reference, title, text, source, document)
        values ('delete', old.seq, old.reference, old.title, old.text, old.source, old.document);
        insert into recommendation_fts(rowid, reference, title, text, source, document)
        values (new.seq, new.reference, new.title, new.text, new.source, new.document); end`,
      `create table thread (id text primary key, draftId text not null references draft(id), clauseId text not null,
        anchor text not null, quote text not null, resolvedBy text references user(id), resolvedAt text,
        createdAt text not null)`,
      `create index thread_draft on thread(draftId, createdAt)`,
      `create table comment (id text primary key, threadId text not null references thread(id) on delete cascade,
        authorId text not null references user(id), body text not null, createdAt text not null)`,
      `create index comment_thread on comment(threadId, createdAt)`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const foldedLog: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      // A draft is its newest snapshot and the updates after it.
      `create table draft_snapshot (draftId text not null references draft(id), generation integer not null,
        payload blob not null, updatedAt text not null, primary key (draftId, generation))`,
      // Updates that a snapshot holds, by person and stretch of writing: what versions are read from.
      `create table draft_history (id integer primary key autoincrement, draftId text not null references draft(id),
        generation integer not null, payload blob not null, userId text, startedAt text not null,
        endedAt text not null)`,
      `create index draft_history_draft on draft_history(draftId, generation, id)`,
      // Damaged rows of the log, taken out of it by `zerodraft verify --set-aside` and kept as they are.
      `create table draft_set_aside (id integer primary key, draftId text not null, generation integer not null,
        payload blob not null, userId text, createdAt text not null, setAsideAt text not null)`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const checkedLog: Migration = {
  async up(db: Kysely<unknown>) {
    // What is there already is taken as it is read now.
    for (const table of ['draft_update', 'draft_snapshot']) {
      await sql.raw(`alter table ${table} add column checksum integer not null default 0`).execute(db);
      const { rows } = await sql<{ rowid: number; payload: Uint8Array }>`
        select rowid, payload from ${sql.table(table)}`.execute(db);
      for (const { rowid, payload } of rows)
        await sql`update ${sql.table(table)} set checksum = ${crc32(payload)} where rowid = ${rowid}`.execute(
          db,
        );
    }
  },
};

/** Numbered migrations: applied once each, in order, never edited after a release. */
export const migrations: MigrationProvider = {
  getMigrations: async () => ({
    '0001_initial': initial,
    '0002_folded_log': foldedLog,
    '0003_checked_log': checkedLog,
    '0004_accounts': accounts,
    '0005_comments': comments,
    '0006_sources': sources,
    '0008_box': boxes,
    '0009_library': library,
    '0010_discussion': discussions,
    '0011_terms': terms,
    '0013_versions': versions,
    '0014_links': links,
    '0015_public_trace': publicTrace,
    '0016_file_ids': fileIds,
    '0017_link_revisions': linkRevisions,
    '0018_spelling': spelling,
  }),
};
