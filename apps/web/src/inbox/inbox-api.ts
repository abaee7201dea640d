import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { done, notificationList, unreadCount } from '@zerodraft/contract';
import { ASK_ALWAYS, askAnew, client, read } from '../api-client.ts';

/** Outside a draft no socket tells of news; inside one it tells of that draft alone. */
const INTERVAL = 60_000;

/** How many notifications are unread; a draft's socket refreshes it by the first part of its key. */
export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  queryFn: async () => (await read(await client.notifications.unread.$get(), unreadCount)).unread,
  refetchInterval: INTERVAL,
  refetchOnWindowFocus: 'always',
});

/** The inbox page by page, the newest first. */
export const inboxPages = (unreadOnly: boolean) =>
  infiniteQueryOptions({
    ...ASK_ALWAYS,
    queryKey: ['notifications', 'list', unreadOnly],
    queryFn: async ({ pageParam }) => {
      const query = {
        ...(pageParam === null ? {} : { before: String(pageParam) }),
        ...(unreadOnly ? { unread: 'true' as const } : {}),
      };
      return read(await client.notifications.$get({ query }), notificationList);
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: INTERVAL,
    refetchOnWindowFocus: 'always',
  });

/** Marks notifications as read: these, or all. */
export async function markNotificationsRead(ids: number[] | null): Promise<void> {
  await read(await client.notifications.read.$put({ json: { ids } }), done);
  await askAnew(['notifications']);
}
