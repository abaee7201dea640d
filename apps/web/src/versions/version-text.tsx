import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Block } from '@zerodraft/schema';
import { followMerges, RELATION_LABELS } from '@zerodraft/trace';
import { useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import { type DraftView, indexed } from '../session/draft-view.ts';
import { useWorkspace } from '../session/use-draft.tsx';

function Words({ block, label }: { block: Block; label: string }) {
  const { kind, text } = block;
  if (kind === 'title') return <h3 className="version-title">{text}</h3>;
  if (kind === 'section') return <h4 className="version-section">{text}</h4>;
  const number = label && <span className="version-number">{label}</span>;
  if (kind === 'objective')
    return (
      <h5 className="version-objective">
        {label && `${label}. `}
        {text}
      </h5>
    );
  return (
    <p data-kind={kind}>
      {number}
      {text}
    </p>
  );
}

/** A version to read: its text with the numbers and the links it had. */
export function VersionText({ view }: { view: DraftView }) {
  const { process } = useWorkspace();
  const library = useQuery(libraryQuery(process.id));
  const byId = useMemo(() => new Map((library.data ?? []).map((item) => [item.id, item])), [library.data]);
  const { byClause } = useMemo(
    () => indexed(followMerges(view.links.links, library.data ?? [])),
    [view, library.data],
  );
  return (
    <div className="version-text">
      {view.blocks
        .filter(({ text }) => text.trim() !== '')
        .map((block) => (
          <div key={block.id} className="version-block">
            <Words block={block} label={view.numbers.get(block.id)?.label ?? ''} />
            <ul className="version-links" aria-label="Linked then">
              {(byClause.get(block.id) ?? []).map(({ key, recommendationId, relation }) => {
                const item = byId.get(recommendationId);
                const title = `${RELATION_LABELS[relation]}: ${item?.title ?? 'no longer in the library'}`;
                return (
                  <li key={key} title={title}>
                    <Link
                      to="/processes/$processId/recommendations/$recommendationId"
                      params={{ processId: process.id, recommendationId }}
                      className={relation === 'contrary' ? 'contrary' : undefined}
                    >
                      {item?.reference ?? 'Gone'}
                    </Link>
                    {relation === 'contrary' && <span className="muted"> contrary</span>}
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
    </div>
  );
}
