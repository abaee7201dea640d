import { createHash } from 'node:crypto';
import type { TermIds } from '@zerodraft/contract';
import { TAXONOMIES, type TaxonomyName } from '@zerodraft/trace';
import type { Selectable } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';

export type TermRow = Selectable<Tables['term']>;

const fold = (label: string): string => label.normalize('NFC').toLowerCase();

/** No terms of any taxonomy. */
export function noTerms(): Record<TaxonomyName, string[]> {
  return { themes: [], dimensions: [], kinds: [], stakeholderKinds: [], regions: [] };
}

/** All terms of a process, as read once: what ids and labels stand for. */
export class Terms {
  readonly #byId: Map<string, TermRow>;
  readonly #byLabel = new Map<string, TermRow[]>();

  /** @param rows in the order of each taxonomy */
  constructor(readonly rows: readonly TermRow[]) {
    this.#byId = new Map(rows.map((row) => [row.id, row]));
    for (const row of rows) {
      const name = `${row.taxonomy} ${fold(row.label)}`;
      this.#byLabel.set(name, [...(this.#byLabel.get(name) ?? []), row]);
    }
  }

  static async read(db: Database, processId: string): Promise<Terms> {
    return new Terms(
      await db
        .selectFrom('term')
        .selectAll()
        .where('processId', '=', processId)
        .orderBy('position')
        .orderBy('id')
        .execute(),
    );
  }

  /** The term that an id stands for, merges followed; undefined when the process has none. */
  find(id: string): TermRow | undefined {
    let row = this.#byId.get(id);
    while (row?.mergedIntoId) row = this.#byId.get(row.mergedIntoId);
    return row;
  }

  /** The term of this label, or of what it was merged into; whatever the case of its letters. */
  named(taxonomy: TaxonomyName, label: string): TermRow | undefined {
    const same = this.#byLabel.get(`${taxonomy} ${fold(label)}`) ?? [];
    const found =
      same.find((row) => row.mergedIntoId === null && row.label === label) ??
      same.find((row) => row.mergedIntoId === null) ??
      same[0];
    return found && this.find(found.id);
  }

  /** The term that a process began with under this name. */
  keyed(taxonomy: TaxonomyName, key: string): TermRow | undefined {
    const found = this.rows.find((row) => row.taxonomy === taxonomy && row.key === key);
    return found && this.find(found.id);
  }

  /** Labels of what stands for itself, in order. */
  labels(taxonomy: TaxonomyName, { retired }: { retired: boolean }): string[] {
    return this.rows
      .filter((row) => row.taxonomy === taxonomy && row.mergedIntoId === null)
      .filter((row) => retired || row.retiredAt === null)
      .map(({ label }) => label);
  }

  /** Ids by taxonomy, in order, merges followed, each once; those that the process does not have are left out. */
  sort(ids: Iterable<string>): Record<TaxonomyName, string[]> {
    const wanted = new Set<string>();
    for (const id of ids) {
      const row = this.find(id);
      if (row) wanted.add(row.id);
    }
    const sorted = noTerms();
    if (wanted.size === 0) return sorted;
    for (const { id, taxonomy } of this.#inOrder(wanted)) sorted[taxonomy].push(id);
    return sorted;
  }

  #inOrder(ids: ReadonlySet<string>): TermRow[] {
    const rows = [...ids].flatMap((id) => this.#byId.get(id) ?? []);
    return rows.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  }

  /** A short text that differs once a term is called otherwise, merged, retired or brought back. */
  print(): string {
    const all = this.rows.map(({ id, label, retiredAt, mergedIntoId }) => [
      id,
      label,
      retiredAt,
      mergedIntoId,
    ]);
    return createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, 16);
  }

  /** The labels of ids. */
  labelsOf(ids: readonly string[]): string[] {
    return ids.flatMap((id) => this.find(id)?.label ?? []);
  }
}

/** All ids of a recommendation's terms. */
export function allOf(terms: TermIds): string[] {
  return TAXONOMIES.flatMap((taxonomy) => terms[taxonomy] ?? []);
}
