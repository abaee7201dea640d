/** The kinds of block a draft is made of, outermost first. */
export const BLOCK_KINDS = ['title', 'section', 'objective', 'paragraph', 'item', 'subitem'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** What a reader of the draft sees of one block. */
export interface Block {
  id: string;
  kind: BlockKind;
  /** Plain text, line breaks as "\n". */
  text: string;
}

const DEPTH: Record<BlockKind, number> = {
  title: 0,
  section: 1,
  objective: 2,
  paragraph: 3,
  item: 4,
  subitem: 5,
};

/** How deep a kind nests: a block owns the deeper blocks that follow it. */
export function depthOf(kind: BlockKind): number {
  return DEPTH[kind];
}

export function isBlockKind(value: unknown): value is BlockKind {
  return BLOCK_KINDS.some((kind) => kind === value);
}

/** Whether a block of this kind is a clause: numbered, citable, linkable. */
export function isClauseKind(kind: BlockKind): boolean {
  return kind !== 'title' && kind !== 'section';
}

/** The kind one step in (Tab) or out (Shift-Tab); null where there is none. */
export function indentedKind(kind: BlockKind): BlockKind | null {
  return kind === 'paragraph' ? 'item' : kind === 'item' ? 'subitem' : null;
}

export function outdentedKind(kind: BlockKind): BlockKind | null {
  return kind === 'subitem' ? 'item' : kind === 'item' ? 'paragraph' : null;
}

/** The kind of the block that Enter opens after a block of this kind. */
export function followingKind(kind: BlockKind): BlockKind {
  return kind === 'item' || kind === 'subitem' ? kind : 'paragraph';
}

/**
 * The index after the last block that moves along with `index`: itself and the deeper blocks below it.
 * A title owns nothing, so that moving or deleting it never takes the draft along.
 */
export function endOfGroup(kinds: readonly BlockKind[], index: number): number {
  const own = kinds[index];
  if (own === undefined || own === 'title') return index + 1;
  let end = index + 1;
  while (end < kinds.length && depthOf(kinds[end] ?? 'title') > depthOf(own)) end += 1;
  return end;
}
