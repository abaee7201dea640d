import { isMovedAnchor } from '@zerodraft/contract';
import { ANCHORS, LINKS, mayNeedRepair, repairDraft, updateGuard } from '@zerodraft/schema';
import type { DocumentRules } from '@zerodraft/sync';
import { copyLinks, isLinkRecord } from '@zerodraft/trace';

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
