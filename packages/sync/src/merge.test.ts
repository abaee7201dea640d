import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { mergeThroughDocument, mergeUpdates, shownPart } from './merge.ts';

function typing(count: number): { updates: Uint8Array[]; typed: string } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const text = doc.getText('t');
  for (let i = 0; i < count; i += 1) {
    text.insert(i % 7 === 0 ? 0 : text.length, `${i} `);
    if (i % 5 === 0) text.delete(0, 1);
  }
  return { updates, typed: text.toString() };
}

const read = (update: Uint8Array): string => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getText('t').toString();
};

it.each([1, 2, 16, 17, 300])(
  'CMP-4 %i updates merged in groups are what they are merged at once',
  (count) => {
    const { updates } = typing(count);
    expect(mergeUpdates(updates)).toEqual(Y.mergeUpdates(updates));
    expect(read(mergeThroughDocument(updates))).toBe(read(Y.mergeUpdates(updates)));
  },
);

it('CMP-4 twenty thousand updates are merged', () => {
  const { updates, typed } = typing(20_000);
  expect(read(mergeUpdates(updates))).toBe(typed);
});

it('DUR-6 what builds on a missing update is not shown, and is kept when merged', () => {
  const { updates } = typing(20);
  const without = mergeUpdates([...updates.slice(0, 9), ...updates.slice(10)]);
  const shown = new Y.Doc();
  Y.applyUpdate(shown, shownPart(without));
  expect(shown.store.pendingStructs).toBeNull();
  const missing = updates[9] ?? new Uint8Array();
  expect(read(mergeThroughDocument([mergeThroughDocument([without]), missing]))).toBe(
    read(mergeUpdates(updates)),
  );
});
