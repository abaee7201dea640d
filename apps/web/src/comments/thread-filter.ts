import { isClosed, THREAD_STATES, type Thread, type ThreadState, type Viewer } from '@zerodraft/contract';
import { isMine, isUnanswered, lastActivity, mentions, organisationsOf, unreadOf } from './thread-model.ts';

/** A thread with where it stands in the draft. */
export interface ThreadRow {
  thread: Thread;
  /** Place in the order of the text; the draft as a whole comes first. */
  position: number;
  /** The heading it stands under; empty for none. */
  sectionId: string;
  /** The clause or heading itself. */
  blockId: string;
}

export const CONCERNS = ['all', 'unread', 'mine', 'mentioned', 'unanswered'] as const;
/** Which threads concern one: all, or those with something unread, one's own, those that name one, those nobody answered. */
export type Concern = (typeof CONCERNS)[number];

export const STATE_CHOICES = ['waiting', 'closed', 'any', ...THREAD_STATES] as const;
/** One state; or all that wait for a decision, all that do not, or any. */
export type StateChoice = 'waiting' | 'closed' | 'any' | ThreadState;

export const SORTS = ['text', 'newest', 'oldest', 'due'] as const;
/** In the order of the text, by last activity, by beginning, by due date. */
export type Sort = (typeof SORTS)[number];

/** What the panel shows; null and empty do not filter. */
export interface ThreadFilter {
  concern: Concern;
  state: StateChoice;
  /** Empty stands for people who are here for nobody. */
  organisation: string | null;
  sectionId: string | null;
  blockId: string | null;
  roundId: string | null;
  label: string | null;
  sort: Sort;
}

export const NO_FILTER: ThreadFilter = {
  concern: 'all',
  state: 'waiting',
  organisation: null,
  sectionId: null,
  blockId: null,
  roundId: null,
  label: null,
  sort: 'text',
};

function hasState(thread: Thread, choice: StateChoice): boolean {
  if (choice === 'any') return true;
  if (choice === 'waiting' || choice === 'closed') return isClosed(thread) === (choice === 'closed');
  return thread.state === choice;
}

function concerns(thread: Thread, concern: Concern, viewer: Viewer): boolean {
  switch (concern) {
    case 'all':
      return true;
    case 'unread':
      return unreadOf(thread, viewer.id) > 0;
    case 'mine':
      return isMine(thread, viewer.id);
    case 'mentioned':
      return mentions(thread, viewer);
    case 'unanswered':
      return isUnanswered(thread);
  }
}

/** Whether a thread is among those that a filter shows. */
export function passes(
  { thread, sectionId, blockId }: ThreadRow,
  filter: ThreadFilter,
  viewer: Viewer,
): boolean {
  const { organisation, roundId, label } = filter;
  return (
    hasState(thread, filter.state) &&
    concerns(thread, filter.concern, viewer) &&
    (organisation === null || organisationsOf(thread).has(organisation || null)) &&
    (filter.sectionId === null || filter.sectionId === sectionId) &&
    (filter.blockId === null || filter.blockId === blockId) &&
    (roundId === null || (thread.round?.id ?? '') === roundId) &&
    (label === null || thread.labels.includes(label))
  );
}

const LAST = '\uffff';

/** Orders rows; those equal in it stay in the order of the text, then of their beginning. */
export function sorted(rows: readonly ThreadRow[], sort: Sort): ThreadRow[] {
  const keys: Record<Sort, (a: ThreadRow, b: ThreadRow) => number> = {
    text: () => 0,
    newest: (a, b) => compare(lastActivity(b.thread), lastActivity(a.thread)),
    oldest: (a, b) => compare(a.thread.createdAt, b.thread.createdAt),
    due: (a, b) => compare(a.thread.dueOn ?? LAST, b.thread.dueOn ?? LAST),
  };
  return [...rows].sort(
    (a, b) => keys[sort](a, b) || a.position - b.position || compare(a.thread.createdAt, b.thread.createdAt),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What there is to choose from among some threads, with how many have it. */
export function choicesOf(threads: readonly Thread[]) {
  const organisations = new Map<string, number>();
  const rounds = new Map<string, string>();
  const labels = new Set<string>();
  for (const thread of threads) {
    for (const name of organisationsOf(thread))
      organisations.set(name ?? '', (organisations.get(name ?? '') ?? 0) + 1);
    if (thread.round) rounds.set(thread.round.id, thread.round.name);
    for (const label of thread.labels) labels.add(label);
  }
  return {
    organisations: [...organisations].sort(([a], [b]) => compare(a, b)),
    rounds: [...rounds],
    labels: [...labels].sort(),
  };
}
