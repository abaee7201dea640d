import { anchor as anchorShape, type Thread, type ThreadPlace } from '@zerodraft/contract';
import { type AnchorEnds, anchorReader, currentAnchors, numberBlocks, readBlocks } from '@zerodraft/schema';
import type { DraftLog } from '@zerodraft/sync';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import type { Tables } from '../db/schema.ts';
import { readDocument } from '../drafts/new-text.ts';
import type { Places, PlacesRequest } from '../workers/messages.ts';

/** What tells where a thread hangs. */
export type Placed = Pick<Thread, 'id' | 'kind' | 'clauseId' | 'sectionId' | 'anchor'>;

export type PlacedRow = Pick<
  Selectable<Tables['thread']>,
  'id' | 'kind' | 'clauseId' | 'sectionId' | 'anchor'
>;

/** A row's own, as everybody else names it. */
export function placedOf({ id, kind, clauseId, sectionId, anchor }: PlacedRow): Placed {
  return {
    id,
    kind,
    clauseId: clauseId === '' ? null : clauseId,
    sectionId,
    anchor: anchor === '' ? null : anchorShape.parse(JSON.parse(anchor)),
  };
}

/** Finds where threads stand in a document now: the clause, its number, its section; and what clauses are cited by. */
export function placer(doc: Y.Doc, threads: readonly Placed[]) {
  const blocks = readBlocks(doc);
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  const indexOf = new Map(blocks.map(({ id }, index) => [id, index]));
  const read = anchorReader(doc);
  const firsts = new Map<string, AnchorEnds>();
  for (const { id, anchor } of threads) if (anchor) firsts.set(id, anchor);
  const current = currentAnchors(doc, firsts);
  const sectionAbove = (index: number): string => {
    for (let at = index; at >= 0; at -= 1) {
      const block = blocks[at];
      if (block?.kind === 'section') return block.text;
    }
    return '';
  };
  const citationOf = (clauseId: string): string | null => {
    const index = indexOf.get(clauseId);
    return index === undefined ? null : numbers[index]?.citation || (blocks[index]?.text ?? null);
  };
  /** With the index of the block it stands in: before the first for a thread on the draft, after the last when nothing is left. */
  const placeOf = (thread: Placed): ThreadPlace & { index: number } => {
    const anchor = current.get(thread.id);
    const range = anchor ? read(anchor) : null;
    const moved =
      anchor && 'clauseId' in anchor && typeof anchor.clauseId === 'string' ? anchor.clauseId : null;
    const homes = [range?.start.clauseId, moved, thread.clauseId, thread.sectionId];
    const index = homes.map((id) => (id ? indexOf.get(id) : undefined)).find((at) => at !== undefined);
    const gone = thread.kind === 'range' ? range === null : thread.kind !== 'draft' && index === undefined;
    if (index === undefined)
      return { index: thread.kind === 'draft' ? -1 : blocks.length, number: '', section: '', gone };
    return { index, number: numbers[index]?.citation ?? '', section: sectionAbove(index), gone };
  };
  return { placeOf, citationOf };
}

async function placesIn(
  log: Pick<DraftLog, 'read'>,
  { draftId, threads, clauseIds }: PlacesRequest,
): Promise<Places> {
  const { placeOf, citationOf } = placer(await readDocument(log, draftId), threads);
  const clauses = clauseIds.flatMap((id): [string, string][] => {
    const citation = citationOf(id);
    return citation === null ? [] : [[id, citation]];
  });
  const places = threads.map((thread) => {
    const { number, section, gone } = placeOf(thread);
    return [thread.id, { number, section, gone }] as const;
  });
  return { draftId, threads: new Map(places), clauses: new Map(clauses) };
}

/** Where threads and clauses of drafts stand now; one document is held at a time. */
export async function readPlaces(
  log: Pick<DraftLog, 'read'>,
  drafts: readonly PlacesRequest[],
): Promise<Places[]> {
  const found: Places[] = [];
  for (const draft of drafts) found.push(await placesIn(log, draft));
  return found;
}
