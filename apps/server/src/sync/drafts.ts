import { mayNeedRepair, repairDraft } from '@zerodraft/schema';
import { type DocumentRules, Rooms } from '@zerodraft/sync';
import { copyLinks } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { sqlDraftLog } from '../db/draft-log.ts';

/** After each merge the server restores unique clause ids; a clause that had to be renamed keeps its links. */
const draftRules: DocumentRules = {
  repair(doc, transaction, origin) {
    if (!mayNeedRepair(doc, transaction)) return;
    const { renamed } = repairDraft(doc, origin);
    copyLinks(doc, renamed, origin);
  },
};

/** The rooms of all drafts on this server. */
export function createRooms(db: Database): Rooms {
  return new Rooms(sqlDraftLog(db), draftRules);
}
