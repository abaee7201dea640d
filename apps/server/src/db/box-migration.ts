import { type Kysely, type Migration, sql } from 'kysely';

/** Boxes, what is deposited in them, and what became of it. */
export const boxes: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table box (processId text primary key references process(id), slug text not null unique,
        open integer not null, sourceId text references source(id) on delete set null, changedAt text not null)`,
      `create table deposit (seq integer primary key, id text not null unique,
        processId text not null references process(id), receiptHash text not null unique,
        title text not null, text text not null, kind text not null, themes text not null, dimensions text not null,
        name text not null, stakeholderKind text not null, region text not null, contact text not null,
        language text not null, receivedAt text not null, original text not null,
        state text not null default 'new' check (state in ('new', 'accepted', 'merged', 'split', 'returned')),
        takenUpAt text, claimBy text references user(id), claimUntil text,
        decidedBy text references user(id), decidedAt text, reason text, mergedInto text references deposit(id),
        version integer not null default 1)`,
      `create index deposit_state on deposit(processId, state, receivedAt)`,
      `create index deposit_merged on deposit(mergedInto)`,
      // The recommendations that a deposit became or was merged with; those that were made from it go back with it.
      `create table deposit_outcome (depositId text not null references deposit(id) on delete cascade,
        recommendationId text not null references recommendation(id), made integer not null,
        primary key (depositId, recommendationId))`,
      `create index deposit_outcome_recommendation on deposit_outcome(recommendationId)`,
      `create virtual table deposit_fts using fts5(title, text, content = 'deposit', content_rowid = 'seq',
        tokenize = 'porter unicode61 remove_diacritics 2')`,
      `create trigger deposit_fts_insert after insert on deposit begin
        insert into deposit_fts(rowid, title, text) values (new.seq, new.title, new.text); end`,
      `create trigger deposit_fts_delete after delete on deposit begin
        insert into deposit_fts(deposit_fts, rowid, title, text) values ('delete', old.seq, old.title, old.text); end`,
      `create trigger deposit_fts_update after update of title, text on deposit begin
        insert into deposit_fts(deposit_fts, rowid, title, text) values ('delete', old.seq, old.title, old.text);
        insert into deposit_fts(rowid, title, text) values (new.seq, new.title, new.text); end`,
      // Counts changes, so that whoever asks again and again is told cheaply that nothing happened.
      `create table deposit_revision (processId text primary key references process(id), n integer not null)`,
      `create trigger deposit_revision_insert after insert on deposit begin
        insert into deposit_revision(processId, n) values (new.processId, 1)
        on conflict (processId) do update set n = n + 1; end`,
      `create trigger deposit_revision_update after update on deposit begin
        update deposit_revision set n = n + 1 where processId = new.processId; end`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
