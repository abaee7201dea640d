import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Mapping } from '@tiptap/pm/transform';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { blockIndexAt, type PlacedBlock, placedBlocks } from './block-nodes.ts';
import { newClauseId } from './clause-id.ts';
import { groupBy } from './group-by.ts';

/** What an edit did to clauses, for everything that hangs on them (links, anchors). */
export interface Lineage {
  /** A clause was divided: text of `from` now also stands in `to`. */
  splits: { from: string; to: string }[];
  /** A clause ended: its text now stands in `into`. */
  joins: { from: string; into: string }[];
}

const identityKey = new PluginKey('clauseIdentity');

/** Whether a transaction brings shared state in (a remote edit, an undo) instead of being typed here. */
export function isFromSharedState(transaction: Transaction): boolean {
  const meta: unknown = transaction.getMeta(ySyncPluginKey);
  return (
    typeof meta === 'object' && meta !== null && 'isChangeOrigin' in meta && meta.isChangeOrigin === true
  );
}

/** Whether every block has an id of its own and the title stands first and alone. */
function isSound(blocks: readonly PlacedBlock[]): boolean {
  const seen = new Set<string>();
  for (const block of blocks) {
    if (block.id === null || seen.has(block.id)) return false;
    if ((block.kind === 'title') !== (block.index === 0)) return false;
    seen.add(block.id);
  }
  return true;
}

interface Trail {
  before: PlacedBlock;
  /** Where the content begins and ends now; the outermost places it can be said to reach. */
  outer: { start: number; end: number };
  /** The same, but without text inserted at its edges; empty when all of it was deleted. */
  inner: { start: number; end: number };
}

/**
 * Gives every block an id and says what became of the old ones.
 *
 * The block in which an old clause's first character's place now lies keeps the id; every other block with
 * the same id (second half of a split, pasted copy) and every block without one gets a new id. When
 * all text of the keeper was deleted and another whole clause was drawn into it, that clause's identity stays.
 *
 * @param before the document before the edit
 * @param after the document after it, as `tr.doc`
 * @param mapping the edit's position map, `before` to `after`
 * @param tr receives the attribute changes
 */
export function settleIdentity(before: Node, mapping: Mapping, tr: Transaction): Lineage {
  const after = tr.doc;
  const oldBlocks = placedBlocks(before);
  const newBlocks = placedBlocks(after);
  const oldIds = new Set(oldBlocks.map((block) => block.id));
  const holdersOf = groupBy(newBlocks, (block) => block.id);
  const present = new Set(holdersOf.keys());
  const trails: Trail[] = oldBlocks.map((block) => ({
    before: block,
    outer: { start: mapping.map(block.start, -1), end: mapping.map(block.end, 1) },
    inner: { start: mapping.map(block.start, 1), end: mapping.map(block.end, -1) },
  }));
  const ids = newBlocks.map((block) => block.id);
  const kinds = newBlocks.map((block) => block.kind);

  // 1. One keeper for each old id.
  for (const trail of trails) {
    const id = trail.before.id;
    if (id === null) continue;
    const holders = holdersOf.get(id) ?? [];
    if (holders.length < 2) continue;
    const home = blockIndexAt(after, trail.outer.start);
    const keeper = holders.find((block) => block.index === home) ?? holders[0];
    for (const holder of holders) if (holder !== keeper) ids[holder.index] = null;
  }

  // 2. A clause drawn into a block whose own text is all gone takes the block over.
  for (const trail of trails) {
    const id = trail.before.id;
    if (id === null || present.has(id) || trail.inner.end <= trail.inner.start) continue;
    const index = blockIndexAt(after, trail.inner.start);
    const host = trails.find((other) => other.before.id !== null && other.before.id === ids[index]);
    if (host === undefined || host.before.node.content.size === 0) continue;
    if (host.before.kind === 'title' || host.inner.end > host.inner.start) continue;
    if (trail.inner.end - trail.inner.start !== trail.before.node.content.size) continue;
    ids[index] = id;
    kinds[index] = trail.before.kind;
    present.add(id);
  }

  // 3. New ids for all the rest, duplicates among pasted blocks included; the first block is the title.
  const taken = new Set<string>();
  ids.forEach((id, index) => {
    if (id === null || taken.has(id)) ids[index] = newClauseId();
    taken.add(ids[index] ?? '');
    if (index === 0) kinds[0] = 'title';
    else if (kinds[index] === 'title') kinds[index] = 'paragraph';
  });
  for (const block of newBlocks) {
    const id = ids[block.index];
    const kind = kinds[block.index];
    if (id !== block.id) tr.setNodeAttribute(block.pos, 'id', id);
    if (kind !== block.kind) tr.setNodeAttribute(block.pos, 'kind', kind);
  }

  return lineageOf(after, trails, ids, oldIds);
}

function lineageOf(
  after: Node,
  trails: readonly Trail[],
  ids: readonly (string | null)[],
  oldIds: ReadonlySet<string | null>,
): Lineage {
  const lineage: Lineage = { splits: [], joins: [] };
  const now = new Set(ids);
  const blocks = placedBlocks(after);
  for (const { before, outer, inner } of trails) {
    if (before.id === null || inner.end <= inner.start) continue;
    const startIndex = blockIndexAt(after, inner.start);
    const endIndex = blockIndexAt(after, outer.end);
    const startId = ids[startIndex];
    const endId = ids[endIndex];
    if (!now.has(before.id)) {
      if (startId) lineage.joins.push({ from: before.id, into: startId });
    } else if (endId && startIndex !== endIndex && startId === before.id && !oldIds.has(endId)) {
      const tail = blocks[endIndex];
      // Enter at the end of a clause opens an empty one: nothing of the clause went there.
      if (tail && inner.end > tail.start) lineage.splits.push({ from: before.id, to: endId });
    }
  }
  return lineage;
}

/** The lineage that an identity transaction carries, or null. */
export function lineageOfTransaction(transaction: Transaction): Lineage | null {
  const lineage: Lineage | undefined = transaction.getMeta(identityKey);
  return lineage ?? null;
}

/**
 * The plugin that keeps clause identity while a person edits. Remote edits and undo are left alone: they
 * carry ids already, and the server repairs what concurrent edits leave (see `repairDraft`).
 * What it appends carries the edit's lineage, see `lineageOfTransaction`.
 */
export function identityPlugin(): Plugin {
  return new Plugin({
    key: identityKey,
    appendTransaction(transactions, before: EditorState, after: EditorState) {
      if (!transactions.some((tr) => tr.docChanged) || transactions.some(isFromSharedState)) return null;
      const blocks = placedBlocks(after.doc);
      const sameBlocks =
        before.doc.childCount === blocks.length &&
        blocks.every((block) => before.doc.child(block.index).attrs.id === block.id);
      if (sameBlocks && isSound(blocks)) return null;
      const mapping = new Mapping();
      for (const transaction of transactions) mapping.appendMapping(transaction.mapping);
      const tr = after.tr;
      const lineage = settleIdentity(before.doc, mapping, tr);
      return tr.setMeta(identityKey, lineage);
    },
  });
}
