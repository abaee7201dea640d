import type { Block } from '@zerodraft/schema';

/** Where a clause stands. */
export interface ClausePlace {
  /** The heading it stands under, by id; an objective is one itself. */
  sectionId: string;
  heading: string;
  /** What it completes: of an item the paragraph before it, of a sub-item its item as well. */
  leads: string[];
}

/** Where each clause of a draft stands, in order. */
export function outlineOf(blocks: readonly Block[]): Map<string, ClausePlace> {
  const places = new Map<string, ClausePlace>();
  let section: Block | null = null;
  let heading: Block | null = null;
  let paragraph = '';
  let item = '';
  for (const block of blocks) {
    const { id, kind, text } = block;
    if (kind === 'title') continue;
    if (kind === 'section') {
      section = heading = block;
      paragraph = item = '';
      continue;
    }
    if (kind === 'objective') {
      heading = block;
      paragraph = item = '';
      places.set(id, { sectionId: id, heading: section?.text ?? '', leads: [] });
      continue;
    }
    if (kind === 'paragraph') [paragraph, item] = [text, ''];
    const leads = kind === 'paragraph' ? [] : kind === 'item' ? [paragraph] : [item, paragraph];
    if (kind === 'item') item = text;
    places.set(id, {
      sectionId: heading?.id ?? '',
      heading: heading?.text ?? '',
      leads: leads.filter((lead) => lead !== ''),
    });
  }
  return places;
}
