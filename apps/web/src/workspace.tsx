import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { ROLE_LABELS } from '@zerodraft/contract';
import { LogOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { draftQuery, queryClient, sessionQuery, signOut } from './api.ts';
import { DraftSession } from './session/draft-session.ts';
import {
  usePresent,
  useRefusal,
  useSaveStatus,
  useWorkspace,
  WorkspaceContext,
} from './session/use-draft.tsx';

function SaveStatusText() {
  const status = useSaveStatus();
  const text = {
    connecting: () => 'Connecting…',
    saved: () => 'Saved',
    saving: () => 'Saving…',
    offline: (unsent: number) =>
      unsent === 0
        ? 'Offline'
        : `Offline: ${unsent} unsent ${unsent === 1 ? 'change' : 'changes'} kept on this device`,
    failing: (reason: string) => `The server cannot save: ${reason}`,
  };
  const shown =
    status.kind === 'offline'
      ? text.offline(status.unsent)
      : status.kind === 'failing'
        ? text.failing(status.reason)
        : text[status.kind]();
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
  const refusal = useRefusal();
  const params = { draftId: session.draft.id };
  const leave = async (): Promise<void> => {
    await signOut();
    queryClient.clear();
    window.location.assign('/');
  };
  return (
    <>
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
      {refusal && (
        <div className="banner" role="alert">
          <p>
            {refusal} What you wrote since is kept on this device only; copy what you need, then go back to
            the server’s text.
          </p>
          <button type="button" className="button" onClick={() => void session.discard()}>
            Discard my changes
          </button>
        </div>
      )}
    </>
  );
}

/** Everything around one open draft: its session lives as long as this page. */
export function Workspace() {
  const { draftId } = useParams({ from: '/drafts/$draftId' });
  const { data, isPending } = useQuery(draftQuery(draftId));
  const [session, setSession] = useState<DraftSession | null>(null);
  const latest = useRef(data);
  latest.current = data;
  // A new name of the draft is no reason to open it again; another generation, role or state is.
  const identity =
    data &&
    [
      data.draft.id,
      data.draft.generation,
      data.viewer.id,
      data.viewer.role,
      data.draft.state,
      data.process.state,
    ].join('/');
  useEffect(() => {
    if (identity === undefined || !latest.current) return;
    const opened = new DraftSession(latest.current.draft, latest.current.viewer);
    setSession(opened);
    return () => {
      setSession(null);
      opened.destroy();
    };
  }, [identity]);
  if (isPending) return <p className="splash">Opening the draft…</p>;
  if (!data) return <p className="splash">There is no such draft, or it is not open to you.</p>;
  if (session === null) return <p className="splash">Opening the draft…</p>;
  return (
    <WorkspaceContext.Provider value={{ session, draft: data.draft, process: data.process }}>
      <div className="workspace">
        <Header />
        <Outlet />
      </div>
    </WorkspaceContext.Provider>
  );
}
