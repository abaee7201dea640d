import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { queryClient } from '../api-client.ts';
import { unreadQuery } from './inbox-api.ts';

/** The way to the inbox, on every page, with how many notifications are unread. */
export function InboxBell() {
  const { data: unread = null } = useQuery(unreadQuery);
  const known = useRef<number | null>(null);
  const [news, setNews] = useState('');
  useEffect(() => {
    if (unread === null) return;
    // What one finds on arrival is no news.
    if (known.current !== null && unread > known.current) setNews(`${unread} unread in your inbox`);
    // A list that was asked for just before does not have it yet.
    if (known.current !== null && unread !== known.current)
      void queryClient.invalidateQueries({ queryKey: ['notifications', 'list'] });
    known.current = unread;
  }, [unread]);
  const count = unread ?? 0;
  return (
    <>
      <Link
        to="/inbox"
        className="icon-button inbox-bell"
        aria-label={count > 0 ? `Inbox, ${count} unread` : 'Inbox'}
      >
        <Bell size={18} aria-hidden="true" />
        {count > 0 && <span aria-hidden="true">{count > 99 ? '99+' : count}</span>}
      </Link>
      <span role="status" className="visually-hidden">
        {news}
      </span>
    </>
  );
}
