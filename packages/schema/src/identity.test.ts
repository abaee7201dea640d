import { Slice } from '@tiptap/pm/model';
import type { Command, EditorState, Transaction } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  indentBlocks,
  joinBlockBackward,
  joinBlockForward,
  moveBlock,
  outdentBlocks,
  splitBlock,
} from './commands.ts';
import { editHeadless, withCaret } from './headless-editor.ts';
import { readBlocks, repairDraft, seedDraft } from './shared-draft.ts';

function draft(): Y.Doc {
  const doc = new Y.Doc();
  seedDraft(doc, [
    { id: 'title', kind: 'title', text: 'Title' },
    { id: 'one', kind: 'paragraph', text: 'First clause' },
    { id: 'two', kind: 'paragraph', text: 'Second clause' },
    { id: 'three', kind: 'item', text: 'An item' },
  ]);
  return doc;
}

function run(command: Command, index: number, offset: number) {
  return (state: EditorState): Transaction | null => {
    const placed = withCaret(state, index, offset);
    let made: Transaction | null = null;
    command(placed, (tr) => {
      made = tr;
    });
    return made;
  };
}

const texts = (doc: Y.Doc): [string, string][] => readBlocks(doc).map(({ id, text }) => [id, text]);

describe('clause identity', () => {
  it('the first half of a split keeps the id, and the split is told', () => {
    const doc = draft();
    const [lineage] = editHeadless(doc, null, run(splitBlock, 1, 5));
    const blocks = texts(doc);
    expect(blocks[1]).toEqual(['one', 'First']);
    expect(blocks[2]?.[1]).toBe(' clause');
    expect(lineage?.splits).toEqual([{ from: 'one', to: blocks[2]?.[0] }]);
  });

  it('Enter at the end opens an empty clause that inherits nothing', () => {
    const doc = draft();
    const [lineage] = editHeadless(doc, null, run(splitBlock, 1, 99));
    expect(texts(doc)[2]?.[1]).toBe('');
    expect(lineage).toEqual({ splits: [], joins: [] });
  });

  it('Enter at the start leaves the text its identity', () => {
    const doc = draft();
    editHeadless(doc, null, run(splitBlock, 1, 0));
    expect(texts(doc)[2]).toEqual(['one', 'First clause']);
    expect(texts(doc)[1]?.[1]).toBe('');
  });

  it('a join keeps the upper id and tells whose text came', () => {
    const doc = draft();
    const [lineage] = editHeadless(doc, null, run(joinBlockBackward, 2, 0));
    expect(texts(doc)[1]).toEqual(['one', 'First clauseSecond clause']);
    expect(lineage?.joins).toEqual([{ from: 'two', into: 'one' }]);
  });

  it('Backspace in an item takes its level first', () => {
    const doc = draft();
    editHeadless(doc, null, run(joinBlockBackward, 3, 0));
    expect(readBlocks(doc)[3]).toMatchObject({ id: 'three', kind: 'paragraph' });
  });

  it('moving keeps ids', () => {
    const doc = draft();
    editHeadless(doc, null, run(moveBlock(1), 1, 0));
    expect(texts(doc).map(([id]) => id)).toEqual(['title', 'two', 'three', 'one']);
  });

  it('a pasted copy gets a new id wherever it lands; the original keeps its own', () => {
    const doc = draft();
    editHeadless(doc, null, (state) => {
      const copy = state.doc.slice(7, 7 + state.doc.child(1).nodeSize);
      return state.tr.replace(7, 7, new Slice(copy.content, 0, 0));
    });
    const ids = texts(doc).map(([id]) => id);
    expect(new Set(ids).size).toBe(5);
    expect(ids[2]).toBe('one');
  });

  it('cut and paste is a move: the id goes along', () => {
    const doc = draft();
    let cut: Slice | null = null;
    editHeadless(doc, null, (state) => {
      cut = state.doc.slice(7, 7 + state.doc.child(1).nodeSize);
      return state.tr.delete(7, 7 + state.doc.child(1).nodeSize);
    });
    editHeadless(doc, null, (state) =>
      cut ? state.tr.replace(state.doc.content.size, state.doc.content.size, cut) : null,
    );
    expect(texts(doc).at(-1)).toEqual(['one', 'First clause']);
  });

  it('deleting a clause and drawing the next into its place keeps the next one’s identity', () => {
    const doc = draft();
    editHeadless(doc, null, (state) => state.tr.delete(8, 8 + state.doc.child(1).nodeSize));
    expect(texts(doc)[1]).toEqual(['two', 'Second clause']);
  });
});

/** Small seeded generator (mulberry32), so that a failing run can be repeated by its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

describe('clause identity under concurrent edits', () => {
  it.each(Array.from({ length: 40 }, (_, index) => 1_000 + index))(
    'seed %i: replicas converge with unique ids and one title',
    (seed) => {
      const next = random(seed);
      const server = draft();
      const clients = [0, 1, 2].map(() => {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
        return doc;
      });
      const commands = [
        splitBlock,
        joinBlockBackward,
        joinBlockForward,
        moveBlock(1),
        moveBlock(-1),
        indentBlocks,
        outdentBlocks,
      ];
      for (let step = 0; step < 40; step += 1) {
        const doc = clients[Math.floor(next() * clients.length)];
        const command = commands[Math.floor(next() * commands.length)];
        if (!doc || !command) continue;
        editHeadless(doc, null, (state) => {
          const index = Math.floor(next() * state.doc.childCount);
          if (next() < 0.3) return withCaret(state, index, 0).tr.insertText(`t${step} `);
          if (next() < 0.15) {
            // A copy of one block pasted behind it.
            const { selection } = withCaret(state, index, 0);
            const at = selection.$from.after(1);
            return state.tr.insert(at, state.doc.child(index));
          }
          return run(command, index, Math.floor(next() * 12))(state);
        });
        if (next() < 0.2) {
          Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
          repairDraft(server, 'repair');
          Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
        }
      }
      for (const doc of clients) Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
      repairDraft(server, 'repair');
      const expected = readBlocks(server);
      for (const doc of clients) {
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
        expect(readBlocks(doc), `seed ${seed}`).toEqual(expected);
      }
      expect(new Set(expected.map(({ id }) => id)).size, `seed ${seed}`).toBe(expected.length);
      expect(expected.filter(({ kind }) => kind === 'title').length, `seed ${seed}`).toBe(
        expected.length > 0 ? 1 : 0,
      );
    },
  );
});
