import { isMovedAnchor } from '@zerodraft/contract';
import {
  ANCHORS,
  LINEAGE,
  LINKS,
  linksOf,
  mayNeedRepair,
  repairDraft,
  updateGuard,
  WORDINGS,
} from '@zerodraft/schema';
import type { DocumentRules } from '@zerodraft/sync';
import { copyLinks, isLineageRecord, isLinkRecord, isWording } from '@zerodraft/trace';

const guard = updateGuard({
  [LINKS]: isLinkRecord,
  [ANCHORS]: isMovedAnchor,
  [LINEAGE]: isLineageRecord,
  [WORDINGS]: isWording,
});

/**
 * What a draft's document may hold, and what the server restores in it after each merge.
 * @param onLinks hears of a change by which other clauses may be linked than before
 */
export const draftRules = (onLinks: (draftId: string) => void): DocumentRules => ({
  refuse(doc, update) {
    // A root type that nobody has asked for yet is another object once somebody does: `repair` would not know it again.
    linksOf(doc);
    return guard(doc, update);
  },
  // Clause ids are unique again; a clause that had to be renamed keeps its links.
  repair(doc, transaction, origin, draftId) {
    const links = linksOf(doc);
    for (const type of transaction.changed.keys()) if (Object.is(type, links)) onLinks(draftId);
    if (!mayNeedRepair(doc, transaction)) return;
    onLinks(draftId);
    const { renamed } = repairDraft(doc, origin);
    copyLinks(doc, renamed, origin);
  },
});
