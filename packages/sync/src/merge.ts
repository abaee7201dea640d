import * as Y from 'yjs';
import { dropPending } from './pending.ts';

/** Updates merged at once; Y.mergeUpdates takes time with the square of their number. */
const FAN_IN = 16;

/** Makes one update of several, in order, as Y.mergeUpdates does, in time that grows with their size alone. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let level = [...updates];
  while (level.length > FAN_IN) {
    const next: Uint8Array[] = [];
    for (let start = 0; start < level.length; start += FAN_IN)
      next.push(Y.mergeUpdates(level.slice(start, start + FAN_IN)));
    level = next;
  }
  return level.length === 1 && level[0] ? level[0] : Y.mergeUpdates(level);
}

/** Merges updates through a document, so that deleted text is let go of; what still waits for missing parts is kept. */
export function mergeThroughDocument(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, mergeUpdates(updates));
  const merged = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return merged;
}

/** What can be shown of an update: all but what builds on something missing. */
export function shownPart(update: Uint8Array): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  dropPending(doc);
  const shown = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return shown;
}

/** Merging that a server moves off its event loop. */
export interface Merger {
  /** One update of several, as `mergeThroughDocument` makes it. */
  whole(updates: readonly Uint8Array[]): Promise<Uint8Array>;
  /** One update of each group, as `mergeUpdates` makes it. */
  groups(groups: readonly (readonly Uint8Array[])[]): Promise<Uint8Array[]>;
}

/** Merges where it is called. */
export const inlineMerger: Merger = {
  whole: async (updates) => mergeThroughDocument(updates),
  groups: async (groups) => groups.map(mergeUpdates),
};
