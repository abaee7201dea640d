import { contentOf, linksOf, seedDraft } from '@zerodraft/schema';
import { addLink, changeLink, LINK_ORIGIN, removeLink } from '@zerodraft/trace';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DraftReader } from '../session/draft-view.ts';
import { type Lost, watchLost } from './lost-links.ts';

let doc: Y.Doc;
let undo: Y.UndoManager;
let told: Lost[];
let reader: DraftReader;
let frame: () => void;

const pair = (clauseId: string, recommendationId = 'r') => ({ clauseId, recommendationId });
/** The rest of the deed, and the frame in which screens are drawn. */
const settled = async () => {
  await Promise.resolve();
  reader.refresh();
  frame();
};
/** Deletes a clause as the editor does. */
const deleteClause = (at: number, of = doc): void =>
  of.transact(() => contentOf(of).delete(at, 1), LINK_ORIGIN);

beforeEach(() => {
  doc = new Y.Doc();
  seedDraft(doc, [
    { id: 't', kind: 'title', text: 'Title' },
    { id: 'a', kind: 'paragraph', text: 'One' },
    { id: 'b', kind: 'paragraph', text: 'Two' },
  ]);
  undo = new Y.UndoManager([contentOf(doc), linksOf(doc)], {
    trackedOrigins: new Set([LINK_ORIGIN]),
    captureTimeout: 0,
  });
  told = [];
  reader = new DraftReader(doc);
  const subscribe = (listener: () => void) => {
    frame = listener;
    return () => {};
  };
  watchLost(
    { doc, undo, view: reader.view, subscribe },
    (id) => (id === 'merged' ? 'r' : id),
    (lost) => told.push(lost),
  );
});

describe('a lost last link', () => {
  it('is told once the last of several is removed', async () => {
    addLink(doc, { ...pair('a'), relation: 'adapted' });
    addLink(doc, { ...pair('b'), relation: 'inspired' });
    await settled();
    removeLink(doc, pair('a'));
    await settled();
    expect(told).toEqual([]);
    removeLink(doc, pair('b'));
    await settled();
    expect(told.map(({ recommendationIds }) => recommendationIds)).toEqual([['r']]);
  });

  it('is told with the step that takes it back, while that is the last', async () => {
    addLink(doc, { ...pair('a'), relation: 'adapted' });
    await settled();
    removeLink(doc, pair('a'));
    await settled();
    const step = told[0]?.step;
    expect(step?.isLast()).toBe(true);
    addLink(doc, { ...pair('b', 'other'), relation: 'adapted' });
    expect(step?.isLast()).toBe(false);
    const before = linksOf(doc).size;
    step?.undo();
    expect(linksOf(doc).size).toBe(before);
    undo.undo();
    step?.undo();
    expect(linksOf(doc).size).toBe(1);
  });

  it('is told of a deleted clause, of a relation that reflects nothing, and of an undo, with redo as the way back', async () => {
    addLink(doc, { ...pair('a'), relation: 'adapted' });
    await settled();
    deleteClause(1);
    await settled();
    undo.undo();
    await settled();
    changeLink(doc, pair('a'), { relation: 'contrary' });
    await settled();
    undo.undo();
    await settled();
    undo.undo();
    await settled();
    expect(told.map(({ recommendationIds }) => recommendationIds)).toEqual([['r'], ['r'], ['r']]);
    expect(linksOf(doc).size).toBe(0);
    told[2]?.step?.undo();
    expect(linksOf(doc).size).toBe(1);
  });

  it('is not one while what it was merged with is linked', async () => {
    addLink(doc, { ...pair('a', 'merged'), relation: 'adapted' });
    addLink(doc, { ...pair('b'), relation: 'adapted' });
    await settled();
    removeLink(doc, pair('b'));
    await settled();
    expect(told).toEqual([]);
  });

  it('is not told of what others took away, also not with the next deed here', async () => {
    addLink(doc, { ...pair('a'), relation: 'adapted' });
    addLink(doc, { ...pair('b', 'other'), relation: 'adapted' });
    await settled();
    const theirs = new Y.Doc();
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc));
    removeLink(theirs, pair('a'));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs));
    removeLink(doc, pair('b', 'other'));
    await settled();
    expect(told.map(({ recommendationIds }) => recommendationIds)).toEqual([['other']]);
  });
});
