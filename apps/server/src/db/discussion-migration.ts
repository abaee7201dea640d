import { type Kysely, type Migration, sql } from 'kysely';

/** The team's discussion of recommendations; notifications tell of it as they do of threads. */
export const discussions: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table discussion_comment (seq integer primary key, id text not null unique,
        processId text not null references process(id),
        recommendationId text not null references recommendation(id) on delete cascade,
        authorId text not null references user(id), organisation text, body text not null, createdAt text not null,
        editedAt text, deletedBy text references user(id), deletedAt text)`,
      `create index discussion_comment_recommendation on discussion_comment(recommendationId, seq)`,
      // Earlier bodies: what was said is changed with a trace.
      `create table discussion_edit (id integer primary key autoincrement,
        commentId text not null references discussion_comment(id) on delete cascade, body text not null,
        until text not null, byId text not null references user(id))`,
      `create index discussion_edit_comment on discussion_edit(commentId)`,

      // A column that may be empty is a new table in SQLite; nothing points to this one.
      `create table notification_of_both (id integer primary key autoincrement,
        userId text not null references user(id),
        kind text not null check (kind in ('mention', 'reply', 'state', 'assigned')),
        threadId text references thread(id) on delete cascade,
        recommendationId text references recommendation(id) on delete cascade, commentId text,
        byId text not null references user(id), at text not null, readAt text, mailedAt text,
        check ((threadId is null) <> (recommendationId is null)))`,
      `insert into notification_of_both (id, userId, kind, threadId, commentId, byId, at, readAt, mailedAt)
        select id, userId, kind, threadId, commentId, byId, at, readAt, mailedAt from notification order by id`,
      `drop table notification`,
      `alter table notification_of_both rename to notification`,
      `create index notification_user on notification(userId, id)`,
      `create index notification_thread on notification(threadId)`,
      `create index notification_recommendation on notification(recommendationId)`,
      `create index notification_unmailed on notification(userId) where mailedAt is null and readAt is null`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
