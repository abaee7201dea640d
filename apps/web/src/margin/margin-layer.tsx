import { useQuery } from '@tanstack/react-query';
import type { Editor } from '@tiptap/core';
import type { Thread } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { Link2, MessageSquare } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { libraryQuery } from '../api.ts';
import { clauseOfThread } from '../session/moved-anchors.ts';
import { useDraftView, useMay, useWorkspace } from '../session/use-draft.tsx';
import { ClauseMenu } from './clause-menu.tsx';

interface Props {
  editor: Editor;
  threads: readonly Thread[];
  clauseId: string | null;
  onLink: () => void;
  onComment: (() => void) | null;
  onOpenLinks: (clauseId: string) => void;
  onOpenThread: (threadId: string) => void;
}

/** Tops of the blocks in the page, by id. Measured after each layout that can have moved them. */
function useTops(editor: Editor): Map<string, number> {
  const [tops, setTops] = useState(new Map<string, number>());
  useEffect(() => {
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const next = new Map<string, number>();
      // The editor positions its own element, so that its blocks count from there.
      const base = editor.view.dom.offsetTop;
      for (const child of editor.view.dom.children) {
        if (child instanceof HTMLElement && child.dataset.blockId)
          next.set(child.dataset.blockId, child.offsetTop + base);
      }
      setTops((known) => (sameTops(known, next) ? known : next));
    };
    const schedule = (): void => {
      frame ||= requestAnimationFrame(measure);
    };
    schedule();
    const observer = new ResizeObserver(schedule);
    observer.observe(editor.view.dom);
    editor.on('update', schedule);
    editor.on('transaction', schedule);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      editor.off('update', schedule);
      editor.off('transaction', schedule);
    };
  }, [editor]);
  return tops;
}

function sameTops(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...b].every(([id, top]) => a.get(id) === top);
}

/** Beside each clause: its recommendations and its open threads. */
export function MarginLayer({
  editor,
  threads,
  clauseId,
  onLink,
  onComment,
  onOpenLinks,
  onOpenThread,
}: Props) {
  const { session, process } = useWorkspace();
  const editable = useMay('draft.edit');
  const library = useQuery(libraryQuery(process.id));
  const referenceOf = useMemo(
    () => new Map(library.data?.map(({ id, reference }) => [id, reference])),
    [library.data],
  );
  const { blocks, byClause, numbers } = useDraftView();
  const tops = useTops(editor);
  const open = groupBy(
    threads.filter(({ resolved }) => !resolved),
    (thread) => clauseOfThread(session.doc, thread),
  );
  const menuTop = clauseId === null ? undefined : tops.get(clauseId);
  return (
    <>
      {clauseId !== null && menuTop !== undefined && editable && (
        <ClauseMenu
          editor={editor}
          clauseId={clauseId}
          top={menuTop}
          citation={numbers.get(clauseId)?.citation ?? ''}
          onLink={onLink}
          onComment={onComment}
        />
      )}
      <aside className="margin" aria-label="Sources and comments">
        {blocks.map(({ id }) => {
          const references = (byClause.get(id) ?? []).map(
            ({ recommendationId }) => referenceOf.get(recommendationId) ?? '…',
          );
          const [reference] = references;
          const named = references.length > 1 ? `${reference} +${references.length - 1}` : reference;
          const first = open.get(id)?.[0];
          const top = tops.get(id);
          if (top === undefined || !(reference || first)) return null;
          const citation = numbers.get(id)?.citation ?? '';
          return (
            <div key={id} className="margin-entry" style={{ top }} data-margin-for={id}>
              {reference && (
                <button
                  type="button"
                  onClick={() => onOpenLinks(id)}
                  title={references.join('\n')}
                  aria-label={`${named}; ${references.length} recommendation${references.length === 1 ? '' : 's'} of ${citation}`}
                >
                  <Link2 size={13} aria-hidden="true" />
                  <span className="margin-references">{named}</span>
                  <span className="margin-count">{references.length}</span>
                </button>
              )}
              {first && (
                <button
                  type="button"
                  onClick={() => onOpenThread(first.id)}
                  aria-label={`${open.get(id)?.length} threads on ${citation}`}
                >
                  <MessageSquare size={13} aria-hidden="true" /> {open.get(id)?.length}
                </button>
              )}
            </div>
          );
        })}
      </aside>
    </>
  );
}
