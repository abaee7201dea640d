import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useMatch, useParams } from '@tanstack/react-router';
import { explain, mayEver, type ProcessView } from '@zerodraft/contract';
import { createContext, useContext } from 'react';
import { processQuery } from '../api.ts';
import { isClosed } from '../api-client.ts';
import { Missing, Page } from '../shell/page.tsx';
import { capacity } from '../ui/people.ts';
import { DraftList } from './draft-list.tsx';
import { LifecycleMenu } from './lifecycle-menu.tsx';
import { mayIn } from './rights.ts';

const ProcessContext = createContext<ProcessView | null>(null);

/** The process whose page is open. */
export function useProcess(): ProcessView {
  const view = useContext(ProcessContext);
  if (view === null) throw new Error('useProcess stands outside a process');
  return view;
}

function Tabs({ view }: { view: ProcessView }) {
  const { viewer, process } = view;
  const params = { processId: process.id };
  // One of its recommendations is a part of the library.
  const inLibrary = useMatch({
    from: '/session/signed-in/processes/$processId/recommendations/$recommendationId',
    shouldThrow: false,
  });
  return (
    <nav className="subnav" aria-label="Process">
      <Link to="/processes/$processId" params={params} activeOptions={{ exact: true }}>
        Drafts
      </Link>
      {mayIn(view, 'member.read') && (
        <Link to="/processes/$processId/members" params={params}>
          Members
        </Link>
      )}
      {mayIn(view, 'recommendation.read') && (
        <Link to="/processes/$processId/library" params={params} className={inLibrary ? 'active' : undefined}>
          Library
        </Link>
      )}
      {mayIn(view, 'source.read') && (
        <Link to="/processes/$processId/sources" params={params}>
          Sources
        </Link>
      )}
      {mayIn(view, 'deposit.read') && (
        <Link to="/processes/$processId/triage" params={params}>
          Triage
        </Link>
      )}
      {mayIn(view, 'taxonomy.manage') && (
        <Link to="/processes/$processId/taxonomies" params={params}>
          Taxonomies
        </Link>
      )}
      <Link to="/processes/$processId/rounds" params={params}>
        Rounds
      </Link>
      {mayEver(viewer.role, 'audit.read') && (
        <Link to="/processes/$processId/audit" params={params}>
          Audit log
        </Link>
      )}
      {mayEver(viewer.role, 'process.manage') && (
        <Link to="/processes/$processId/settings" params={params}>
          Settings
        </Link>
      )}
    </nav>
  );
}

/** What all pages of one process share: its name, its state, the way between them. */
export function ProcessLayout() {
  const { processId } = useParams({ from: '/session/signed-in/processes/$processId' });
  const { data: view, error, isPending } = useQuery(processQuery(processId));
  if (isPending) return <p className="splash">Opening the process…</p>;
  if (!view || isClosed(error))
    return (
      <Page title="Process">
        <Missing heading="There is no such process">
          <p>{error?.message ?? 'It is not there, or not open to you.'}</p>
        </Missing>
      </Page>
    );
  const { process, viewer } = view;
  const { state, stateSince } = process;
  return (
    <ProcessContext.Provider value={view}>
      <Page title={process.name} detail={capacity(viewer)}>
        <div className="page-head">
          <h1>{process.name}</h1>
          {mayIn(view, 'process.manage') && state !== 'deleted' && (
            <LifecycleMenu thing={{ kind: 'process', object: process }} />
          )}
        </div>
        {state === 'archived' && (
          <p className="callout">{explain({ code: 'archived', object: 'process', since: stateSince })}</p>
        )}
        {state === 'deleted' && (
          <p className="callout">
            This process is in the bin.{' '}
            {mayEver(viewer.role, 'process.manage') ? (
              <>
                <Link to="/bin">Go to the bin</Link> to restore it.
              </>
            ) : (
              'A facilitator can restore it.'
            )}
          </p>
        )}
        <Tabs view={view} />
        <Outlet />
      </Page>
    </ProcessContext.Provider>
  );
}

/** The drafts of a process. */
export function ProcessDrafts() {
  const view = useProcess();
  return (
    <section aria-labelledby="drafts-title">
      <h2 id="drafts-title" className="visually-hidden">
        Drafts
      </h2>
      <DraftList view={view} />
    </section>
  );
}
