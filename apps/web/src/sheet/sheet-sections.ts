import type { Block, BlockNumber } from '@zerodraft/schema';
import type { ClauseOrder } from '../session/clause-order.ts';

/** In place of a section: what stands before the first, and what hangs on the draft as a whole. */
export const WHOLE_DRAFT = 'draft';

/** A section or an objective that a sheet can be made of. */
export interface SheetSection {
  id: string;
  kind: 'draft' | 'section' | 'objective';
  name: string;
}

/** The first sheet of a draft. */
export function firstSection({ ids, kinds }: ClauseOrder): string {
  return ids[kinds.indexOf('section')] ?? WHOLE_DRAFT;
}

/** All sheets of a draft, in the order of the text. */
export function sectionsOf(
  blocks: readonly Block[],
  numbers: ReadonlyMap<string, BlockNumber>,
): SheetSection[] {
  const sections = blocks.flatMap(({ id, kind, text }): SheetSection[] => {
    if (kind === 'section') return [{ id, kind, name: text || 'Section without a title' }];
    return kind === 'objective' ? [{ id, kind, name: `${numbers.get(id)?.label}. ${text}` }] : [];
  });
  return [{ id: WHOLE_DRAFT, kind: 'draft', name: 'The draft as a whole' }, ...sections];
}

/**
 * The ids of a section's heading and of the blocks below it: of a section with its objectives, of an objective up to
 * the next. Null when it is not in the draft.
 */
export function blocksOf({ ids, kinds, index }: ClauseOrder, sectionId: string): string[] | null {
  const start = sectionId === WHOLE_DRAFT ? 0 : index.get(sectionId);
  if (start === undefined) return null;
  const own = sectionId === WHOLE_DRAFT ? 'objective' : kinds[start];
  let end = sectionId === WHOLE_DRAFT ? 0 : start + 1;
  while (end < ids.length && kinds[end] !== 'section' && (own !== 'objective' || kinds[end] !== 'objective'))
    end += 1;
  return ids.slice(start, end);
}
