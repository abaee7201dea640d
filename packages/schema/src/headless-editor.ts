import type { Node } from '@tiptap/pm/model';
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { Mapping } from '@tiptap/pm/transform';
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { draftSchema } from './extensions.ts';
import { identityPlugin, type Lineage, lineageOfTransaction } from './identity.ts';
import { contentOf } from './shared-types.ts';

/** What an edit did to the editor's document. */
export interface Edit {
  before: Node;
  after: Node;
  mapping: Mapping;
}

/**
 * Edits a shared draft as the editor does, without a screen: the state is read from the shared type, the change runs
 * through the identity plugin, and the result is written back. For tests and tools.
 * @returns what the edit did to clauses
 */
export function editHeadless(
  doc: Y.Doc,
  origin: unknown,
  change: (state: EditorState) => Transaction | null,
  watch?: (edit: Edit) => void,
): Lineage[] {
  const node = yXmlFragmentToProseMirrorRootNode(contentOf(doc), draftSchema);
  const before = EditorState.create({ schema: draftSchema, doc: node, plugins: [identityPlugin()] });
  const tr = change(before);
  if (tr === null) return [];
  const { state, transactions } = before.applyTransaction(tr);
  doc.transact(() => {
    updateYFragment(doc, contentOf(doc), state.doc, { mapping: new Map(), isOMark: new Map() });
  }, origin);
  const mapping = new Mapping();
  for (const transaction of transactions) mapping.appendMapping(transaction.mapping);
  watch?.({ before: node, after: state.doc, mapping });
  return transactions.map(lineageOfTransaction).filter((lineage): lineage is Lineage => lineage !== null);
}

/** A state with the caret at `offset` in the block with this index, for running a command. */
export function withCaret(state: EditorState, blockIndex: number, offset: number): EditorState {
  let pos = 1;
  for (let index = 0; index < blockIndex; index += 1) pos += state.doc.child(index).nodeSize;
  const size = state.doc.child(blockIndex).content.size;
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, pos + Math.min(offset, size))));
}

/** A command as a change for `editHeadless`, run with the caret at a place. */
export function commandAt(command: Command, blockIndex: number, offset: number) {
  return (state: EditorState): Transaction | null => {
    let made: Transaction | null = null;
    command(withCaret(state, Math.min(blockIndex, state.doc.childCount - 1), offset), (tr) => {
      made = tr;
    });
    return made;
  };
}
