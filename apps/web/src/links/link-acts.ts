import { readBlocks } from '@zerodraft/schema';
import {
  type Confirmed,
  changeLink,
  confirmLinks,
  type Link,
  type LinkChange,
  type RecommendationSummary,
  removeLinks,
  survivorOf,
} from '@zerodraft/trace';
import type { DraftSession } from '../session/draft-session.ts';
import { asUndoStep } from '../session/undo-step.ts';
import type { DraftTrace } from './trace-query.ts';

/** A link's name on the screen: a record may count for several clauses, and then is a link of each. */
export function nameOf({ clauseId, key }: Pick<Link, 'clauseId' | 'key'>): string {
  return `${clauseId} ${key}`;
}

/** A link as it counts, with the ids that its recommendation goes by: its own and those merged into it. */
export interface Named {
  clauseId: string;
  ids: readonly string[];
}

/** A link of a clause to a recommendation as it counts. */
export function namedOf(
  clauseId: string,
  { id, mergedIds }: { id: string; mergedIds: readonly string[] },
): Named {
  return { clauseId, ids: [id, ...mergedIds] };
}

/** What `addLink` is told of the version that stands on the screen. */
export function versionSeen(
  library: readonly Pick<RecommendationSummary, 'id' | 'version'>[] | undefined,
  id: string,
): { recommendationVersion?: number } {
  const version = library?.find((one) => one.id === id)?.version;
  return version === undefined ? {} : { recommendationVersion: version };
}

/** The links of a pair by whichever id: what was linked before a merge is linked by its old one. */
function pairsOf(session: DraftSession, { clauseId, ids }: Named): Link[] {
  const here = session.view().links.byClause.get(clauseId) ?? [];
  return here.filter(({ recommendationId }) => ids.includes(recommendationId));
}

/** Changes a link, as one step of undo. */
export function changeNamed(session: DraftSession, link: Named, change: LinkChange): void {
  asUndoStep(session, () => {
    for (const { clauseId, recommendationId } of pairsOf(session, link))
      changeLink(session.doc, { clauseId, recommendationId }, change);
  });
}

/** Removes links, all in one step of undo. */
export function removeNamed(session: DraftSession, links: readonly Named[]): void {
  const pairs = links.flatMap((link) => pairsOf(session, link));
  asUndoStep(session, () => removeLinks(session.doc, pairs));
}

/**
 * Confirms links for what both sides say, all in one step of undo.
 * @param shown the version of a recommendation that stands on the screen, and whose it is
 */
export function confirmNamed(
  session: DraftSession,
  links: readonly Named[],
  shown: (recommendationId: string) => Shown,
): void {
  const pairs = links.flatMap((link) => pairsOf(session, link));
  asUndoStep(session, () =>
    confirmLinks(
      session.doc,
      readBlocks(session.doc),
      pairs.map(({ clauseId, recommendationId }) => ({
        clauseId,
        recommendationId,
        ...shown(recommendationId),
      })),
    ),
  );
}

type Shown = Pick<Confirmed, 'recommendationVersion' | 'recommendationOf'>;

/**
 * The version of a recommendation that comparisons show: that of its wordings, else that of the library; of one that was
 * merged, that of the one it became part of.
 */
export function versionShown(
  trace: DraftTrace | undefined,
  library: readonly Pick<RecommendationSummary, 'id' | 'version'>[] | undefined,
): (recommendationId: string) => Shown {
  const versions = new Map(library?.map(({ id, version }) => [id, version]));
  return (id) => {
    const survivor = survivorOf(id, (one) => trace?.merges[one]?.id);
    return {
      recommendationVersion: trace?.wordings[survivor]?.version ?? versions.get(survivor),
      recommendationOf: survivor,
    };
  };
}
