import type { Command, EditorState, Transaction } from '@tiptap/pm/state';
import { seeded } from '@zerodraft/sync/random';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { joinBlockBackward, moveBlock, splitBlock } from './commands.ts';
import { commandAt, editHeadless, withCaret } from './headless-editor.ts';
import { readBlocks, seedDraft } from './shared-draft.ts';
import { contentOf } from './shared-types.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 60);
const FIRST = Number(process.env.FUZZ_SEED ?? 1);
const STEPS = 40;

const textOf = (doc: Y.Doc): string =>
  readBlocks(doc)
    .map(({ text }) => text)
    .join('\n');

/** Two people in one draft; `mine` has an undo history in which each edit is a step. */
function pair(texts: readonly string[], mineFirst: boolean) {
  // Yjs orders what is written at once, and what an undo brings back, by these.
  const newDoc = (clientID: number): Y.Doc => Object.assign(new Y.Doc(), { clientID });
  const [mine, theirs] = mineFirst ? [newDoc(2), newDoc(3)] : [newDoc(3), newDoc(2)];
  const seedOf = newDoc(1);
  seedDraft(
    seedOf,
    texts.map((text, index) => ({ kind: index === 0 ? 'title' : 'paragraph', text })),
  );
  for (const doc of [mine, theirs]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(seedOf));
  const undo = new Y.UndoManager(contentOf(mine), { trackedOrigins: new Set(['mine']), captureTimeout: 0 });
  const sync = (): void => {
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine)));
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(theirs)));
  };
  return { mine, theirs, undo, sync };
}

/**
 * One person makes a few edits, another one's lie between them and before; undone one by one, and done again, each
 * leaves the text as it stood. The oracle is a list of texts.
 */
function run(seed: number): void {
  const random = seeded(seed);
  let next = 0x4e00;
  const fresh = (count: number): string =>
    String.fromCodePoint(...Array.from({ length: count }, () => next++));
  const { mine, theirs, undo, sync } = pair(
    [5, 10, 10, 10, 10].map((length) => fresh(length)),
    random(2) === 0,
  );
  const typing = (block: number) => (state: EditorState) => {
    const at = withCaret(state, Math.min(block, state.doc.childCount - 1), random(16));
    const { from, $from } = at.selection;
    const length = Math.min(1 + random(3), $from.parent.content.size - $from.parentOffset);
    if (random(2) === 0 || length < 1) return state.tr.insertText(fresh(1 + random(3)), from);
    return state.tr.delete(from, from + length);
  };
  const structure = (block: number) => {
    const make: Command =
      [splitBlock, joinBlockBackward, moveBlock(-1), moveBlock(1)][random(4)] ?? splitBlock;
    return commandAt(make, block, make === joinBlockBackward ? 0 : random(16));
  };
  const edit = (doc: Y.Doc, origin: string): void => {
    const block = 1 + random(Math.max(1, contentOf(doc).length - 1));
    editHeadless(doc, origin, random(3) === 0 ? typing(block) : structure(block));
  };
  const maybeSync = (): void => {
    if (random(2) === 0) sync();
  };
  for (let step = 0; step < STEPS; step += 1) {
    if (random(3) === 0) {
      edit(theirs, 'theirs');
      sync();
      continue;
    }
    undo.clear();
    const texts = [textOf(mine)];
    for (let edits = 1 + random(4); edits > 0; edits -= 1) {
      const depth = undo.undoStack.length;
      edit(mine, 'mine');
      maybeSync();
      if (undo.undoStack.length > depth) texts.push(textOf(mine));
    }
    const note = `seed ${seed}, step ${step}`;
    for (let rounds = random(3); rounds > 0; rounds -= 1) {
      for (const text of texts.slice(0, -1).toReversed()) {
        undo.undo();
        maybeSync();
        expect(textOf(mine), `${note}, undone`).toBe(text);
      }
      for (const text of texts.slice(1)) {
        undo.redo();
        maybeSync();
        expect(textOf(mine), `${note}, done again`).toBe(text);
      }
    }
    sync();
    expect(textOf(theirs), `${note}, the other`).toBe(textOf(mine));
  }
}

it(
  `undo and redo leave the text as it stood, over ${RUNS} seeded runs among another's edits`,
  () => {
    for (let seed = FIRST; seed < FIRST + RUNS; seed += 1) run(seed);
  },
  RUNS * 1_000,
);

const type = (block: number, offset: number, text: string) => (state: EditorState) =>
  state.tr.insertText(text, withCaret(state, block, offset).selection.from);
const join = commandAt(joinBlockBackward, 1, 0);

it('undoing a join writes a clause back in its order, where somebody typed into it after a move undone', () => {
  for (const mineFirst of [true, false]) {
    const { mine, theirs, undo, sync } = pair(['T', 'abcdef', 'other'], mineFirst);
    const edit = (change: (state: EditorState) => Transaction | null): unknown =>
      editHeadless(mine, 'mine', change);
    editHeadless(theirs, 'theirs', type(1, 4, 'XY'));
    sync();
    edit(commandAt(moveBlock(1), 1, 0));
    undo.undo();
    sync();
    editHeadless(theirs, 'theirs', type(1, 2, 'Z'));
    sync();
    edit(join);
    undo.undo();
    expect(textOf(mine)).toBe('T\nabZcdXYef\nother');
  }
});

it('undoing what was typed takes away no more, where a join after it was undone', () => {
  for (const mineFirst of [true, false]) {
    const { mine, theirs, undo, sync } = pair(['T', 'abcd'], mineFirst);
    editHeadless(theirs, 'theirs', type(1, 4, 'efgh'));
    sync();
    editHeadless(mine, 'mine', type(1, 4, 'XY'));
    editHeadless(mine, 'mine', join);
    undo.undo();
    expect(textOf(mine)).toBe('T\nabcdXYefgh');
    undo.undo();
    expect(textOf(mine)).toBe('T\nabcdefgh');
  }
});
