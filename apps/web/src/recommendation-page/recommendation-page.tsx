import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { RecommendationPage as Recommendation } from '@zerodraft/contract';
import { DISPOSITION_LABELS, dispositionOf } from '@zerodraft/trace';
import { Link2, Pencil } from 'lucide-react';
import { useState } from 'react';
import { isClosed } from '../api-client.ts';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { LikelyClauses } from '../suggestions/likely-clauses.tsx';
import { taxonomiesQuery } from '../taxonomies/taxonomies-api.ts';
import { copyAddress } from '../ui/copy-address.ts';
import { Confirm } from '../ui/dialog.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { Discussion } from './discussion.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { LinkedClauses } from './linked-clauses.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { deleteRecommendation, linksQuery, pageQuery, refreshRecommendations } from './recommendation-api.ts';
import { Standing } from './standing.tsx';
import { UndoDialog } from './undo-dialog.tsx';
import { editingOf, useEditing } from './use-edit.ts';

/** The words of its source that it was made from; a click opens the document there. */
function Passage({ page, processId }: { page: Recommendation; processId: string }) {
  const { passage, sourceId, language } = page;
  if (passage === null || sourceId === null) return null;
  const { from, to, quote } = passage;
  const where = from.n === to.n ? `paragraph ${from.n}` : `paragraphs ${from.n} to ${to.n}`;
  return (
    <figure className="passage">
      <blockquote dir="auto" lang={language || undefined}>
        {quote}
      </blockquote>
      <figcaption>
        <Link
          to="/processes/$processId/sources/$sourceId"
          params={{ processId, sourceId }}
          search={{ r: page.id }}
        >
          Open the source at this passage
        </Link>
        <span className="muted">{where}</span>
      </figcaption>
    </figure>
  );
}

/** What became of it: as decided, or as its links say. */
function Disposition({ page, onEdit }: { page: Recommendation; onEdit: (() => void) | null }) {
  const { process } = useProcess();
  const { data: links } = useQuery(linksQuery(process.id, page.id));
  const effective = dispositionOf(page.disposition, (links?.length ?? 0) > 0);
  return (
    <section aria-labelledby="disposition-title">
      <h3 id="disposition-title" className="section-title">
        What became of it
      </h3>
      <p className="disposition">
        <span className="chip" data-disposition={effective}>
          {DISPOSITION_LABELS[effective]}
        </span>
        {effective !== page.disposition && <span className="muted">by its links</span>}
        {onEdit && (
          <button type="button" className="button" aria-label="Change what became of it" onClick={onEdit}>
            Change
          </button>
        )}
      </p>
      {page.dispositionReason && (
        <p className="disposition-reason" dir="auto">
          {page.dispositionReason}
        </p>
      )}
    </section>
  );
}

