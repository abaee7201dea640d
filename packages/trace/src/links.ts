import { type Block, isClauseKind, type Lineage, linksOf } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { z } from 'zod';

/** How a clause relates to a recommendation. */
export const RELATIONS = ['verbatim', 'adapted', 'merged', 'inspired', 'contrary'] as const;
export type Relation = (typeof RELATIONS)[number];

/** The value stored per link; authorship is in the server's log, never in what a client writes. */
export const linkRecord = z.strictObject({ relation: z.enum(RELATIONS) });
export type LinkRecord = z.infer<typeof linkRecord>;

/** One link as everything reads it. */
export interface Link {
  clauseId: string;
  recommendationId: string;
  relation: Relation;
}

/** The origin of local changes to links; the editor's undo tracks it beside its own. */
export const LINK_ORIGIN = { name: 'zerodraft links' } as const;

const SEPARATOR = '/';

/**
 * Links are an observed-remove set in a Y.Map: key `clause/recommendation/tag`, a fresh tag per addition. Two people
 * who link the same pair at once write two keys, so that the undo of one leaves the other's; a
 * removal deletes the tags it has seen, so that a concurrent addition wins.
 */
function newKey(clauseId: string, recommendationId: string): string {
  const tag = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return [clauseId, recommendationId, tag.join('')].join(SEPARATOR);
}

interface Entry extends Link {
  key: string;
}

function parseEntry(key: string, value: unknown): Entry | null {
  const [clauseId, recommendationId, tag, more] = key.split(SEPARATOR);
  if (!clauseId || !recommendationId || !tag || more !== undefined) return null;
  const record = linkRecord.safeParse(value);
  return record.success ? { key, clauseId, recommendationId, relation: record.data.relation } : null;
}

/** Whether a record may stand in the set of links; the server refuses any other. */
export function isLinkRecord(key: string, value: unknown): boolean {
  return key.length <= 256 && parseEntry(key, value) !== null;
}

function entriesOf(doc: Y.Doc): Entry[] {
  const entries: Entry[] = [];
  linksOf(doc).forEach((value, key) => {
    const entry = parseEntry(key, value);
    if (entry) entries.push(entry);
  });
  return entries;
}

/**
 * The definition of "linked": a record in the set whose clause stands in the draft. The links of a deleted
 * clause stay in the set unseen, so that they return with it by undo.
 *
 * @returns each pair once, grouped by the clauses' order in the draft, then by recommendation id
 */
export function readLinks(doc: Y.Doc, blocks: readonly Block[]): Link[] {
  const byClause = new Map<string, Map<string, Link>>();
  for (const { clauseId, recommendationId, relation } of entriesOf(doc)) {
    const links = byClause.get(clauseId) ?? new Map<string, Link>();
    byClause.set(clauseId, links);
    if (!links.has(recommendationId)) links.set(recommendationId, { clauseId, recommendationId, relation });
  }
  return blocks
    .filter((block) => isClauseKind(block.kind))
    .flatMap((block) =>
      [...(byClause.get(block.id)?.values() ?? [])].sort((a, b) =>
        a.recommendationId < b.recommendationId ? -1 : 1,
      ),
    );
}

/**
 * Links as they count once recommendations were merged: what was linked to a merged one is linked to the one it became
 * part of. Each pair once; where both are linked to a clause, the survivor's own relation stands.
 */
export function followMerges(
  links: readonly Link[],
  recommendations: readonly { id: string; mergedIds: readonly string[] }[],
): Link[] {
  const survivors = new Map(
    recommendations.flatMap(({ id, mergedIds }) => mergedIds.map((merged) => [merged, id] as const)),
  );
  if (survivors.size === 0) return [...links];
  const own = new Set(links.map(({ clauseId, recommendationId }) => `${clauseId}/${recommendationId}`));
  return links.flatMap((link) => {
    const survivor = survivors.get(link.recommendationId);
    if (survivor === undefined) return [link];
    const pair = `${link.clauseId}/${survivor}`;
    if (own.has(pair)) return [];
    own.add(pair);
    return [{ ...link, recommendationId: survivor }];
  });
}

/** Every addition of one pair that this replica has seen. */
function additionsOf(doc: Y.Doc, pair: Omit<Link, 'relation'>): Entry[] {
  return entriesOf(doc).filter(
    (entry) => entry.clauseId === pair.clauseId && entry.recommendationId === pair.recommendationId,
  );
}

/** Links a clause to a recommendation; nothing when the pair is linked already. */
export function addLink(doc: Y.Doc, link: Link): void {
  if (additionsOf(doc, link).length > 0) return;
  doc.transact(() => {
    linksOf(doc).set(newKey(link.clauseId, link.recommendationId), { relation: link.relation });
  }, LINK_ORIGIN);
}

/** Removes every addition of the pair that this replica has seen. */
export function removeLink(doc: Y.Doc, pair: Omit<Link, 'relation'>): void {
  const keys = additionsOf(doc, pair);
  if (keys.length === 0) return;
  doc.transact(() => {
    for (const { key } of keys) linksOf(doc).delete(key);
  }, LINK_ORIGIN);
}

/** Says how a clause relates to a recommendation it is linked to; nothing when it is not linked. */
export function setRelation(doc: Y.Doc, link: Link): void {
  const keys = additionsOf(doc, link);
  if (keys.length === 0) return;
  doc.transact(() => {
    for (const { key } of keys) linksOf(doc).set(key, { relation: link.relation });
  }, LINK_ORIGIN);
}

/** Gives `to` every link of `from`, in the same undo step as the edit that made it so. */
export function copyLinks(
  doc: Y.Doc,
  copies: readonly { from: string; to: string }[],
  origin: unknown,
): void {
  if (copies.length === 0) return;
  doc.transact(() => {
    for (const { from, to } of copies) {
      const entries = entriesOf(doc);
      const present = new Set(entries.filter((e) => e.clauseId === to).map((e) => e.recommendationId));
      for (const { clauseId, recommendationId, relation } of entries) {
        if (clauseId !== from || present.has(recommendationId)) continue;
        present.add(recommendationId);
        linksOf(doc).set(newKey(to, recommendationId), { relation });
      }
    }
  }, origin);
}

/** Carries links through an edit: both halves of a split have them, a join unites them. */
export function followLineage(doc: Y.Doc, lineage: Lineage): void {
  const copies = [...lineage.splits, ...lineage.joins.map(({ from, into }) => ({ from, to: into }))];
  copyLinks(doc, copies, LINK_ORIGIN);
}
