import { randomUUID } from 'node:crypto';
import { RECOMMENDATION_KIND_LABELS, SOURCE_KIND_LABELS, type TaxonomyName } from '@zerodraft/trace';
import { type Kysely, type Migration, sql } from 'kysely';
import { z } from 'zod';
import { type TermRow, Terms } from '../taxonomies/terms.ts';

const labels = z.array(z.string());
const original = z.looseObject({ kind: z.string(), stakeholderKind: z.string(), region: z.string() });
const KIND_WORDS: Readonly<Record<string, string>> = RECOMMENDATION_KIND_LABELS;
const STAKEHOLDER_WORDS: Readonly<Record<string, string>> = SOURCE_KIND_LABELS;

/** Deposits and sources point to terms as recommendations do; what they had as fixed kinds and labels is carried over. */
export const terms: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table source_term (sourceId text not null references source(id) on delete cascade,
        termId text not null references term(id), primary key (sourceId, termId)) without rowid`,
      `create index source_term_term on source_term(termId)`,
      `create table deposit_term (depositId text not null references deposit(id) on delete cascade,
        termId text not null references term(id), primary key (depositId, termId)) without rowid`,
      `create index deposit_term_term on deposit_term(termId)`,
      // The terms that it was sent with: whether it was edited does not depend on what they are called now.
      `alter table deposit add column sentTerms text not null default '[]'`,
      // Other names in lists that are asked for again and again.
      `create trigger deposit_revision_term after update of label, mergedIntoId, retiredAt on term begin
        update deposit_revision set n = n + 1 where processId = new.processId; end`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
    const processes = await sql<{ id: string }>`select id from process`.execute(db);
    for (const { id } of processes.rows) await carryOver(db, id);
    for (const column of ['kind', 'themes', 'dimensions', 'stakeholderKind'])
      await sql.raw(`alter table deposit drop column ${column}`).execute(db);
    for (const column of ['stakeholderKind', 'region'])
      await sql.raw(`alter table source drop column ${column}`).execute(db);
  },
};

/** The terms of one process while others are added to them. */
class Growing {
  private constructor(
    readonly db: Kysely<unknown>,
    readonly processId: string,
    private terms: Terms,
  ) {}

  static async of(db: Kysely<unknown>, processId: string): Promise<Growing> {
    const { rows } = await sql<TermRow>`
      select * from term where processId = ${processId} order by position, id`.execute(db);
    return new Growing(db, processId, new Terms(rows));
  }

  #known(taxonomy: TaxonomyName, label: string, key: string | null): TermRow | undefined {
    const keyed = key === null ? undefined : this.terms.keyed(taxonomy, key);
    return keyed ?? this.terms.named(taxonomy, label);
  }

  /** The term of a fixed kind or a label; made where there is none. @param retired whether it is then offered no more */
  async find(
    taxonomy: TaxonomyName,
    label: string,
    { key = null, retired }: { key?: string | null; retired: boolean },
  ): Promise<string> {
    const known = this.#known(taxonomy, label, key);
    if (known) return known.id;
    const { rows } = this.terms;
    const own = rows.filter((row) => row.taxonomy === taxonomy);
    const made: TermRow = {
      ...{ id: randomUUID(), processId: this.processId, taxonomy, key, label, mergedIntoId: null },
      position: Math.max(-1, ...own.map(({ position }) => position)) + 1,
      retiredAt: retired ? new Date().toISOString() : null,
    };
    await sql`insert into term (id, processId, taxonomy, key, label, position, retiredAt)
      values (${made.id}, ${made.processId}, ${taxonomy}, ${key}, ${label}, ${made.position}, ${made.retiredAt})`.execute(
      this.db,
    );
    this.terms = new Terms([...rows, made]);
    return made.id;
  }

  /** The term of a fixed kind; "other" was said of what nothing was said of, and makes no new one. */
  async kind(
    taxonomy: 'kinds' | 'stakeholderKinds',
    key: string,
    words: Readonly<Record<string, string>>,
  ): Promise<string[]> {
    const label = words[key] ?? key;
    if (key === 'other' && !this.#known(taxonomy, label, key)) return [];
    return [await this.find(taxonomy, label, { key, retired: true })];
  }

  named(taxonomy: TaxonomyName, label: string): string[] {
    const known = label === '' ? undefined : this.terms.named(taxonomy, label);
    return known ? [known.id] : [];
  }
}

async function carryOver(db: Kysely<unknown>, processId: string): Promise<void> {
  const terms = await Growing.of(db, processId);
  const sources = await sql<{ id: string; stakeholderKind: string; region: string }>`
    select id, stakeholderKind, region from source where processId = ${processId}`.execute(db);
  for (const { id, stakeholderKind, region } of sources.rows) {
    const ids = await terms.kind('stakeholderKinds', stakeholderKind, STAKEHOLDER_WORDS);
    // The team wrote it: it is a region of the process.
    if (region !== '') ids.push(await terms.find('regions', region, { retired: false }));
    for (const termId of ids)
      await sql`insert or ignore into source_term (sourceId, termId) values (${id}, ${termId})`.execute(db);
  }
  const deposits = await sql<{
    id: string;
    kind: string;
    themes: string;
    dimensions: string;
    stakeholderKind: string;
    region: string;
    original: string;
  }>`select id, kind, themes, dimensions, stakeholderKind, region, original from deposit
    where processId = ${processId}`.execute(db);
  for (const row of deposits.rows) {
    const idsOf = async (said: {
      kind: string;
      stakeholderKind: string;
      themes: string[];
      dimensions: string[];
      region: string;
    }): Promise<string[]> => {
      const ids = [
        ...(await terms.kind('kinds', said.kind, KIND_WORDS)),
        ...(await terms.kind('stakeholderKinds', said.stakeholderKind, STAKEHOLDER_WORDS)),
        ...terms.named('regions', said.region),
      ];
      for (const taxonomy of ['themes', 'dimensions'] as const)
        for (const label of said[taxonomy]) ids.push(await terms.find(taxonomy, label, { retired: true }));
      return [...new Set(ids)];
    };
    const now = await idsOf({
      ...row,
      themes: labels.parse(JSON.parse(row.themes)),
      dimensions: labels.parse(JSON.parse(row.dimensions)),
    });
    for (const termId of now)
      await sql`insert or ignore into deposit_term (depositId, termId) values (${row.id}, ${termId})`.execute(
        db,
      );
    const sent = original.parse(JSON.parse(row.original));
    const lists = z.object({ themes: labels, dimensions: labels }).parse(sent);
    const sentTerms = await idsOf({ ...sent, ...lists });
    const words = {
      ...sent,
      kind: KIND_WORDS[sent.kind] ?? sent.kind,
      stakeholderKind: STAKEHOLDER_WORDS[sent.stakeholderKind] ?? sent.stakeholderKind,
    };
    // A region that the process does not have stays as it was written.
    const region = terms.named('regions', row.region).length > 0 ? '' : row.region;
    await sql`update deposit set region = ${region}, sentTerms = ${JSON.stringify(sentTerms)},
      original = ${JSON.stringify(words)} where id = ${row.id}`.execute(db);
  }
}
