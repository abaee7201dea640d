import { type Kysely, type Migration, sql } from 'kysely';

/** Threads with a place, a state, a round and an audience; what people read, mute and are told; a full-text index. */
export const comments: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `alter table thread add column kind text not null default 'range'
        check (kind in ('range', 'clause', 'section', 'draft'))`,
      `alter table thread add column sectionId text`,
      `alter table thread add column visibility text not null default 'all' check (visibility in ('all', 'team'))`,
      `alter table thread add column state text not null default 'open'
        check (state in ('open', 'answered', 'accepted', 'not-accepted', 'resolved'))`,
      `alter table thread add column stateBy text references user(id)`,
      `alter table thread add column stateAt text`,
      `alter table thread add column stateReason text`,
      `alter table thread add column assigneeId text references user(id)`,
      `alter table thread add column dueOn text`,
      `alter table thread add column labels text not null default '[]'`,
      `alter table thread add column roundId text`,
      `alter table thread add column roundName text`,
      `alter table thread add column createdBy text references user(id)`,
      `alter table thread add column changedAt text not null default ''`,
      `update thread set changedAt = coalesce(resolvedAt, createdAt), stateBy = resolvedBy, stateAt = resolvedAt,
        state = case when resolvedAt is null then 'open' else 'resolved' end,
        createdBy = (select authorId from comment where threadId = thread.id order by createdAt, id limit 1)`,
      `alter table thread drop column resolvedBy`,
      `alter table thread drop column resolvedAt`,
      `create index thread_changed on thread(draftId, changedAt)`,

      `alter table comment add column organisation text`,
      `alter table comment add column editedAt text`,
      `alter table comment add column deletedBy text references user(id)`,
      `alter table comment add column deletedAt text`,
      `update comment set organisation = (select m.organisation from thread t join draft d on d.id = t.draftId
        join member m on m.processId = d.processId and m.userId = comment.authorId where t.id = comment.threadId)`,
      // Earlier bodies: what was said is changed with a trace.
      `create table comment_edit (id integer primary key autoincrement,
        commentId text not null references comment(id) on delete cascade, body text not null, until text not null,
        byId text not null references user(id))`,
      `create index comment_edit_comment on comment_edit(commentId)`,
      `create table comment_reaction (commentId text not null references comment(id) on delete cascade,
        userId text not null references user(id), reaction text not null, at text not null,
        primary key (commentId, userId, reaction))`,
      `create table thread_read (threadId text not null references thread(id) on delete cascade,
        userId text not null references user(id), upTo text not null, primary key (threadId, userId))`,
      `create table thread_mute (threadId text not null references thread(id) on delete cascade,
        userId text not null references user(id), primary key (threadId, userId))`,
      `create table notification (id integer primary key autoincrement, userId text not null references user(id),
        kind text not null check (kind in ('mention', 'reply', 'state', 'assigned')),
        threadId text not null references thread(id) on delete cascade, commentId text, byId text not null references user(id),
        at text not null, readAt text, mailedAt text)`,
      `create index notification_user on notification(userId, id)`,
      `create index notification_thread on notification(threadId)`,
      `create index notification_unmailed on notification(userId) where mailedAt is null and readAt is null`,
      `create table mail_preference (userId text not null references user(id),
        processId text not null references process(id), digest text not null check (digest in ('immediate', 'daily', 'off')),
        primary key (userId, processId))`,

      // The index names rows by number, and numbers of tables without such a key change when the file is compacted.
      `create table comment_text (seq integer primary key,
        threadId text not null references thread(id) on delete cascade, commentId text unique, body text not null)`,
      `create index comment_text_thread on comment_text(threadId)`,
      `create virtual table comment_fts using fts5(body, content = 'comment_text', content_rowid = 'seq',
        tokenize = 'porter unicode61 remove_diacritics 2')`,
      `create trigger comment_text_insert after insert on comment_text begin
        insert into comment_fts(rowid, body) values (new.seq, new.body); end`,
      `create trigger comment_text_delete after delete on comment_text begin
        insert into comment_fts(comment_fts, rowid, body) values ('delete', old.seq, old.body); end`,
      `create trigger comment_text_update after update on comment_text begin
        insert into comment_fts(comment_fts, rowid, body) values ('delete', old.seq, old.body);
        insert into comment_fts(rowid, body) values (new.seq, new.body); end`,
      `create trigger thread_text_insert after insert on thread when new.quote <> '' begin
        insert into comment_text(threadId, body) values (new.id, new.quote); end`,
      `create trigger comment_insert after insert on comment begin
        insert into comment_text(threadId, commentId, body) values (new.threadId, new.id, new.body); end`,
      `create trigger comment_update after update of body on comment begin
        update comment_text set body = new.body where commentId = new.id; end`,
      `insert into comment_text(threadId, body) select id, quote from thread where quote <> ''`,
      `insert into comment_text(threadId, commentId, body) select threadId, id, body from comment`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
