import type { Database } from '../db/database.ts';

/**
 * The threads that somebody may know of, in all drafts that they read. Everything that shows a thread, counts it,
 * searches it, exports it or tells of it begins with this query, and nothing else decides (threads that are private to
 * the team exist for facilitators and drafters only).
 */
export function visibleThreads(db: Database, userId: string) {
  return db
    .selectFrom('thread')
    .innerJoin('draft', 'draft.id', 'thread.draftId')
    .innerJoin('process', 'process.id', 'draft.processId')
    .innerJoin('member', (join) =>
      join.onRef('member.processId', '=', 'draft.processId').on('member.userId', '=', userId),
    )
    .leftJoin('draft_member', (join) =>
      join.onRef('draft_member.draftId', '=', 'draft.id').on('draft_member.userId', '=', userId),
    )
    .where((eb) => {
      // As `roleInEffect`: a facilitator of the process is one in each draft.
      const here = eb.fn.coalesce('draft_member.role', 'member.role');
      return eb.or([
        eb('member.role', '=', 'facilitator'),
        eb(here, 'in', ['facilitator', 'drafter']),
        eb.and([eb('thread.visibility', '=', 'all'), eb(here, '<>', 'none')]),
      ]);
    })
    .where('draft.state', '<>', 'deleted')
    .where('process.state', '<>', 'deleted');
}

/** `visibleThreads` of one draft. */
export function visibleIn(db: Database, draftId: string, userId: string) {
  return visibleThreads(db, userId).where('thread.draftId', '=', draftId);
}
