import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { CheckCheck, Settings2 } from 'lucide-react';
import { useRef } from 'react';
import { Page } from '../shell/page.tsx';
import { Problem } from '../ui/field.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { notify } from '../ui/notices.tsx';
import { inboxPages, markNotificationsRead } from './inbox-api.ts';
import { InboxEntry } from './inbox-entry.tsx';

/** What others did that concerns the person, in all their drafts. */
export function InboxPage() {
  const { unread: unreadOnly = false } = useSearch({ from: '/session/signed-in/inbox' });
  const pages = useInfiniteQuery(inboxPages(unreadOnly));
  const heading = useRef<HTMLHeadingElement>(null);
  const marking = useMutation({ mutationFn: markNotificationsRead });
  const { mutate } = marking;
  const told = pages.data?.pages.flatMap(({ notifications }) => notifications) ?? [];
  const unread = pages.data?.pages[0]?.unread ?? 0;
  // The button that had the focus goes.
  const read = (id: number): void => mutate([id], { onSuccess: () => heading.current?.focus() });
  return (
    <Page title={unread > 0 ? `Inbox (${unread})` : 'Inbox'}>
      <div className="page-head">
        <h1 tabIndex={-1} ref={heading}>
          Inbox
        </h1>
        <Link to="/account" hash="mail" className="button">
          <Settings2 size={15} aria-hidden="true" /> Mail settings
        </Link>
        <button
          type="button"
          className="button"
          disabled={unread === 0 || marking.isPending}
          onClick={() =>
            mutate(null, {
              onSuccess: () => {
                notify('All is marked as read.');
                heading.current?.focus();
              },
            })
          }
        >
          <CheckCheck size={15} aria-hidden="true" /> Mark all as read
        </button>
      </div>
      <nav aria-label="Which" className="subnav inbox-which">
        <Link to="/inbox" activeOptions={{ exact: true, includeSearch: true }}>
          All
        </Link>
        <Link to="/inbox" search={{ unread: true }} activeOptions={{ exact: true, includeSearch: true }}>
          Unread{unread > 0 && ` (${unread})`}
        </Link>
      </nav>
      <Problem>{pages.error?.message ?? marking.error?.message}</Problem>
      <p className="visually-hidden" role="status">
        {pages.isPending ? 'Fetching your inbox…' : `${told.length} shown, ${unread} unread`}
      </p>
      {pages.data && told.length === 0 && (
        <div className="first-steps">
          <h2>{unreadOnly ? 'Nothing unread' : 'Nothing yet'}</h2>
          <p>
            {unreadOnly
              ? 'You have read all that others told you.'
              : 'Here you find who mentions you or your organisation, who replies where you wrote, what is decided on it, and what is assigned to you.'}
          </p>
        </div>
      )}
      <ul className="inbox" aria-label="Notifications">
        {told.map((entry) => (
          <InboxEntry key={entry.id} told={entry} onRead={read} onOpen={(id) => mutate([id])} />
        ))}
      </ul>
      <MoreButton pages={pages}>Show older ones</MoreButton>
    </Page>
  );
}
