import type { Block, BlockNumber } from '@zerodraft/schema';

/** Which clauses and headings stand in which order, with their numbers: what typing within a clause leaves as it is. */
export interface ClauseOrder {
  /** Without texts, in order. */
  ids: readonly string[];
  kinds: readonly Block['kind'][];
  index: ReadonlyMap<string, number>;
  numbers: ReadonlyMap<string, BlockNumber>;
  /** Of each clause the heading it stands under; empty before the first. A heading stands under itself. */
  sectionOf: ReadonlyMap<string, string>;
}

const HEADINGS: ReadonlySet<Block['kind']> = new Set(['title', 'section', 'objective']);

export function isHeading(kind: Block['kind'] | undefined): boolean {
  return kind !== undefined && HEADINGS.has(kind);
}

/** The order of a draft's blocks; the one known before while it is the same, so that screens need not draw anew. */
export function clauseOrder(
  blocks: readonly Block[],
  numbers: ReadonlyMap<string, BlockNumber>,
  known: ClauseOrder | null,
): ClauseOrder {
  const same =
    known !== null &&
    known.ids.length === blocks.length &&
    blocks.every(({ id, kind }, at) => known.ids[at] === id && known.kinds[at] === kind);
  if (same) return known;
  const sectionOf = new Map<string, string>();
  let section = '';
  for (const { id, kind } of blocks) {
    if (isHeading(kind)) section = id;
    sectionOf.set(id, section);
  }
  return {
    ids: blocks.map(({ id }) => id),
    kinds: blocks.map(({ kind }) => kind),
    index: new Map(blocks.map(({ id }, at) => [id, at])),
    numbers,
    sectionOf,
  };
}
