import { randomUUID } from 'node:crypto';
import {
  RECOMMENDATION_KIND_LABELS,
  RECOMMENDATION_KINDS,
  SOURCE_KIND_LABELS,
  SOURCE_KINDS,
  type TaxonomyName,
} from '@zerodraft/trace';
import { type Kysely, type Migration, sql } from 'kysely';
import { z } from 'zod';

const labels = z.array(z.string());
const definitionShape = z.looseObject({ themes: labels.default([]), dimensions: labels.default([]) });

/** Terms of processes, what recommendations have of them, their history and standing, where they are linked, views. */
export const library: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table term (id text primary key, processId text not null references process(id), taxonomy text not null,
        key text, label text not null, position integer not null, retiredAt text,
        mergedIntoId text references term(id))`,
      `create unique index term_label on term(processId, taxonomy, label) where mergedIntoId is null`,
      `create table recommendation_term (
        recommendationId text not null references recommendation(id) on delete cascade,
        termId text not null references term(id) on delete cascade, primary key (recommendationId, termId)) without rowid`,
      `create index recommendation_term_term on recommendation_term(termId)`,
      `alter table recommendation add column session text not null default ''`,
      `alter table recommendation add column phase text not null default ''`,
      `alter table recommendation add column language text not null default ''`,
      `alter table recommendation add column disposition text not null default 'open'
        check (disposition in ('open', 'partly', 'not-reflected', 'deferred', 'out-of-scope'))`,
      `alter table recommendation add column dispositionReason text not null default ''`,
      `alter table recommendation add column mergedIntoId text references recommendation(id)`,
      `alter table recommendation add column deletedAt text`,
      `alter table recommendation add column version integer not null default 1`,
      // Counts the changes of a process's library: what the search looks for anew.
      `alter table recommendation add column changed integer not null default 1`,
      `create index recommendation_changed on recommendation(processId, changed)`,
      `create index recommendation_merged on recommendation(mergedIntoId) where mergedIntoId is not null`,
      // Only what is searched is indexed anew.
      `drop trigger recommendation_fts_update`,
      `create trigger recommendation_fts_update after update of reference, title, text, source, document
        on recommendation begin
        insert into recommendation_fts(recommendation_fts, rowid, reference, title, text, source, document)
        values ('delete', old.seq, old.reference, old.title, old.text, old.source, old.document);
        insert into recommendation_fts(rowid, reference, title, text, source, document)
        values (new.seq, new.reference, new.title, new.text, new.source, new.document); end`,
      `create table recommendation_change (id integer primary key autoincrement,
        processId text not null references process(id),
        recommendationId text not null references recommendation(id) on delete cascade, batch text not null,
        kind text not null, userId text references user(id), at text not null, before text not null, after text not null,
        version integer not null)`,
      `create index recommendation_change_of on recommendation_change(recommendationId, id)`,
      `create index recommendation_change_batch on recommendation_change(batch)`,
      // Derived from the drafts' documents; made anew whenever it is in doubt.
      `create table clause_link (draftId text not null references draft(id), recommendationId text not null,
        clauseId text not null, citation text not null, relation text not null,
        primary key (draftId, recommendationId, clauseId)) without rowid`,
      `create index clause_link_recommendation on clause_link(recommendationId)`,
      `create table draft_links (draftId text primary key references draft(id), state text not null,
        revision integer not null)`,
      `create table library_view (id text primary key, processId text not null references process(id),
        name text not null, query text not null, createdBy text not null references user(id), updatedAt text not null,
        version integer not null default 1, unique (processId, name))`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
    const processes = await sql<{
      id: string;
      definition: string;
    }>`select id, definition from process`.execute(db);
    for (const process of processes.rows) await carryOver(db, process);
    for (const column of ['themes', 'dimensions', 'kind', 'sourceKind'])
      await sql.raw(`alter table recommendation drop column ${column}`).execute(db);
  },
};

/** The labels of a process become terms, and what its recommendations had points to them. */
async function carryOver(
  db: Kysely<unknown>,
  { id, definition }: { id: string; definition: string },
): Promise<void> {
  const { themes, dimensions, ...rest } = definitionShape.parse(JSON.parse(definition));
  const known = new Map<string, string>();
  const positions = new Map<TaxonomyName, number>();
  const now = new Date().toISOString();
  const add = async (
    taxonomy: TaxonomyName,
    label: string,
    key: string | null,
    retired: boolean,
  ): Promise<string> => {
    const name = `${taxonomy} ${key ?? label}`;
    const existing = known.get(name);
    if (existing !== undefined) return existing;
    const termId = randomUUID();
    const position = positions.get(taxonomy) ?? 0;
    positions.set(taxonomy, position + 1);
    known.set(name, termId);
    await sql`insert into term (id, processId, taxonomy, key, label, position, retiredAt)
      values (${termId}, ${id}, ${taxonomy}, ${key}, ${label}, ${position}, ${retired ? now : null})`.execute(
      db,
    );
    return termId;
  };
  for (const label of themes) await add('themes', label, null, false);
  for (const label of dimensions) await add('dimensions', label, null, false);
  for (const key of RECOMMENDATION_KINDS) await add('kinds', RECOMMENDATION_KIND_LABELS[key], key, false);
  for (const key of SOURCE_KINDS) await add('stakeholderKinds', SOURCE_KIND_LABELS[key], key, false);
  const { rows } = await sql<{
    id: string;
    themes: string;
    dimensions: string;
    kind: string;
    sourceKind: string;
  }>`
    select id, themes, dimensions, kind, sourceKind from recommendation where processId = ${id}`.execute(db);
  for (const row of rows) {
    const terms = [await add('kinds', row.kind, row.kind, true)];
    terms.push(await add('stakeholderKinds', row.sourceKind, row.sourceKind, true));
    // What is no longer offered stays on what has it.
    for (const label of labels.parse(JSON.parse(row.themes)))
      terms.push(await add('themes', label, null, true));
    for (const label of labels.parse(JSON.parse(row.dimensions)))
      terms.push(await add('dimensions', label, null, true));
    for (const termId of terms)
      await sql`insert or ignore into recommendation_term (recommendationId, termId)
        values (${row.id}, ${termId})`.execute(db);
  }
  await sql`update process set definition = ${JSON.stringify(rest)} where id = ${id}`.execute(db);
}
