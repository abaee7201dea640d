import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProcessView } from '@zerodraft/contract';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { processesQuery } from '../api.ts';
import { Page } from '../shell/page.tsx';
import { useAccount } from '../shell/signed-in.tsx';
import { Problem } from '../ui/field.tsx';
import { When } from '../ui/moments.tsx';
import { capacity } from '../ui/people.ts';
import { binned } from './bin-page.tsx';
import { DraftList } from './draft-list.tsx';
import { LifecycleMenu } from './lifecycle-menu.tsx';
import { NewProcessDialog } from './new-process-dialog.tsx';
import { mayIn } from './rights.ts';

const RECENT = 4;

/** The drafts that the person was in last, or that were edited last, across processes. */
function RecentDrafts({ processes }: { processes: readonly ProcessView[] }) {
  const recent = processes
    .filter(({ process }) => process.state === 'active')
    .flatMap(({ process, drafts }) => drafts.map(({ draft }) => ({ process, draft })))
    .filter(({ draft }) => draft.state === 'active')
    .sort((a, b) =>
      (a.draft.openedAt ?? a.draft.editedAt) < (b.draft.openedAt ?? b.draft.editedAt) ? 1 : -1,
    )
    .slice(0, RECENT);
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="recent" className="recent">
      <h2 id="recent">Recent drafts</h2>
      <ul>
        {recent.map(({ process, draft }) => (
          <li key={draft.id}>
            <Link to="/drafts/$draftId" params={{ draftId: draft.id }}>
              <strong>{draft.title}</strong>
              <span>{process.name}</span>
              <small>
                {draft.openedAt ? (
                  <>
                    You were here <When at={draft.openedAt} />
                  </>
                ) : (
                  <>
                    Edited <When at={draft.editedAt} />
                  </>
                )}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ProcessCard({ view }: { view: ProcessView }) {
  const { process, viewer } = view;
  return (
    <li className="process-card" data-testid="process">
      <header>
        <div>
          <h3>
            <Link to="/processes/$processId" params={{ processId: process.id }}>
              {process.name}
            </Link>
          </h3>
          <p className="muted">{capacity(viewer)}</p>
        </div>
        {mayIn(view, 'process.manage') && <LifecycleMenu thing={{ kind: 'process', object: process }} />}
      </header>
      <DraftList view={view} />
    </li>
  );
}

function NoProcess() {
  const { email, mayCreateProcesses } = useAccount();
  return (
    <div className="first-steps">
      <h2>No process yet</h2>
      {mayCreateProcesses ? (
        <p>
          A process holds the drafts, the people and the rounds of one negotiation. Make the first: name it,
          say by which themes its recommendations are sorted, then invite people.
        </p>
      ) : (
        <p>You are in no process. Whoever runs one invites you by email, under {email}.</p>
      )}
    </div>
  );
}

/** Where everybody begins: recent drafts, and the processes with theirs. */
export function StartPage() {
  const { mayCreateProcesses } = useAccount();
  const processes = useQuery(processesQuery);
  const [making, setMaking] = useState(false);
  const all = processes.data ?? [];
  const kept = all.filter(({ process }) => process.state !== 'deleted');
  const active = kept.filter(({ process }) => process.state === 'active');
  const archived = kept.filter(({ process }) => process.state === 'archived');
  const inBin = binned(all).length;
  return (
    <Page title="Start">
      <div className="page-head">
        <h1>Drafts and processes</h1>
        {mayCreateProcesses && (
          <button type="button" className="button button-primary" onClick={() => setMaking(true)}>
            <Plus size={15} aria-hidden="true" /> New process
          </button>
        )}
      </div>
      <Problem>{processes.error?.message}</Problem>
      {processes.isPending && <p className="empty">Fetching your processes…</p>}
      {processes.data && kept.length === 0 && <NoProcess />}
      <RecentDrafts processes={kept} />
      {active.length > 0 && (
        <section aria-labelledby="processes" className="processes">
          <h2 id="processes">Processes</h2>
          <ul>
            {active.map((view) => (
              <ProcessCard key={view.process.id} view={view} />
            ))}
          </ul>
        </section>
      )}
      {archived.length > 0 && (
        <details className="processes more">
          <summary>Archived processes ({archived.length})</summary>
          <ul>
            {archived.map((view) => (
              <ProcessCard key={view.process.id} view={view} />
            ))}
          </ul>
        </details>
      )}
      {inBin > 0 && (
        <Link to="/bin" className="bin-link">
          <Trash2 size={15} aria-hidden="true" /> Bin ({inBin})
        </Link>
      )}
      {making && <NewProcessDialog processes={kept} onClose={() => setMaking(false)} />}
    </Page>
  );
}
