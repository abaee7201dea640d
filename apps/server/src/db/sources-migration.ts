import { type Kysely, type Migration, sql } from 'kysely';

/** Sources, their documents and the text of these; where a recommendation was taken from. */
export const sources: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table source (id text primary key, processId text not null references process(id), title text not null,
        kind text not null, who text not null, stakeholderKind text not null, region text not null, phase text not null,
        session text not null, date text, language text, symbol text not null, url text,
        state text not null check (state in ('no-file', 'reading', 'read', 'no-text', 'failed')), problem text,
        warnings text not null default '[]', format text, fileName text, fileSize integer, fileHash text,
        upload text, attempts integer not null default 0, paragraphs integer not null default 0,
        createdBy text not null references user(id), createdAt text not null, updatedAt text not null,
        version integer not null default 1)`,
      `create index source_process on source(processId, createdAt)`,
      `create index source_file on source(processId, fileHash)`,
      `create index source_waiting on source(attempts, updatedAt) where state = 'reading'`,
      // Files in parts, so that no commit holds up what others write; a source names the upload that is whole.
      `create table source_part (upload text not null, n integer not null,
        sourceId text not null references source(id) on delete cascade, bytes blob not null, primary key (upload, n))`,
      `create index source_part_source on source_part(sourceId)`,
      `create table source_paragraph (seq integer primary key,
        sourceId text not null references source(id) on delete cascade, n integer not null, kind text not null,
        page integer, text text not null, unique (sourceId, n))`,
      `create virtual table source_fts using fts5(text, content = 'source_paragraph', content_rowid = 'seq',
        tokenize = 'porter unicode61 remove_diacritics 2')`,
      `create trigger source_paragraph_insert after insert on source_paragraph begin
        insert into source_fts(rowid, text) values (new.seq, new.text); end`,
      `create trigger source_paragraph_delete after delete on source_paragraph begin
        insert into source_fts(source_fts, rowid, text) values ('delete', old.seq, old.text); end`,
      `alter table recommendation add column sourceId text references source(id)`,
      `alter table recommendation add column passage text`,
      `create index recommendation_source on recommendation(sourceId)`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
