import { UNSPACED } from '@zerodraft/trace';
import { type Kysely, type Migration, sql } from 'kysely';

const INDEXES = [
  {
    name: 'recommendation_fts',
    table: 'recommendation',
    columns: ['reference', 'title', 'text', 'source', 'document'],
  },
  { name: 'source_fts', table: 'source_paragraph', columns: ['text'] },
  { name: 'deposit_fts', table: 'deposit', columns: ['title', 'text'] },
  { name: 'comment_fts', table: 'comment_text', columns: ['body'] },
];

const TRIGGERS = [
  ...['recommendation_fts_insert', 'recommendation_fts_delete', 'recommendation_fts_update'],
  ...['source_paragraph_insert', 'source_paragraph_delete'],
  ...['deposit_fts_insert', 'deposit_fts_delete', 'deposit_fts_update'],
  ...['comment_text_insert', 'comment_text_delete', 'comment_text_update'],
];

/** All that may be in a writing without spaces, and some that is not: which signs are is no rule for SQL. */
export const MAY_BE_UNSPACED = '*[\u0e00-\u1cff\u2e80-\u{3ffff}]*';

/** Signs that are written above, below or beside others are separators to the tokenizer if they are not named. */
function marks(): string {
  const mark = new RegExp(`(?=\\p{M})${UNSPACED}`, 'u');
  const found: string[] = [];
  for (let code = 0xe00; code < 0x20000; code += 1) {
    const sign = String.fromCodePoint(code);
    if (mark.test(sign)) found.push(sign);
  }
  return found.join('');
}

/**
 * Full-text indexes that hold texts of their own, in which signs of writings without spaces can stand apart; and the
 * rows that wait for it.
 */
export const spelling: Migration = {
  async up(db: Kysely<unknown>) {
    const run = async (statement: string): Promise<unknown> => sql.raw(statement).execute(db);
    await run(
      `create table unspelled (name text not null, seq integer not null, primary key (name, seq)) without rowid`,
    );
    for (const trigger of TRIGGERS) await run(`drop trigger ${trigger}`);
    const tokenizer = `porter unicode61 remove_diacritics 2 tokenchars '${marks()}'`;
    for (const { name, table, columns } of INDEXES) {
      const list = columns.join(', ');
      const of = (row: string): string => columns.map((column) => `${row}.${column}`).join(', ');
      // Texts in ASCII alone, which is most, are told by their length.
      const wait = (row: string, from = ''): string => `insert or ignore into unspelled(name, seq)
        select '${name}', seq from (select ${row}.seq as seq, ${columns.map((column) => `${row}.${column}`).join(" || ' ' || ")} as words ${from})
        where length(cast(words as blob)) > length(words) and words glob '${MAY_BE_UNSPACED}'`;
      await run(`drop table ${name}`);
      await run(`create virtual table ${name} using fts5(${list}, tokenize = "${tokenizer}")`);
      await run(`create trigger ${name}_insert after insert on ${table} begin
        insert into ${name}(rowid, ${list}) values (new.seq, ${of('new')});
        ${wait('new')}; end`);
      await run(`create trigger ${name}_delete after delete on ${table} begin
        delete from ${name} where rowid = old.seq; end`);
      await run(`create trigger ${name}_update after update of ${list} on ${table} begin
        update ${name} set ${columns.map((column) => `${column} = new.${column}`).join(', ')} where rowid = new.seq;
        ${wait('new')}; end`);
      await run(`insert into ${name}(rowid, ${list}) select seq, ${list} from ${table}`);
      await run(wait('t', `from ${table} t`));
    }
  },
};
