import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { ROLE_LABELS } from '@zerodraft/contract';
import { LogOut } from 'lucide-react';
import { ApiError, draftQuery, queryClient, sessionQuery, signOut } from './api.ts';
import type { SaveStatus } from './session/save-status.ts';
import { SetAsideBanner } from './session/set-aside-banner.tsx';
import { usePresent, useSaveStatus, useWorkspace, WorkspaceContext } from './session/use-draft.tsx';
import { useDraftSession } from './session/use-draft-session.ts';

function textOf(status: SaveStatus): string {
  switch (status.kind) {
    case 'connecting':
      return 'Connecting…';
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving…';
    case 'offline':
      return status.unsent === 0
        ? 'Offline'
        : `Offline: ${status.unsent} unsent ${status.unsent === 1 ? 'change' : 'changes'} kept on this device`;
    case 'failing':
      return `The server cannot save: ${status.reason}`;
    case 'lagging': {
      const since = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(status.since);
      return `The server has not saved since ${since}; your changes are kept on this device`;
    }
  }
}

function SaveStatusText() {
  const status = useSaveStatus();
  const shown = textOf(status);
  return (
    <output className={`save-status save-${status.kind}`} data-testid="save-status">
      {shown}
    </output>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('');
}

function PresentPeople() {
  const people = usePresent();
  return (
    <ul className="present" aria-label="Here now">
      {people.map((person) => (
        <li key={person.id} style={{ backgroundColor: person.color }} title={person.name}>
          <span aria-hidden="true">{initials(person.name)}</span>
          <span className="visually-hidden">{person.name}</span>
        </li>
      ))}
    </ul>
  );
}

function Header() {
  const { session, draft, process } = useWorkspace();
  const { data } = useQuery(sessionQuery);
  const params = { draftId: session.draft.id };
  const leave = async (): Promise<void> => {
    await signOut();
    queryClient.clear();
    window.location.assign('/');
  };
  return (
    <header className="header">
      <div className="header-title">
        <strong>{draft.title}</strong>
        <span>
          {process.name}
          {data?.demo && <em className="demo-badge">Demo</em>}
        </span>
      </div>
      <nav aria-label="Views">
        <Link to="/drafts/$draftId" params={params} activeOptions={{ exact: true }}>
          Draft
        </Link>
        <Link to="/drafts/$draftId/coverage" params={params}>
          Coverage
        </Link>
      </nav>
      <SaveStatusText />
      <PresentPeople />
      <div className="viewer">
        <span>
          <strong>{session.viewer.name}</strong>
          <small>{ROLE_LABELS[session.viewer.role]}</small>
        </span>
        <button type="button" className="icon-button" aria-label="Sign out" onClick={leave}>
          <LogOut size={16} aria-hidden="true" />
        </button>
      </div>
    </header>
  );
}

/** Everything around one open draft: its session lives as long as this page. */
export function Workspace() {
  const { draftId } = useParams({ from: '/drafts/$draftId' });
  const { data: known, error, isPending } = useQuery(draftQuery(draftId));
  // Offline, what is known stays; what the server has closed is closed.
  const refused = error instanceof ApiError && [401, 403, 404].includes(error.status) ? error : null;
  const data = refused ? undefined : known;
  const { session, setAside, dismiss } = useDraftSession(data);
  if (isPending) return <p className="splash">Opening the draft…</p>;
  if (refused) return <p className="splash">{refused.message}</p>;
  if (!data) return <p className="splash">There is no such draft, or it is not open to you.</p>;
  if (session === null) return <p className="splash">Opening the draft…</p>;
  return (
    <WorkspaceContext.Provider value={{ session, draft: data.draft, process: data.process }}>
      <div className="workspace">
        <Header />
        {setAside && <SetAsideBanner setAside={setAside} onDismiss={dismiss} />}
        <Outlet />
      </div>
    </WorkspaceContext.Provider>
  );
}
