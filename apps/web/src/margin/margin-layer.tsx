import { useQuery } from '@tanstack/react-query';
import type { Editor } from '@tiptap/core';
import { isClosed } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { Link2, TriangleAlert } from 'lucide-react';
import { type RefObject, useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import type { ThreadRow } from '../comments/thread-filter.ts';
import { unreadOf } from '../comments/thread-model.ts';
import { useLinks } from '../library/use-links.ts';
import { useSuspects } from '../links/use-trace.tsx';
import { useClauseOrder, useMay, useWorkspace } from '../session/use-draft.tsx';
import { ClauseMenu } from './clause-menu.tsx';
import { useTops } from './tops.tsx';
import { AROUND, useWindow } from './use-window.ts';

/** More clauses with sources than this have these drawn only where they are in sight: each key makes the browser walk through all that is drawn. */
const MANY = 200;

interface Props {
  editor: Editor;
  rows: readonly ThreadRow[];
  scroller: RefObject<HTMLElement | null>;
  clauseId: string | null;
  onLink: () => void;
  onComment: (() => void) | null;
  onOpenLinks: (clauseId: string) => void;
  onOpenThreads: (blockId: string) => void;
}

/** At each clause: how many threads it has, beside its number, and its recommendations, in the margin. */
export function MarginLayer({
  editor,
  rows,
  scroller,
  clauseId,
  onLink,
  onComment,
  onOpenLinks,
  onOpenThreads,
}: Props) {
  const { viewer } = useWorkspace();
  const editable = useMay('draft.edit');
  const { ids, numbers } = useClauseOrder();
  const tops = useTops();
  const open = useMemo(
    () =>
      groupBy(
        rows.filter(({ thread }) => !isClosed(thread)),
        ({ blockId }) => blockId,
      ),
    [rows],
  );
  const menuTop = clauseId === null ? undefined : tops.get(clauseId);
  return (
    <>
      {clauseId !== null && menuTop !== undefined && (
        <ClauseMenu
          editor={editor}
          clauseId={clauseId}
          top={menuTop}
          citation={numbers.get(clauseId)?.citation ?? ''}
          editable={editable}
          onLink={onLink}
          onComment={onComment}
        />
      )}
      <aside className="thread-counts" aria-label="Threads">
        {ids.map((id) => {
          const here = open.get(id);
          const top = tops.get(id);
          if (!here || top === undefined) return null;
          const fresh = here.some(({ thread }) => unreadOf(thread, viewer.id) > 0);
          const name = numbers.get(id)?.citation || 'this heading';
          return (
            <button
              key={id}
              type="button"
              style={{ top }}
              data-threads-of={id}
              data-unread={fresh || undefined}
              onClick={() => onOpenThreads(id)}
              aria-label={`${here.length} ${here.length === 1 ? 'thread' : 'threads'} on ${name}${fresh ? ', unread' : ''}`}
            >
              {here.length}
            </button>
          );
        })}
      </aside>
      <Sources tops={tops} scroller={scroller} onOpenLinks={onOpenLinks} />
    </>
  );
}

function Sources({
  tops,
  scroller,
  onOpenLinks,
}: {
  tops: ReadonlyMap<string, number>;
  scroller: RefObject<HTMLElement | null>;
  onOpenLinks: (clauseId: string) => void;
}) {
  const { process } = useWorkspace();
  const { ids, numbers } = useClauseOrder();
  const { byClause } = useLinks();
  const suspects = useSuspects().byClause;
  const library = useQuery(libraryQuery(process.id));
  const referenceOf = useMemo(
    () => new Map(library.data?.map(({ id, reference }) => [id, reference])),
    [library.data],
  );
  const [from, to] = useWindow(scroller);
  const shown =
    byClause.size > MANY
      ? ids.filter((id) => {
          const top = tops.get(id);
          return top !== undefined && top >= from - AROUND && top <= to + AROUND;
        })
      : ids;
  return (
    <aside className="margin" aria-label="Sources">
      {shown.map((id) => {
        const references = (byClause.get(id) ?? []).map(
          ({ recommendationId }) => referenceOf.get(recommendationId) ?? '…',
        );
        const [reference] = references;
        const named = references.length > 1 ? `${reference} +${references.length - 1}` : reference;
        const top = tops.get(id);
        const doubted = suspects.get(id)?.length ?? 0;
        if (top === undefined || !reference) return null;
        return (
          <div
            key={id}
            className="margin-entry"
            style={{ top }}
            data-margin-for={id}
            data-suspect={doubted > 0 || undefined}
          >
            <button
              type="button"
              onClick={() => onOpenLinks(id)}
              title={[...references, doubted > 0 && `${doubted} suspect`].filter(Boolean).join('\n')}
              aria-label={`${named}; ${references.length} recommendation${references.length === 1 ? '' : 's'} of ${numbers.get(id)?.citation ?? ''}${doubted > 0 ? `, ${doubted} suspect` : ''}`}
            >
              {doubted > 0 ? (
                <TriangleAlert size={13} aria-hidden="true" />
              ) : (
                <Link2 size={13} aria-hidden="true" />
              )}
              <span className="margin-references">{named}</span>
              <span className="margin-count">{references.length}</span>
            </button>
          </div>
        );
      })}
    </aside>
  );
}
