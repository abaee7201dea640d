import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { AtSign, Bold, Hash, Italic, List, ListOrdered, type LucideIcon } from 'lucide-react';
import { ToolButton } from '../../ui/tool-button.tsx';
import { useNames } from '../names.tsx';

/** The few tools of a comment, each also a key. */
export function FormatTools({ editor }: { editor: Editor }) {
  const { clauses } = useNames();
  const active = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      bold: current.isActive('bold'),
      italic: current.isActive('italic'),
      bulletList: current.isActive('bulletList'),
      orderedList: current.isActive('orderedList'),
    }),
  });
  const tool = (icon: LucideIcon, label: string, run: () => void, pressed?: boolean) => (
    <ToolButton icon={icon} label={label} onClick={run} pressed={pressed} size={14} />
  );
  const chain = () => editor.chain().focus();
  return (
    <div className="format-tools" role="toolbar" aria-label="Format">
      {tool(Bold, 'Bold (Ctrl+B)', () => chain().toggleMark('bold').run(), active.bold)}
      {tool(Italic, 'Italic (Ctrl+I)', () => chain().toggleMark('italic').run(), active.italic)}
      {tool(List, 'List (Ctrl+Shift+8)', () => chain().toggleBulletList().run(), active.bulletList)}
      {tool(
        ListOrdered,
        'Numbered list (Ctrl+Shift+7)',
        () => chain().toggleOrderedList().run(),
        active.orderedList,
      )}
      {tool(AtSign, 'Refer to a person, organisation or recommendation (@)', () =>
        chain().insertContent('@').run(),
      )}
      {clauses && tool(Hash, 'Refer to a clause (#)', () => chain().insertContent('#').run())}
    </div>
  );
}
