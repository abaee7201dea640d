import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { DOMSerializer, type Node } from '@tiptap/pm/model';
import { type BlockNumber, draftSchema, placedBlocks } from '@zerodraft/schema';
import { followMerges, type Link as LinkOf, RELATION_LABELS } from '@zerodraft/trace';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { libraryQuery } from '../api.ts';
import { indexed } from '../session/draft-view.ts';
import { useWorkspace } from '../session/use-draft.tsx';
import type { VersionState } from './versions-api.ts';

const serializer = DOMSerializer.fromSchema(draftSchema);

/** A block as the editor draws it: by the same schema, with the number that is computed for it. */
const Words = memo(function Words({ node, number }: { node: Node; number: BlockNumber | undefined }) {
  const draw = useCallback(
    (place: HTMLElement | null) => {
      const drawn = serializer.serializeNode(node);
      if (drawn instanceof HTMLElement) {
        drawn.dir = 'auto';
        if (number?.label) {
          drawn.dataset.number = number.label;
          drawn.dataset.citation = number.citation;
        }
      }
      place?.replaceChildren(drawn);
    },
    [node, number],
  );
  return <div className="draft-text" ref={draw} />;
});

/** What a clause was linked to, beside it. */
function Links({ links }: { links: readonly LinkOf[] }) {
  const { process } = useWorkspace();
  const library = useQuery(libraryQuery(process.id));
  const byId = useMemo(() => new Map((library.data ?? []).map((item) => [item.id, item])), [library.data]);
  if (links.length === 0) return null;
  return (
    <ul className="version-links" aria-label="Linked then">
      {links.map(({ key, recommendationId, relation }) => {
        const item = byId.get(recommendationId);
        const title = `${RELATION_LABELS[relation]}: ${item?.title ?? 'no longer in the library'}`;
        return (
          <li key={key} title={title}>
            {item ? (
              <Link
                to="/processes/$processId/recommendations/$recommendationId"
                params={{ processId: process.id, recommendationId }}
                className={relation === 'contrary' ? 'contrary' : undefined}
              >
                {item.reference}
              </Link>
            ) : (
              <span className="muted">{library.isPending ? '…' : 'Gone'}</span>
            )}
            {relation === 'contrary' && <span className="muted"> contrary</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** A version to read: its text as the draft shows it, with the links it had. The address may name a clause. */
export function VersionText({ state: { view, text } }: { state: VersionState }) {
  const { process } = useWorkspace();
  const library = useQuery(libraryQuery(process.id));
  const { hash } = useLocation();
  const named = useRef<HTMLDivElement>(null);
  const { byClause } = useMemo(
    () => indexed(followMerges(view.links.links, library.data ?? [])),
    [view, library.data],
  );
  // The text comes after the page: only now there is something to go to.
  useEffect(() => {
    if (hash !== '') named.current?.scrollIntoView({ block: 'center' });
  }, [hash]);
  const blocks = placedBlocks(text).filter(({ node }) => node.textContent.trim() !== '');
  if (blocks.length === 0) return <p className="empty">The text was empty.</p>;
  return (
    <div className="version-text">
      {blocks.map(({ node, id, index }) => (
        <div
          key={id ?? index}
          className="version-block"
          {...(id !== null && id === hash ? { ref: named, 'data-here': '' } : {})}
        >
          <Words node={node} number={id === null ? undefined : view.numbers.get(id)} />
          <Links links={(id !== null && byClause.get(id)) || []} />
        </div>
      ))}
    </div>
  );
}
