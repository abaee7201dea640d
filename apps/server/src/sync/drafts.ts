import { isMovedAnchor } from '@zerodraft/contract';
import { ANCHORS, LINKS, mayNeedRepair, repairDraft, updateGuard } from '@zerodraft/schema';
import { type DocumentRules, type RoomEvents, type RoomLimits, Rooms } from '@zerodraft/sync';
import { copyLinks, isLinkRecord } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { sqlDraftLog } from '../db/draft-log.ts';
import type { MergePool } from './merge-pool.ts';

/** What a draft's document may hold, and what the server restores in it after each merge. */
export const draftRules: DocumentRules = {
  refuse: updateGuard({ [LINKS]: isLinkRecord, [ANCHORS]: isMovedAnchor }),
  // Clause ids are unique again; a clause that had to be renamed keeps its links.
  repair(doc, transaction, origin) {
    if (!mayNeedRepair(doc, transaction)) return;
    const { renamed } = repairDraft(doc, origin);
    copyLinks(doc, renamed, origin);
  },
};

/** The rooms of all drafts on this server. */
export function createRooms(
  db: Database,
  options: { limits: Partial<RoomLimits>; events: RoomEvents; merges: MergePool },
): Rooms {
  const { limits, events, merges } = options;
  return new Rooms(sqlDraftLog(db), draftRules, { limits, events, merge: merges.merge });
}
