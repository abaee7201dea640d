import type { Editor } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import { deleteBlock, moveBlock } from '@zerodraft/schema';
import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { asUndoStep } from '../session/undo-step.ts';
import { useWorkspace } from '../session/use-draft.tsx';
import { copyAddress } from '../ui/copy-address.ts';

interface Props {
  editor: Editor;
  clauseId: string;
  top: number;
  citation: string;
  editable: boolean;
  onLink: () => void;
  onComment: (() => void) | null;
}

/** What can be done with the clause under the caret. */
export function ClauseMenu({ editor, clauseId, top, citation, editable, onLink, onComment }: Props) {
  const { session } = useWorkspace();
  // By its id: it holds when the clause is numbered anew or moved.
  const address = `/drafts/${encodeURIComponent(session.draft.id)}?clause=${encodeURIComponent(clauseId)}`;
  const run = (command: Command) => (): void => {
    asUndoStep(session, () => command(editor.state, editor.view.dispatch));
    editor.view.focus();
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="clause-menu-button"
        style={{ top }}
        aria-label={`Menu of ${citation || 'this heading'}`}
      >
        <EllipsisVertical size={16} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start">
          {editable && citation && (
            <DropdownMenu.Item onSelect={onLink}>Link to recommendations (Ctrl+Alt+L)</DropdownMenu.Item>
          )}
          {onComment && (
            <DropdownMenu.Item onSelect={onComment}>
              {citation ? 'Comment on the whole clause' : 'Comment on this section'}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item onSelect={() => void copyAddress(address, `of ${citation || 'this heading'}`)}>
            {citation ? 'Copy link to this clause' : 'Copy link to this heading'}
          </DropdownMenu.Item>
          {editable && (
            <>
              <DropdownMenu.Item onSelect={run(moveBlock(-1))}>Move up (Alt+Up)</DropdownMenu.Item>
              <DropdownMenu.Item onSelect={run(moveBlock(1))}>Move down (Alt+Down)</DropdownMenu.Item>
              <DropdownMenu.Item onSelect={run(deleteBlock(clauseId))}>Delete</DropdownMenu.Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
