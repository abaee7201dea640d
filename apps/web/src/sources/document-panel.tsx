import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Citation } from '@zerodraft/contract';
import { addLink } from '@zerodraft/trace';
import { ArrowLeft, ExternalLink, Link2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { libraryQuery } from '../api.ts';
import { useLinks } from '../library/use-links.ts';
import { versionSeen } from '../links/link-acts.ts';
import { asUndoStep } from '../session/undo-step.ts';
import { useClauseOrder, useMay, useWorkspace } from '../session/use-draft.tsx';
import { Problem } from '../ui/field.tsx';
import { DocumentReader, type Place } from './reader/document-reader.tsx';
import type { LinkTo } from './reader/recommend-dialog.tsx';
import { describe } from './source-details.ts';
import { NoText } from './source-state.tsx';
import { sourceQuery } from './sources-api.ts';

/** A document beside the draft: read at a passage, quoted, and linked to the clause that is worked on. */
export function DocumentPanel({
  sourceId,
  recommendationId,
  clauseId,
  onBack,
  onFind,
}: {
  sourceId: string;
  /** The recommendation that it is opened for, if for one. */
  recommendationId: string | null;
  /** The clause that links go to. */
  clauseId: string | null;
  onBack: () => void;
  /** Looks a recommendation up in the library. */
  onFind: (reference: string) => void;
}) {
  const { session, process } = useWorkspace();
  const { byRecommendation } = useLinks();
  const { numbers } = useClauseOrder();
  const mayEdit = useMay('draft.edit');
  const mayMake = useMay('recommendation.edit');
  const manages = useMay('source.manage');
  const [place, setPlace] = useState<Place>({ n: null, recommendationId });
  const back = useRef<HTMLButtonElement>(null);
  const { data, error } = useQuery(sourceQuery(process.id, sourceId));
  const library = useQuery(libraryQuery(process.id));
  // What opened it is hidden now: the keyboard goes on from here.
  useEffect(() => back.current?.focus(), []);

  const citation = (clauseId && numbers.get(clauseId)?.citation) || null;
  const linkTo: LinkTo | null =
    mayEdit && clauseId && citation
      ? {
          citation,
          link: (id) =>
            asUndoStep(session, () =>
              addLink(session.doc, {
                clauseId,
                recommendationId: id,
                relation: 'adapted',
                ...versionSeen(library.data, id),
              }),
            ),
        }
      : null;
  const actions = ({ id, reference }: Citation) => {
    const links = byRecommendation.get(id) ?? [];
    const linked = links.map((link) => numbers.get(link.clauseId)?.citation).filter(Boolean);
    return (
      <>
        {linked.length > 0 && <p className="muted">Linked to {linked.join(', ')}</p>}
        <div className="row">
          {linkTo && !links.some((link) => link.clauseId === clauseId) && (
            <button type="button" className="button" onClick={() => linkTo.link(id)}>
              <Link2 size={14} aria-hidden="true" /> Link to {citation}
            </button>
          )}
          <button type="button" className="button" onClick={() => onFind(reference)}>
            Show in the library
          </button>
        </div>
      </>
    );
  };

  return (
    <section className="document-panel" aria-label="Source">
      <header className="panel-head">
        <button type="button" className="button" ref={back} onClick={onBack}>
          <ArrowLeft size={15} aria-hidden="true" /> Library
        </button>
        {data && (
          <div>
            <h2 dir="auto">{data.source.title || 'Without a title'}</h2>
            <p className="muted">{describe(data.source)}</p>
          </div>
        )}
        <Link
          to="/processes/$processId/sources/$sourceId"
          params={{ processId: process.id, sourceId }}
          search={{ r: place.recommendationId ?? undefined, p: place.n ?? undefined }}
          target="_blank"
          className="icon-button"
          aria-label="Open the source in a tab of its own"
        >
          <ExternalLink size={16} aria-hidden="true" />
        </Link>
      </header>
      <Problem>{error?.message}</Problem>
      {!data && !error && <p className="splash">Opening the source…</p>}
      {data &&
        (data.source.state === 'read' ? (
          <DocumentReader
            key={data.source.fileHash}
            process={process}
            source={data.source}
            citations={data.citations}
            place={place}
            onPlace={setPlace}
            mayMake={mayMake}
            linkTo={linkTo}
            actions={actions}
          />
        ) : (
          <NoText source={data.source} processId={process.id} manages={manages} />
        ))}
    </section>
  );
}
