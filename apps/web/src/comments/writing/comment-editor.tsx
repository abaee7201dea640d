import { Extension } from '@tiptap/core';
import { Placeholder, UndoRedo } from '@tiptap/extensions';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useId, useRef, useState } from 'react';
import { useWorkspace } from '../../session/use-draft.tsx';
import { useNames } from '../names.tsx';
import { bodyOfContent, contentOfBody } from './comment-markdown.ts';
import { commentExtensions } from './comment-schema.ts';
import { FormatTools } from './format-tools.tsx';
import { OfferList } from './offer-list.tsx';
import { type Offer, ReferenceSuggestions } from './reference-suggestions.ts';
import { choicesForAt, choicesForHash } from './references.ts';

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
  const { session } = useWorkspace();
  const names = useNames();
  const listId = useId();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [chosen, setChosen] = useState(0);
  // The editor is made once; what it calls is always the newest.
  const now = useRef({ names, offer, chosen, onChange, onSend, onCancel });
  now.current = { names, offer, chosen, onChange, onSend, onCancel };
  const written = useRef(body);

  const onKey = (event: KeyboardEvent): boolean => {
    const { offer: open, chosen: at } = now.current;
    if (open === null) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      setChosen((at + step + open.choices.length) % open.choices.length);
      return true;
    }
    const choice = open.choices[at];
    if ((event.key !== 'Enter' && event.key !== 'Tab') || !choice) return false;
    open.pick(choice);
    return true;
  };

  const editor = useEditor({
    extensions: [
      ...commentExtensions,
      UndoRedo,
      Placeholder.configure({ placeholder: label }),
      ReferenceSuggestions.configure({
        choices: (sign, query) => {
          const { blocks, numbers } = session.view();
          return sign === '@'
            ? choicesForAt(query, now.current.names)
            : choicesForHash(query, blocks, (id) => numbers.get(id)?.citation ?? '');
        },
        onOffer: (next) => {
          setOffer(next);
          setChosen(0);
        },
        onKey,
      }),
      Extension.create({
        name: 'commentKeys',
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
    autofocus: autoFocus ? 'end' : false,
    onUpdate: ({ editor: changed }) => {
      const next = bodyOfContent(changed.getJSON());
      written.current = next;
      now.current.onChange(next);
    },
  });

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
          'aria-expanded': String(offer !== null),
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
