import * as Y from 'yjs';

/** A stored update and what people know it by. */
export interface StoredRecord {
  name: string;
  update: Uint8Array;
}

function decodes({ update }: StoredRecord): boolean {
  try {
    Y.decodeUpdate(update);
    return true;
  } catch {
    return false;
  }
}

/** One update of all records; null when no document can be made of it. */
function merge(records: readonly StoredRecord[]): Uint8Array | null {
  const doc = new Y.Doc();
  try {
    const merged = Y.mergeUpdates(records.map(({ update }) => update));
    Y.applyUpdate(doc, merged);
    return merged;
  } catch {
    return null;
  } finally {
    doc.destroy();
  }
}

/**
 * Makes one update of stored records and leaves out those that are damaged. They are tried together on a document of
 * their own: some damage can be decoded and breaks the document it is applied to.
 */
export function mergeRecords<Entry extends StoredRecord>(
  records: readonly Entry[],
): { merged: Uint8Array | null; damaged: Entry[] } {
  if (records.length === 0) return { merged: null, damaged: [] };
  const all = merge(records);
  if (all) return { merged: all, damaged: [] };
  const damaged = records.filter((record) => !decodes(record));
  const sound = records.filter((record) => !damaged.includes(record));
  while (sound.length > 0) {
    const merged = merge(sound);
    if (merged) return { merged, damaged };
    // The shortest beginning that cannot be applied ends with a damaged record.
    let [low, high] = [0, sound.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (merge(sound.slice(0, middle + 1))) low = middle + 1;
      else high = middle;
    }
    damaged.push(...sound.splice(low, 1));
  }
  return { merged: null, damaged };
}
