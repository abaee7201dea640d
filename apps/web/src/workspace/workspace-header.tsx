import { useQuery } from '@tanstack/react-query';
import { Link, useMatch } from '@tanstack/react-router';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { sessionQuery } from '../api.ts';
import { InboxBell } from '../inbox/inbox-bell.tsx';
import type { SaveStatus } from '../session/save-status.ts';
import { useClauseOrder, useMay, usePresent, useSaveStatus, useWorkspace } from '../session/use-draft.tsx';
import { ShareDialog } from '../sharing/share-dialog.tsx';
import { firstSection } from '../sheet/sheet-sections.ts';
import { AccountMenu } from '../shell/account-menu.tsx';
import { HomeLink } from '../shell/page.tsx';
import { capacity } from '../ui/people.ts';

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
  return (
    <output className={`save-status save-${status.kind}`} data-testid="save-status">
      {textOf(status)}
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

/** Above an open draft: where one is, whether it is saved, who else is here. */
export function WorkspaceHeader() {
  const { draft, process, viewer } = useWorkspace();
  const { data } = useQuery(sessionQuery);
  const mayShare = useMay('share.manage');
  const [sharing, setSharing] = useState(false);
  const params = { draftId: draft.id };
  const firstSheet = firstSection(useClauseOrder());
  const onSheet = useMatch({
    from: '/session/signed-in/drafts/$draftId/sheet/$sectionId',
    shouldThrow: false,
  });
  return (
    <header className="header">
      <HomeLink />
      <div className="header-title">
        <strong>{draft.title}</strong>
        <span>
          <Link to="/processes/$processId" params={{ processId: process.id }}>
            {process.name}
          </Link>
          {data?.demo && <em className="demo-badge">Demo</em>}
        </span>
      </div>
      <nav aria-label="Views">
        <Link to="/drafts/$draftId" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          Draft
        </Link>
        <Link to="/drafts/$draftId/coverage" params={params} activeOptions={{ includeSearch: false }}>
          Coverage
        </Link>
        <Link to="/drafts/$draftId/versions" params={params} activeOptions={{ includeSearch: false }}>
          Versions
        </Link>
        <Link
          to="/drafts/$draftId/sheet/$sectionId"
          params={{ ...params, sectionId: firstSheet }}
          activeOptions={{ exact: true, includeSearch: false }}
          {...(onSheet ? { className: 'active', 'aria-current': 'page' as const } : {})}
        >
          Sheet
        </Link>
      </nav>
      <SaveStatusText />
      <PresentPeople />
      {mayShare && (
        <button type="button" className="button" onClick={() => setSharing(true)}>
          <Share2 size={15} aria-hidden="true" /> Share
        </button>
      )}
      <InboxBell />
      <AccountMenu detail={capacity(viewer)} />
      {sharing && <ShareDialog draft={draft} onClose={() => setSharing(false)} />}
    </header>
  );
}
