import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import type { DraftPageView } from '@zerodraft/contract';
import { useRef } from 'react';
import { draftQuery } from '../api.ts';
import { isClosed } from '../api-client.ts';
import { SetAsideBanner } from '../session/set-aside-banner.tsx';
import { WorkspaceContext } from '../session/use-draft.tsx';
import { useDraftSession } from '../session/use-draft-session.ts';
import { LostAccess } from './lost-access.tsx';
import { RightsNotice } from './rights-notice.tsx';
import { WorkspaceHeader } from './workspace-header.tsx';

/** Everything around one open draft: its session lives as long as this page. */
export function Workspace() {
  const { draftId } = useParams({ from: '/session/signed-in/drafts/$draftId' });
  const { data, error, isPending } = useQuery(draftQuery(draftId));
  const wasOpen = useRef(false);
  if (isPending) return <p className="splash">Opening the draft…</p>;
  // Offline, what is known stays; what the server has closed is closed.
  if (isClosed(error)) return <LostAccess draftId={draftId} error={error} wasOpen={wasOpen.current} />;
  if (!data)
    return (
      <div className="splash" role="alert">
        <p>The draft could not be opened: {error?.message}</p>
        <Link to="/" className="button">
          All processes
        </Link>
      </div>
    );
  wasOpen.current = true;
  return <OpenDraft key={draftId} view={data} />;
}

/** Other rights come while the draft is open: the document, and all that is typed around it, stay. */
function OpenDraft({ view }: { view: DraftPageView }) {
  const { session, setAside, dismiss } = useDraftSession(view);
  if (session === null) return <p className="splash">Opening the draft…</p>;
  return (
    <WorkspaceContext.Provider
      value={{ session, draft: view.draft, process: view.process, viewer: view.viewer }}
    >
      <div className="workspace">
        <title>{`${view.draft.title} · Zerodraft`}</title>
        <WorkspaceHeader />
        <RightsNotice />
        {setAside && <SetAsideBanner setAside={setAside} onDismiss={dismiss} />}
        <Outlet />
      </div>
    </WorkspaceContext.Provider>
  );
}
