import { type Lineage, lineageRecordsOf } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { z } from 'zod';

/**
 * What splits and joins made of clauses, kept in the draft, so that a link finds the text it is about, also when
 * somebody made it meanwhile elsewhere. Key `from/to/tag`: text of `from` came to stand in `to`.
 */
const record = z.strictObject({
  kind: z.enum(['split', 'join']),
  /** Tags of the ways that led on from `to` when text came to it by a join: that text did not go these. */
  past: z.array(z.string().max(16)).max(500).optional(),
});

/** Text of one clause came to stand in another. */
export interface Way {
  tag: string;
  to: string;
  past: readonly string[];
}

function parse(key: string, value: unknown): (Way & { from: string }) | null {
  const [from, to, tag, more] = key.split('/');
  const read = record.safeParse(value);
  if (!from || !to || !tag || more !== undefined || !read.success) return null;
  return { from, to, tag, past: read.data.past ?? [] };
}

/** Whether a record may stand among the lineages; the server refuses any other. */
export function isLineageRecord(key: string, value: unknown): boolean {
  return key.length <= 160 && parse(key, value) !== null;
}

/** The ways that lead on from each clause. */
export function readWays(doc: Y.Doc): Map<string, Way[]> {
  const ways = new Map<string, Way[]>();
  const records = lineageRecordsOf(doc);
  if (records.size === 0) return ways;
  records.forEach((value, key) => {
    const read = parse(key, value);
    if (read === null) return;
    const known = ways.get(read.from) ?? [];
    known.push(read);
    ways.set(read.from, known);
  });
  return ways;
}

/** Four random bytes as hexadecimal digits. */
export function newTag(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Writes down what an edit did to clauses; to be called in the transaction that its undo takes back. */
export function keepLineage(doc: Y.Doc, { splits, joins }: Lineage): void {
  const records = lineageRecordsOf(doc);
  for (const { from, to } of splits) records.set(`${from}/${to}/${newTag()}`, { kind: 'split' });
  for (const { from, into } of joins) {
    const past = (readWays(doc).get(into) ?? []).map(({ tag }) => tag);
    records.set(`${from}/${into}/${newTag()}`, { kind: 'join', ...(past.length > 0 ? { past } : {}) });
  }
}

/**
 * The clauses that text of one came to stand in.
 * @param apart tags of ways from the clause itself that are not gone
 */
export function reachedFrom(
  ways: ReadonlyMap<string, readonly Way[]>,
  clauseId: string,
  apart: readonly string[],
): string[] {
  const reached = new Set<string>();
  const gone = new Set<string>();
  const visit = (from: string, closed: readonly string[]): void => {
    for (const { tag, to, past } of ways.get(from) ?? []) {
      if (closed.includes(tag) || gone.has(tag)) continue;
      gone.add(tag);
      if (to !== clauseId) reached.add(to);
      visit(to, past);
    }
  };
  visit(clauseId, apart);
  return [...reached];
}
