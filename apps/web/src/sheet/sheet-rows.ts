import { type Comment, isClosed, type Thread } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import type { ClauseOrder } from '../session/clause-order.ts';
import type { ThreadHomes } from '../session/thread-homes.ts';
import { blockOfThread, isRemoved } from '../session/thread-place.ts';
import type { SheetOptions } from './sheet-options.ts';
import { WHOLE_DRAFT } from './sheet-sections.ts';

/** What one organisation said in one thread. */
export interface SheetEntry {
  thread: Thread;
  comments: readonly Comment[];
  /** Whether the text it hangs on is no longer there. */
  removed: boolean;
  /** Whether another organisation began the thread. */
  reply: boolean;
}

/** A clause or heading with its comments, by organisation; '' is none. */
export interface SheetRow {
  id: string;
  entries: ReadonlyMap<string, readonly SheetEntry[]>;
}

/** What a thread adds to a sheet: an entry for each organisation that spoke in it. */
function entriesOf(thread: Thread, removed: boolean): [string, SheetEntry][] {
  const said = thread.comments.filter(({ deleted }) => deleted === null);
  const own = thread.createdBy.organisation ?? '';
  return [...groupBy(said, ({ author }) => author.organisation ?? '')].map(([organisation, comments]) => [
    organisation,
    { thread, comments, removed, reply: organisation !== own },
  ]);
}

/** Names in the order of the alphabet; who speaks for no organisation comes last. */
function inOrder(organisations: Iterable<string>): string[] {
  return [...organisations].sort((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b));
}

export interface Sheet {
  /** In the order of the text. The first is the section's own, without the block of a clause. */
  rows: SheetRow[];
  organisations: string[];
  threads: number;
  comments: number;
  /** Threads here that the options leave out. */
  leftOut: { closed: number; otherRounds: number };
}

/**
 * What a section's sheet shows.
 * @param ids the blocks of the section (`blocksOf`)
 */
export function sheetOf(
  threads: readonly Thread[],
  ids: readonly string[],
  sectionId: string,
  order: ClauseOrder,
  homes: Pick<ThreadHomes, 'of' | 'range'>,
  options: SheetOptions,
): Sheet {
  const own = sectionId === WHOLE_DRAFT ? [WHOLE_DRAFT, ...ids] : ids;
  const entries = new Map(own.map((id) => [id, new Map<string, SheetEntry[]>()]));
  const leftOut = { closed: 0, otherRounds: 0 };
  const organisations = new Set<string>();
  let [shown, comments] = [0, 0];
  for (const thread of threads) {
    if (thread.visibility === 'team' && !options.private) continue;
    const row = entries.get(blockOfThread(order, homes, thread) || WHOLE_DRAFT);
    if (row === undefined) continue;
    if (options.round !== undefined && thread.round?.id !== options.round) {
      leftOut.otherRounds += 1;
      continue;
    }
    if (options.states !== 'all' && isClosed(thread)) {
      leftOut.closed += 1;
      continue;
    }
    const added = entriesOf(thread, isRemoved(order, homes, thread));
    if (added.length > 0) shown += 1;
    for (const [organisation, entry] of added) {
      organisations.add(organisation);
      comments += entry.comments.length;
      const cell = row.get(organisation);
      if (cell) cell.push(entry);
      else row.set(organisation, [entry]);
    }
  }
  const rows = own.map((id) => ({ id, entries: entries.get(id) ?? new Map() }));
  return { rows, organisations: inOrder(organisations), threads: shown, comments, leftOut };
}

/** Whether two rows show the same, so that one need not be drawn again. */
export function sameEntries(a: SheetRow['entries'], b: SheetRow['entries']): boolean {
  if (a.size !== b.size) return false;
  for (const [organisation, entries] of a) {
    const others = b.get(organisation);
    if (others?.length !== entries.length) return false;
    const same = entries.every(
      ({ thread, removed }, at) => others[at]?.thread === thread && others[at]?.removed === removed,
    );
    if (!same) return false;
  }
  return true;
}
