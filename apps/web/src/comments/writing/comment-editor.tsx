import { type Editor, Extension } from '@tiptap/core';
import { Placeholder, UndoRedo } from '@tiptap/extensions';
import { Selection } from '@tiptap/pm/state';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useId, useRef, useState } from 'react';
import { caretBeforeKeys } from '../../editor/dom-caret.ts';
import { useNames } from '../names.tsx';
import { bodyOfContent, contentOfBody } from './comment-markdown.ts';
import { commentExtensions } from './comment-schema.ts';
import { FormatTools } from './format-tools.tsx';
import { OfferList } from './offer-list.tsx';
import { type Offer, ReferenceSuggestions } from './reference-suggestions.ts';

interface Props {
  label: string;
  body: string;
  onChange: (body: string) => void;
  onSend: () => void;
  onCancel: (() => void) | undefined;
  autoFocus: boolean | undefined;
  describedBy: string | undefined;
}

/** The text box of a comment: formatted as it is typed, with people, clauses and recommendations to pick. */
export function CommentEditor({ label, body, onChange, onSend, onCancel, autoFocus, describedBy }: Props) {
  const names = useNames();
  const listId = useId();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [chosen, setChosen] = useState(0);
  // The editor is made once; what it calls is always the newest.
  const now = useRef({ names, offer, chosen, onChange, onSend, onCancel });
  now.current = { names, offer, chosen, onChange, onSend, onCancel };
  const written = useRef(body);

  // Made once: other options would set the editor up anew with each key.
  const [options] = useState(() => ({
    extensions: [
      ...commentExtensions,
      UndoRedo,
      Placeholder.configure({ placeholder: label }),
      ReferenceSuggestions.configure({
        choices: (sign, query) => now.current.names.choices(sign, query),
        onOffer: (next) => {
          setOffer(next);
          setChosen(0);
        },
        onKey: ({ key }) => {
          const { offer: open, chosen: at } = now.current;
          if (open === null) return false;
          const step = { ArrowDown: 1, ArrowUp: -1 }[key];
          if (step !== undefined) {
            setChosen((at + step + open.choices.length) % open.choices.length);
            return true;
          }
          const choice = open.choices[at];
          if ((key !== 'Enter' && key !== 'Tab') || !choice) return false;
          open.pick(choice);
          return true;
        },
      }),
      Extension.create({
        name: 'commentKeys',
        addProseMirrorPlugins: () => [caretBeforeKeys()],
        addKeyboardShortcuts: () => ({
          'Mod-Enter': () => {
            now.current.onSend();
            return true;
          },
          Escape: () => {
            const { offer: open, onCancel: cancel } = now.current;
            if (open || !cancel) return false;
            cancel();
            return true;
          },
        }),
      }),
    ],
    content: contentOfBody(body, names.nameOf),
    onUpdate: ({ editor: changed }: { editor: Editor }) => {
      const next = bodyOfContent(changed.getJSON());
      written.current = next;
      now.current.onChange(next);
    },
  }));
  const editor = useEditor(options);

  useEffect(() => {
    if (!autoFocus) return;
    // At once, not in a later frame as the editor's own way: keys typed meanwhile would find another caret.
    const { state, view } = editor;
    view.dispatch(state.tr.setSelection(Selection.atEnd(state.doc)));
    view.focus();
  }, [editor, autoFocus]);

  useEffect(() => {
    // Sent, or taken back: what is in the box is no longer what is being written.
    if (body === written.current) return;
    written.current = body;
    editor.commands.setContent(contentOfBody(body, now.current.names.nameOf), { emitUpdate: false });
  }, [editor, body]);

  useEffect(() => {
    editor.setOptions({
      editorProps: {
        attributes: {
          role: 'textbox',
          class: 'comment-box',
          'aria-label': label,
          'aria-multiline': 'true',
          ...(describedBy ? { 'aria-describedby': describedBy } : {}),
          ...(offer
            ? {
                'aria-controls': listId,
                'aria-activedescendant': `${listId}-${chosen}`,
                'aria-haspopup': 'listbox',
              }
            : {}),
        },
      },
    });
  }, [editor, label, describedBy, offer, chosen, listId]);

  return (
    <div className="comment-editor">
      <EditorContent editor={editor} />
      <FormatTools editor={editor} />
      {offer && <OfferList id={listId} offer={offer} chosen={chosen} />}
    </div>
  );
}
