import type { Editor } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { type BlockKind, indentBlocks, moveBlock, outdentBlocks, setBlockKind } from '@zerodraft/schema';
import {
  ArrowDown,
  ArrowUp,
  Bold,
  IndentDecrease,
  IndentIncrease,
  Italic,
  Lock,
  MessageSquarePlus,
  Redo2,
  Underline,
  Undo2,
} from 'lucide-react';
import { asUndoStep } from '../session/undo-step.ts';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { ToolButton } from '../ui/tool-button.tsx';

const KINDS: { kind: Exclude<BlockKind, 'title'>; label: string }[] = [
  { kind: 'section', label: 'Section' },
  { kind: 'objective', label: 'Objective' },
  { kind: 'paragraph', label: 'Paragraph 1.' },
  { kind: 'item', label: 'Item (a)' },
  { kind: 'subitem', label: 'Sub-item (i)' },
];

interface Props {
  editor: Editor | null;
  onComment: (() => void) | null;
  /** Where commenting is closed to somebody who may comment at other times: shows why. */
  onWhyClosed: (() => void) | null;
}

/** What can be done with the text under the caret. Readers see only what they may use. */
export function Toolbar({ editor, onComment, onWhyClosed }: Props) {
  const editable = useMay('draft.edit');
  const state = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      current && {
        kind: String(current.state.selection.$from.parent.attrs.kind ?? ''),
        bold: current.isActive('bold'),
        italic: current.isActive('italic'),
        underline: current.isActive('underline'),
      },
  });
  const { session } = useWorkspace();
  const run =
    (command: Command, alone = false) =>
    (): void => {
      if (!editor) return;
      const change = (): boolean => command(editor.state, editor.view.dispatch);
      if (alone) asUndoStep(session, change);
      else change();
      editor.view.focus();
    };
  return (
    <div className="toolbar" role="toolbar" aria-label="Text tools" id="draft-tools" tabIndex={-1}>
      {editor && state && editable && (
        <>
          <select
            aria-label="Kind of clause"
            value={state.kind}
            disabled={state.kind === 'title'}
            onChange={(event) => {
              const chosen = KINDS.find(({ kind }) => kind === event.target.value);
              if (chosen) run(setBlockKind(chosen.kind))();
            }}
          >
            {state.kind === 'title' && <option value="title">Title</option>}
            {KINDS.map(({ kind, label }) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
          <ToolButton icon={IndentDecrease} label="One level out (Shift+Tab)" onClick={run(outdentBlocks)} />
          <ToolButton icon={IndentIncrease} label="One level in (Tab)" onClick={run(indentBlocks)} />
          <ToolButton icon={ArrowUp} label="Move up (Alt+Up)" onClick={run(moveBlock(-1), true)} />
          <ToolButton icon={ArrowDown} label="Move down (Alt+Down)" onClick={run(moveBlock(1), true)} />
          <span className="divider" />
          <ToolButton
            icon={Bold}
            label="Bold"
            pressed={state.bold}
            onClick={() => editor.chain().focus().toggleMark('bold').run()}
          />
          <ToolButton
            icon={Italic}
            label="Italic"
            pressed={state.italic}
            onClick={() => editor.chain().focus().toggleMark('italic').run()}
          />
          <ToolButton
            icon={Underline}
            label="Underline"
            pressed={state.underline}
            onClick={() => editor.chain().focus().toggleMark('underline').run()}
          />
          <span className="divider" />
          <ToolButton icon={Undo2} label="Undo" onClick={() => editor.chain().undo().run()} />
          <ToolButton icon={Redo2} label="Redo" onClick={() => editor.chain().redo().run()} />
        </>
      )}
      {onComment && (
        <button
          type="button"
          className="button"
          onMouseDown={(event) => event.preventDefault()}
          onClick={onComment}
        >
          <MessageSquarePlus size={16} aria-hidden="true" /> Comment
        </button>
      )}
      {onWhyClosed && (
        <button type="button" className="button" onClick={onWhyClosed}>
          <Lock size={15} aria-hidden="true" /> Comments are closed
        </button>
      )}
    </div>
  );
}
