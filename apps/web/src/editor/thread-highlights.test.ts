// @vitest-environment happy-dom
import { Editor, Extension } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CONTENT, draftExtensions, readBlocks, seedDraft, splitBlock } from '@zerodraft/schema';
import { editHeadless, withCaret } from '@zerodraft/schema/headless-editor';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { setMovedAnchor } from '../session/moved-anchors.ts';
import { threadHighlights } from './thread-highlights.ts';

it('a split and the anchor it moved, come in one update, leave all the text standing', () => {
  const theirs = new Y.Doc();
  const [, clauseId = ''] = seedDraft(theirs, [
    { kind: 'title', text: 'Title' },
    { kind: 'paragraph', text: 'Before the needle' },
  ]);
  const mine = new Y.Doc();
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...draftExtensions,
      Collaboration.configure({ document: mine, field: CONTENT }),
      Extension.create({ name: 'highlights', addProseMirrorPlugins: () => [threadHighlights(mine)] }),
    ],
  });
  const vector = Y.encodeStateVector(theirs);
  editHeadless(theirs, 'them', (state) => {
    let split = null;
    splitBlock(withCaret(state, 1, 6), (tr) => {
      split = tr;
    });
    return split;
  });
  setMovedAnchor(theirs, 'thread', { start: {}, end: {}, clauseId });
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, vector), 'remote');
  expect(readBlocks(theirs).map(({ text }) => text)).toEqual(['Title', 'Before', ' the needle']);
  expect(readBlocks(mine)).toEqual(readBlocks(theirs));
  expect(editor.state.doc.childCount).toBe(3);
  editor.destroy();
});