/** What was merged into it, each with a page of its own still. */
function Merged({ page, processId }: { page: Recommendation; processId: string }) {
  if (page.merged.length === 0) return null;
  return (
    <section aria-labelledby="merged-title">
      <h3 id="merged-title" className="section-title">
        Merged into it <span className="count">{page.merged.length}</span>
      </h3>
      <ul className="merged-list">
        {page.merged.map(({ id, reference, title }) => (
          <li key={id}>
            <Link
              to="/processes/$processId/recommendations/$recommendationId"
              params={{ processId, recommendationId: id }}
            >
              <span className="reference">{reference}</span>
              <bdi>{title}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Opened({ page }: { page: Recommendation }) {
  const view = useProcess();
  const { process, viewer } = view;
  const place = { processId: process.id, id: page.id };
  const kept = `${viewer.id}/${process.id}/recommendation/${page.id}`;
  const [edit, setEdit] = useEditing(`${kept}/edit`);
  const [decision, setDecision] = useEditing(`${kept}/disposition`);
  const [open, setOpen] = useState<'merge' | 'delete' | null>(null);
  const [done, setDone] = useState<{ batch: string; what: string; rows: number } | null>(null);
  const [undoing, setUndoing] = useState(false);
  const { data: terms } = useQuery(taxonomiesQuery(process.id));
  const stands = page.deletedAt === null && page.mergedInto === null;
  const mayEdit = mayIn(view, 'recommendation.edit');
  const edits = mayEdit && stands;
  const close = (): void => setOpen(null);
  const { reference, title, text, language } = page;
  return (
    <article className="recommendation" aria-labelledby="recommendation-title" data-standing={stands}>
      <header className="recommendation-head">
        <p className="recommendation-way">
          <Link to="/processes/$processId/library" params={{ processId: process.id }}>
            Library
          </Link>
          {' / '}
          <span className="reference">{reference}</span>
        </p>
        <div className="recommendation-tools">
          <button
            type="button"
            className="button"
            onClick={() =>
              void copyAddress(`/processes/${process.id}/recommendations/${page.id}`, `of ${reference}`)
            }
          >
            <Link2 size={15} aria-hidden="true" /> Copy link
          </button>
          {edits && (
            <button type="button" className="button" onClick={() => setEdit(editingOf(page))}>
              <Pencil size={15} aria-hidden="true" /> Edit
            </button>
          )}
          {edits && (
            <ItemMenu
              label={`More for ${reference}`}
              items={[
                { label: 'Merge others into it…', onSelect: () => setOpen('merge') },
                { label: 'Delete…', onSelect: () => setOpen('delete'), danger: true },
              ]}
            />
          )}
        </div>
        <h2 id="recommendation-title" dir="auto" lang={language || undefined}>
          {title}
        </h2>
      </header>
      <Standing processId={process.id} page={page} edits={mayEdit} />
      <div role="status" className="done-bar">
        {done && (
          <div className="callout callout-calm">
            <span>{done.what}</span>
            <button type="button" className="button" onClick={() => setUndoing(true)}>
              Undo
            </button>
          </div>
        )}
      </div>
      <div className="recommendation-columns">
        <div className="recommendation-main">
          <p className="recommendation-text" dir="auto" lang={language || undefined} data-testid="text">
            {text}
          </p>
          <Passage page={page} processId={process.id} />
          <LinkedClauses page={page} />
          {edits && <LikelyClauses processId={process.id} recommendationId={page.id} />}
          {mayIn(view, 'discussion.read') && <Discussion page={page} />}
        </div>
        <div className="recommendation-side">
          <Disposition page={page} onEdit={edits ? () => setDecision(editingOf(page)) : null} />
          <Facts page={page} />
          <Merged page={page} processId={process.id} />
        </div>
        {terms && <History processId={process.id} page={page} terms={terms} edits={mayEdit} />}
      </div>
      {edit && terms && (
        <EditDialog
          place={place}
          form={edit}
          onChange={setEdit}
          terms={terms}
          only={null}
          onClose={() => setEdit(null)}
        />
      )}
      {decision && terms && (
        <EditDialog
          place={place}
          form={decision}
          onChange={setDecision}
          terms={terms}
          only="disposition"
          onClose={() => setDecision(null)}
        />
      )}
      {open === 'merge' && (
        <MergeDialog
          processId={process.id}
          page={page}
          onDone={(batch, what, rows) => setDone({ batch, what, rows })}
          onClose={close}
        />
      )}
      {open === 'delete' && (
        <Confirm
          title={`Delete ${reference}?`}
          action="Delete"
          danger
          perform={async () => {
            try {
              await deleteRecommendation(process.id, page.id, page.version);
            } finally {
              await refreshRecommendations(process.id);
            }
          }}
          onClose={close}
        >
          It leaves the library, searches and counts. Its address still tells that it was here, and it can be
          brought back.
        </Confirm>
      )}
      {undoing && done && (
        <UndoDialog
          processId={process.id}
          batch={done.batch}
          rows={done.rows}
          onDone={() => setDone(null)}
          onClose={() => setUndoing(false)}
        />
      )}
    </article>
  );
}

/** One recommendation: what it says, where it comes from, what became of it. */
export function RecommendationPage() {
  const { processId, recommendationId } = useParams({
    from: '/session/signed-in/processes/$processId/recommendations/$recommendationId',
  });
  const { data, error, isPending } = useQuery(pageQuery(processId, recommendationId));
  if (isPending) return <p className="muted">Opening the recommendation…</p>;
  if (!data || isClosed(error))
    return (
      <div className="missing">
        <h2>There is no such recommendation</h2>
        <p role="alert">{error?.message ?? 'It is not there, or not open to you.'}</p>
        <Link to="/processes/$processId/library" params={{ processId }} className="button">
          To the library
        </Link>
      </div>
    );
  return <Opened key={data.id} page={data} />;
}
