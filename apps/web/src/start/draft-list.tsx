import { Link } from '@tanstack/react-router';
import { type ProcessView, ROLE_LABELS } from '@zerodraft/contract';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { When } from '../ui/moments.tsx';
import { LifecycleMenu } from './lifecycle-menu.tsx';
import { NewDraftDialog } from './new-draft-dialog.tsx';
import { mayIn } from './rights.ts';

type Entry = ProcessView['drafts'][number];

function DraftRow({ view, entry }: { view: ProcessView; entry: Entry }) {
  const { draft, viewer } = entry;
  return (
    <li className="item draft-row">
      <div>
        <Link to="/drafts/$draftId" params={{ draftId: draft.id }} className="draft-link">
          {draft.title}
        </Link>
        <p className="muted">
          Edited <When at={draft.editedAt} />
          {viewer.role !== view.viewer.role && <>, you are {ROLE_LABELS[viewer.role].toLowerCase()} here</>}
          {draft.state === 'archived' && (
            <>
              , archived <When at={draft.stateSince} />
            </>
          )}
        </p>
      </div>
      {mayIn(view, 'draft.manage', draft) && <LifecycleMenu thing={{ kind: 'draft', object: draft }} />}
    </li>
  );
}

/** The drafts of one process, and the way to a new one. */
export function DraftList({ view }: { view: ProcessView }) {
  const [making, setMaking] = useState(false);
  const { process } = view;
  const active = view.drafts.filter(({ draft }) => draft.state === 'active');
  const archived = view.drafts.filter(({ draft }) => draft.state === 'archived');
  const mayMake = mayIn(view, 'draft.create');
  return (
    <>
      {active.length === 0 && (
        <p className="empty">
          {mayMake
            ? 'No draft yet. Make one, blank or from another’s text.'
            : archived.length > 0
              ? 'No draft is in work.'
              : 'No draft is open to you here yet.'}
        </p>
      )}
      {active.length > 0 && (
        <ul className="items" aria-label={`Drafts of ${process.name}`}>
          {active.map((entry) => (
            <DraftRow key={entry.draft.id} view={view} entry={entry} />
          ))}
        </ul>
      )}
      {archived.length > 0 && (
        <details className="more">
          <summary>Archived drafts ({archived.length})</summary>
          <ul className="items" aria-label={`Archived drafts of ${process.name}`}>
            {archived.map((entry) => (
              <DraftRow key={entry.draft.id} view={view} entry={entry} />
            ))}
          </ul>
        </details>
      )}
      {mayMake && (
        <button type="button" className="button new-draft" onClick={() => setMaking(true)}>
          <Plus size={15} aria-hidden="true" /> New draft
          <span className="visually-hidden"> in {process.name}</span>
        </button>
      )}
      {making && <NewDraftDialog view={view} onClose={() => setMaking(false)} />}
    </>
  );
}
