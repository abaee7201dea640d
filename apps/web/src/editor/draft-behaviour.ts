import { Extension } from '@tiptap/core';
import { Fragment, Slice } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import { Mapping } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import {
  carryAnchors,
  flattenPastedHtml,
  flattenPastedText,
  identityPlugin,
  indentBlocks,
  isBlockKind,
  joinBlockBackward,
  joinBlockForward,
  type Lineage,
  lineageOfTransaction,
  moveBlock,
  outdentBlocks,
  splitBlock,
} from '@zerodraft/schema';
import { followLineage, LINK_ORIGIN } from '@zerodraft/trace';
import type { DraftSession } from '../session/draft-session.ts';
import { anchorsOfAll, keepAnchors, keepMoved } from '../session/moved-anchors.ts';
import { asUndoStep } from '../session/undo-step.ts';
import { cursors } from './cursors.ts';
import { caretBeforeKeys, caretBeforeRemote } from './dom-caret.ts';
import { LinkClipboard } from './link-clipboard.ts';
import { numberDecorations } from './number-decorations.ts';
import { beforePhrases, phraseMarks } from './phrase-marks.ts';
import { beforeEdit, highlightKey, threadHighlights } from './thread-highlights.ts';

function parseHtml(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function escapeHtml(text: string): string {
  const element = document.createElement('p');
  element.textContent = text;
  return element.innerHTML;
}

/** Writes new anchors for threads and links whose text an edit carried to another clause; the edit's undo takes them back. */
function reanchor(state: EditorState, transactions: readonly Transaction[], session: DraftSession): void {
  const [first] = transactions;
  const known = [beforeEdit(state), beforePhrases(state)].filter((before) => before?.node === first?.before);
  const ranges = new Map(known.flatMap((before) => [...(before?.ranges ?? [])]));
  if (first === undefined || ranges.size === 0) return;
  const mapping = new Mapping();
  for (const transaction of transactions) mapping.appendMapping(transaction.mapping);
  const threads = highlightKey.getState(state)?.threads ?? [];
  const current = anchorsOfAll(session.doc, threads);
  const edit = { before: first.before, after: state.doc, mapping };
  const carried = carryAnchors(session.doc, edit, ranges, (key) => current.get(key) ?? null);
  if (carried.size > 0) keepMoved(session, threads, carried, LINK_ORIGIN);
}

/** Pasting into an empty clause gives it the pasted kind; elsewhere the text joins the clause it lands in. */
function pasteIntoEmpty(view: EditorView, slice: Slice): boolean {
  const { $from, empty } = view.state.selection;
  const first = slice.content.firstChild;
  const kind: unknown = first?.attrs.kind;
  if (!empty || $from.depth !== 1 || $from.parent.content.size > 0 || first?.type.name !== 'block')
    return false;
  if ($from.parent.attrs.kind === 'title' || slice.content.childCount < 1 || !isBlockKind(kind)) return false;
  const tr = view.state.tr.setNodeAttribute($from.before(1), 'kind', kind);
  tr.replaceSelection(slice);
  view.dispatch(tr.scrollIntoView().setMeta('paste', true));
  return true;
}

/** All behaviour of the draft's editor: keys, identity, links that follow edits, paste, numbers, marks, cursors. */
export const DraftBehaviour = Extension.create<
  { session: DraftSession },
  { stop: (() => void) | null; clipboard: LinkClipboard | null }
>({
  name: 'draftBehaviour',

  addStorage: () => ({ stop: null, clipboard: null }),

  onCreate() {
    this.storage.stop = keepAnchors(
      this.options.session,
      () => highlightKey.getState(this.editor.state)?.threads ?? [],
    );
  },

  onDestroy() {
    this.storage.stop?.();
  },

  addKeyboardShortcuts() {
    const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch);
    return {
      Enter: run(splitBlock),
      Backspace: run(joinBlockBackward),
      Delete: run(joinBlockForward),
      Tab: run(indentBlocks),
      'Shift-Tab': run(outdentBlocks),
      'Alt-ArrowUp': () => asUndoStep(this.options.session, run(moveBlock(-1))),
      'Alt-ArrowDown': () => asUndoStep(this.options.session, run(moveBlock(1))),
      // Tab belongs to the text; Escape leaves it, so that the keyboard is never caught.
      Escape: () => {
        document.getElementById('draft-tools')?.focus();
        return true;
      },
    };
  },

  onTransaction({ transaction, appendedTransactions }) {
    const { session } = this.options;
    const transactions = [transaction, ...(appendedTransactions ?? [])];
    const lineages = transactions
      .map(lineageOfTransaction)
      .filter((lineage): lineage is Lineage => lineage !== null);
    for (const lineage of lineages) followLineage(session.doc, lineage);
    if (lineages.length > 0) reanchor(this.editor.state, transactions, session);
    this.storage.clipboard?.settle(transaction, this.editor.state.doc);
  },

  addProseMirrorPlugins() {
    const { session } = this.options;
    const clipboard = new LinkClipboard(session);
    this.storage.clipboard = clipboard;
    return [
      clipboard.plugin(this.editor.schema),
      caretBeforeKeys(),
      caretBeforeRemote(session),
      identityPlugin(),
      numberDecorations(),
      threadHighlights(session.doc),
      phraseMarks(session.doc),
      cursors(session.provider.awareness),
      new Plugin({
        props: {
          // Blocks copied from a draft carry their kinds already.
          transformPastedHTML: (html) =>
            html.includes('data-pm-slice') ? html : flattenPastedHtml(html, parseHtml),
          clipboardTextParser: (text, _context, _plain, view) => {
            const { schema } = view.state;
            const html = flattenPastedText(text, escapeHtml);
            if (html === null) {
              const inline = text.replace(/\s*\n\s*/g, ' ').trim();
              return new Slice(inline === '' ? Fragment.empty : Fragment.from(schema.text(inline)), 0, 0);
            }
            const blocks = Array.from(parseHtml(html).body.children, (element) => {
              const kind = element.getAttribute('data-kind') ?? 'paragraph';
              const content = element.textContent ? schema.text(element.textContent) : Fragment.empty;
              return schema.node('block', { id: null, kind }, content);
            });
            return new Slice(Fragment.from(blocks), 1, 1);
          },
          handlePaste: (view, _event, slice) => pasteIntoEmpty(view, slice),
        },
      }),
    ];
  },
});
