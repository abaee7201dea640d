import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { draftSchema } from './extensions.ts';
import { contentOf } from './shared-types.ts';

/**
 * Writes the text of another state of a draft into it, clauses under the ids they had there; what reads the same
 * stays untouched. To be called in a transaction.
 */
export function restoreText(doc: Y.Doc, then: Y.Doc): void {
  const node = yXmlFragmentToProseMirrorRootNode(contentOf(then), draftSchema);
  updateYFragment(doc, contentOf(doc), node, { mapping: new Map(), isOMark: new Map() });
}
