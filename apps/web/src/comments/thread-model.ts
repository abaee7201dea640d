import type { Comment, Thread, Viewer } from '@zerodraft/contract';

/** A comment somebody else wrote after one last read the thread. */
export function isUnread({ author, createdAt, deleted }: Comment, thread: Thread, viewerId: string): boolean {
  return author.id !== viewerId && deleted === null && createdAt > (thread.readUpTo ?? '');
}

/** How many comments of a thread one has not read. */
export function unreadOf(thread: Thread, viewerId: string): number {
  return thread.comments.filter((comment) => isUnread(comment, thread, viewerId)).length;
}

const standing = ({ comments }: Thread): Comment[] => comments.filter(({ deleted }) => deleted === null);

/** Open, and nobody but who began it has written. */
export function isUnanswered(thread: Thread): boolean {
  return thread.state === 'open' && standing(thread).every(({ author }) => author.id === thread.createdBy.id);
}

/** One began it, wrote in it or is to see to it. */
export function isMine(thread: Thread, viewerId: string): boolean {
  return (
    thread.createdBy.id === viewerId ||
    thread.assignee?.id === viewerId ||
    standing(thread).some(({ author }) => author.id === viewerId)
  );
}

/** A comment names the person, or the organisation they are here for. */
export function mentions(thread: Thread, { id, organisation }: Pick<Viewer, 'id' | 'organisation'>): boolean {
  const tokens = [`@[person:${id}]`, ...(organisation ? [`@[organisation:${organisation}]`] : [])];
  return standing(thread).some(({ body }) => tokens.some((token) => body.includes(token)));
}

/** For whom the comments of a thread were written; null stands for who is here for nobody. */
export function organisationsOf(thread: Thread): Set<string | null> {
  return new Set(thread.comments.map(({ author }) => author.organisation));
}

/** When something last happened in a thread. */
export function lastActivity(thread: Thread): string {
  const last = thread.comments.at(-1)?.createdAt ?? thread.createdAt;
  const decided = thread.decided?.at ?? '';
  return [decided, last].sort().at(-1) ?? last;
}
