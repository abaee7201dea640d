import type { Editor } from '@tiptap/core';
import { QUOTE_LIMIT, type ThreadKind } from '@zerodraft/contract';
import { anchorOf } from '../editor/anchors.ts';
import { isHeading } from '../session/clause-order.ts';
import type { DraftSession } from '../session/draft-session.ts';
import type { PendingThread } from './pending-thread.ts';

/**
 * What a thread that one begins now hangs on: the selected text; without a selection the clause, or under a heading the
 * section.
 * @returns null when there is nothing that it could hang on
 */
export function threadAtSelection(editor: Editor, session: DraftSession): PendingThread | null {
  const { from, to, $from } = editor.state.selection;
  const id: unknown = $from.parent.attrs.id;
  if (typeof id !== 'string') return null;
  if (from === to) return threadOn(isHeading($from.parent.attrs.kind) ? 'section' : 'clause', id, session);
  const anchor = anchorOf(editor.state.doc, session.doc, { from, to });
  if (!anchor) return null;
  const quote = editor.state.doc.textBetween(from, to, ' ').slice(0, QUOTE_LIMIT);
  return { ...threadOn('clause', id, session), kind: 'range', anchor, quote };
}

/** A thread on a whole clause, a section or the draft. */
export function threadOn(
  kind: Exclude<ThreadKind, 'range'>,
  id: string,
  session: DraftSession,
): PendingThread {
  const { blocks, order } = session.view();
  const sectionId = order.sectionOf.get(id) || null;
  const text = blocks.find((block) => block.id === id)?.text ?? '';
  return {
    kind,
    clauseId: kind === 'clause' ? id : null,
    sectionId: kind === 'draft' ? null : sectionId,
    anchor: null,
    quote: kind === 'draft' ? '' : text.slice(0, QUOTE_LIMIT),
  };
}
