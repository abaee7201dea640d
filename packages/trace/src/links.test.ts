import { contentOf, linksOf, readBlocks, seedDraft } from '@zerodraft/schema';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addLink, changeLink, followLineage, LINK_ORIGIN, removeLink } from './links.ts';
import { readLinks } from './read-links.ts';

function draft(): Y.Doc {
  const doc = new Y.Doc();
  seedDraft(doc, [
    { id: 't', kind: 'title', text: 'Title' },
    { id: 'a', kind: 'paragraph', text: 'A' },
    { id: 'b', kind: 'paragraph', text: 'B' },
  ]);
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function exchange(one: Y.Doc, other: Y.Doc): void {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
}

const pairs = (doc: Y.Doc): string[] =>
  readLinks(doc, readBlocks(doc)).map((link) => `${link.clauseId}-${link.recommendationId}`);
const link = (clauseId: string, recommendationId: string) => ({
  clauseId,
  recommendationId,
  relation: 'adapted' as const,
});

describe('links', () => {
  it('two people linking at once both win', () => {
    const one = draft();
    const other = copyOf(one);
    addLink(one, link('a', 'r1'));
    addLink(other, link('a', 'r2'));
    exchange(one, other);
    expect(pairs(one)).toEqual(['a-r1', 'a-r2']);
    expect(pairs(other)).toEqual(pairs(one));
  });

  it('undoing one of two concurrent additions of the same pair leaves the other', () => {
    const one = draft();
    const other = copyOf(one);
    const undo = new Y.UndoManager(linksOf(one), { trackedOrigins: new Set([LINK_ORIGIN]) });
    addLink(one, link('a', 'r1'));
    addLink(other, link('a', 'r1'));
    exchange(one, other);
    undo.undo();
    exchange(one, other);
    expect(pairs(one)).toEqual(['a-r1']);
    expect(pairs(other)).toEqual(['a-r1']);
  });

  it('a concurrent addition survives a removal', () => {
    const one = draft();
    addLink(one, link('a', 'r1'));
    const other = copyOf(one);
    removeLink(one, link('a', 'r1'));
    removeLink(other, link('a', 'r1'));
    addLink(other, link('a', 'r1'));
    exchange(one, other);
    expect(pairs(one)).toEqual(['a-r1']);
  });

  it('a deleted clause’s links go, and come back with undo', () => {
    const doc = draft();
    addLink(doc, link('a', 'r1'));
    const undo = new Y.UndoManager(contentOf(doc));
    contentOf(doc).delete(1, 1);
    expect(pairs(doc)).toEqual([]);
    undo.undo();
    expect(pairs(doc)).toEqual(['a-r1']);
  });

  it('a split gives both halves the links, a join unites them', () => {
    const doc = draft();
    addLink(doc, link('a', 'r1'));
    addLink(doc, link('b', 'r2'));
    followLineage(doc, { splits: [{ from: 'a', to: 'b' }], joins: [] });
    expect(pairs(doc)).toEqual(['a-r1', 'b-r1', 'b-r2']);
    contentOf(doc).delete(2, 1);
    followLineage(doc, { splits: [], joins: [{ from: 'b', into: 'a' }] });
    expect(pairs(doc)).toEqual(['a-r1', 'a-r2']);
  });

  it('halves of a split go their own ways: what is changed or removed at one stays at the other', () => {
    for (const [here, there] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const doc = draft();
      addLink(doc, link('a', 'r1'));
      followLineage(doc, { splits: [{ from: 'a', to: 'b' }], joins: [] });
      changeLink(doc, link(here, 'r1'), { relation: 'contrary', note: 'No.' });
      const relations = readLinks(doc, readBlocks(doc)).map(({ clauseId, relation }) => [clauseId, relation]);
      expect(Object.fromEntries(relations)).toEqual({ [here]: 'contrary', [there]: 'adapted' });
      removeLink(doc, link(here, 'r1'));
      expect(pairs(doc)).toEqual([`${there}-r1`]);
      addLink(doc, link(here, 'r2'));
      expect(pairs(doc)).toContain(`${here}-r2`);
      expect(pairs(doc)).not.toContain(`${there}-r2`);
    }
  });

  it('a link that somebody makes while another splits or joins the clause finds its text', () => {
    const one = draft();
    const other = copyOf(one);
    followLineage(one, { splits: [{ from: 'a', to: 'b' }], joins: [] });
    addLink(other, link('a', 'r1'));
    exchange(one, other);
    expect(pairs(one)).toEqual(['a-r1', 'b-r1']);

    const third = copyOf(one);
    contentOf(one).delete(2, 1);
    followLineage(one, { splits: [], joins: [{ from: 'b', into: 'a' }] });
    addLink(third, link('b', 'r3'));
    exchange(one, third);
    expect(pairs(one)).toEqual(['a-r1', 'a-r3']);
    expect(pairs(third)).toEqual(pairs(one));
  });

  it('a malformed record is no link', () => {
    const doc = draft();
    linksOf(doc).set('a/r1/tag', 'nonsense');
    linksOf(doc).set('no-separators', { relation: 'adapted' });
    expect(pairs(doc)).toEqual([]);
  });
});
