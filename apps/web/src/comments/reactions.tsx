import { useMutation } from '@tanstack/react-query';
import { type Comment, REACTIONS, type Reaction, signature } from '@zerodraft/contract';
import { SmilePlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { Menu } from '../ui/menu.tsx';
import { useThreadActions } from './use-thread.ts';

const SIGNS: Record<Reaction, string> = {
  agree: '👍',
  disagree: '👎',
  thanks: '🙏',
  question: '❓',
  noted: '👀',
};
const WORDS: Record<Reaction, string> = {
  agree: 'Agree',
  disagree: 'Disagree',
  thanks: 'Thanks',
  question: 'Question',
  noted: 'Noted',
};

/** Reactions to a comment, each with who gave it; one's own can be taken back. */
export function Reactions({ threadId, comment }: { threadId: string; comment: Comment }) {
  const { viewer } = useWorkspace();
  const mayWrite = useMay('comment.write');
  const { react } = useThreadActions();
  const own = (reaction: Reaction): boolean =>
    comment.reactions.some(
      (given) => given.reaction === reaction && given.people.some(({ id }) => id === viewer.id),
    );
  const reacting = useMutation({
    mutationFn: (reaction: Reaction) => react(threadId, comment.id, reaction, !own(reaction)),
  });
  const given = comment.reactions.filter(({ people }) => people.length > 0);
  if (given.length === 0 && !mayWrite) return null;
  return (
    <div className="reactions">
      {given.map(({ reaction, people }) => (
        <button
          key={reaction}
          type="button"
          className="reaction"
          aria-pressed={own(reaction)}
          disabled={!mayWrite || reacting.isPending}
          title={people.map(signature).join('\n')}
          aria-label={`${WORDS[reaction]}: ${people.map(signature).join('; ')}`}
          onClick={() => reacting.mutate(reaction)}
        >
          <span aria-hidden="true">{SIGNS[reaction]}</span> {people.length}
        </button>
      ))}
      {mayWrite && (
        <Menu
          align="start"
          trigger={
            <DropdownMenu.Trigger className="icon-button reaction-add" aria-label="React">
              <SmilePlus size={15} aria-hidden="true" />
            </DropdownMenu.Trigger>
          }
        >
          {(after) =>
            REACTIONS.map((reaction) => (
              <DropdownMenu.Item key={reaction} onSelect={after(() => reacting.mutate(reaction))}>
                <span aria-hidden="true">{SIGNS[reaction]}</span> {WORDS[reaction]}
              </DropdownMenu.Item>
            ))
          }
        </Menu>
      )}
    </div>
  );
}
