import * as Y from 'yjs';
import { type Block, type BlockKind, isBlockKind } from './blocks.ts';
import { newClauseId } from './clause-id.ts';
import { contentOf } from './shared-types.ts';

/** The text of one block, line breaks as "\n", without formatting. */
function textOf(element: Y.XmlElement): string {
  let text = '';
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlText) {
      for (const part of child.toDelta()) if (typeof part.insert === 'string') text += part.insert;
    } else if (child instanceof Y.XmlElement && child.nodeName === 'hardBreak') text += '\n';
  }
  return text;
}

function kindOf(element: Y.XmlElement): BlockKind {
  const kind: unknown = element.getAttribute('kind');
  return isBlockKind(kind) ? kind : 'paragraph';
}

function elementsOf(doc: Y.Doc): Y.XmlElement[] {
  return contentOf(doc)
    .toArray()
    .filter((child): child is Y.XmlElement => child instanceof Y.XmlElement);
}

/** Reads the blocks of a draft in order, straight from its shared types. */
export function readBlocks(doc: Y.Doc): Block[] {
  return elementsOf(doc).map((element) => ({
    id: element.getAttribute('id') ?? '',
    kind: kindOf(element),
    text: textOf(element),
  }));
}

/** The ids of all blocks that stand in the draft. */
export function blockIds(doc: Y.Doc): Set<string> {
  return new Set(elementsOf(doc).map((element) => element.getAttribute('id') ?? ''));
}

/** The text of one clause as it reads now; null when it does not stand in the draft. */
export function clauseText(doc: Y.Doc, clauseId: string): string | null {
  const element = elementsOf(doc).find((candidate) => candidate.getAttribute('id') === clauseId);
  return element ? textOf(element) : null;
}

/**
 * Fills an empty draft. Only for the first update of a new generation: a draft that people edit is never rebuilt.
 * @param blocks ids may be left out
 * @returns the ids, in order
 * @throws when the draft has content
 */
export function seedDraft(
  doc: Y.Doc,
  blocks: readonly { id?: string; kind: BlockKind; text: string }[],
): string[] {
  const content = contentOf(doc);
  if (content.length > 0) throw new Error('This draft has content already; it cannot be seeded again.');
  const ids = blocks.map((block) => block.id ?? newClauseId());
  doc.transact(() => {
    content.insert(
      0,
      blocks.map((block, index) => {
        const element = new Y.XmlElement('block');
        element.setAttribute('id', ids[index] ?? newClauseId());
        element.setAttribute('kind', block.kind);
        if (block.text !== '') element.insert(0, [new Y.XmlText(block.text)]);
        return element;
      }),
    );
  });
  return ids;
}

/**
 * Copies the blocks of a draft with their formatting into an empty one, each under an id of its own.
 * @returns the new ids by the old
 * @throws when the target has content
 */
export function copyBlocks(source: Y.Doc, target: Y.Doc): Map<string, string> {
  const content = contentOf(target);
  if (content.length > 0) throw new Error('This draft has content already; nothing can be copied into it.');
  const ids = new Map<string, string>();
  const copies = elementsOf(source).map((element) => {
    const copy = element.clone();
    const id = newClauseId();
    ids.set(element.getAttribute('id') ?? '', id);
    copy.setAttribute('id', id);
    return copy;
  });
  target.transact(() => content.insert(0, copies));
  return ids;
}

/** What a repair did: blocks that got a new id because another block had theirs. */
export interface Repair {
  renamed: { from: string; to: string }[];
}

/**
 * Restores what concurrent edits can break: every block has an id of its own (the first in the text keeps a
 * doubled one), the first block is the title and no other is.
 *
 * Only the server runs this, after each merge, so that all replicas receive one and the same repair.
 */
export function repairDraft(doc: Y.Doc, origin: unknown): Repair {
  const repair: Repair = { renamed: [] };
  const elements = elementsOf(doc);
  const seen = new Set<string>();
  const changes: (() => void)[] = [];
  elements.forEach((element, index) => {
    const id = element.getAttribute('id') ?? '';
    if (id === '' || seen.has(id)) {
      const fresh = newClauseId();
      if (id !== '') repair.renamed.push({ from: id, to: fresh });
      changes.push(() => element.setAttribute('id', fresh));
    }
    seen.add(id);
    const kind = kindOf(element);
    if (index === 0 && kind !== 'title') changes.push(() => element.setAttribute('kind', 'title'));
    if (index > 0 && kind === 'title') changes.push(() => element.setAttribute('kind', 'paragraph'));
  });
  if (changes.length > 0) {
    doc.transact(() => {
      for (const change of changes) change();
    }, origin);
  }
  return repair;
}

/** Whether a transaction can have broken what `repairDraft` restores: blocks came, went or changed id or kind. */
export function mayNeedRepair(doc: Y.Doc, transaction: Y.Transaction): boolean {
  const content = contentOf(doc);
  for (const [type, keys] of transaction.changed) {
    if (type instanceof Y.XmlElement) {
      if (type.parent === content && (keys.has('id') || keys.has('kind'))) return true;
    } else if (type instanceof Y.XmlFragment && type === content) return true;
  }
  return false;
}
