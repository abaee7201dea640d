import { type Block, textOfRange } from '@zerodraft/schema';
import type * as Y from 'yjs';
import type { Authorship } from './authors.ts';
import { CHANGE_THRESHOLD, saysOther } from './compare.ts';
import type { Link } from './link-record.ts';
import { wordingOf } from './wordings.ts';

/** A text that changed since a link was confirmed. */
export interface Changed {
  was: string;
  is: string;
}

/** Why a link is to be looked at again; at least one of its parts is there. */
export interface Suspicion {
  link: Link;
  /** What the clause, or the linked phrase of it, said then and says now. */
  clause: Changed | null;
  /** The same of the recommendation. */
  recommendation: Changed | null;
  /** The phrase that the link is on stands nowhere any more. */
  phraseGone: boolean;
}

/** A wording that a recommendation had before: up to which version, and what it said. */
export interface EarlierWording {
  /** The first version that said something else. */
  until: number;
  text: string;
}

/** What a recommendation says, and said before, oldest first. */
export interface Wordings {
  version: number;
  text: string;
  earlier: readonly EarlierWording[];
}

/** Wordings with the moments (ISO 8601, UTC) at which the earlier ones ended. */
export interface DatedWordings extends Wordings {
  earlier: readonly (EarlierWording & { at: string })[];
}

/** What became of a recommendation that was merged into another: which, and the version that one had then. */
export interface MergedInto {
  id: string;
  version: number;
}

/** What a recommendation became part of, one after the other; a ring ends where it began. */
export function* mergesOf(
  id: string,
  mergeOf: (recommendationId: string) => MergedInto | undefined,
): Generator<MergedInto> {
  const passed = new Set([id]);
  for (let into = mergeOf(id); into && !passed.has(into.id); into = mergeOf(into.id)) {
    passed.add(into.id);
    yield into;
  }
}

/** The version that a recommendation had at a moment; what was never reworded had its first. */
export function versionAt({ earlier, version }: DatedWordings, moment: string): number {
  const next = earlier.find(({ at }) => moment < at);
  return next ? next.until - 1 : version;
}

/**
 * The version that a link was made on which does not name one: that of when it was made. A change of it since, of its
 * note perhaps, says nothing about the recommendation: who confirms a link names the version.
 */
export function versionMadeOn(
  wordings: DatedWordings | undefined,
  known: Pick<Authorship, 'madeAt' | 'changedAt'> | undefined,
): number | undefined {
  const moment = known?.madeAt ?? known?.changedAt;
  return wordings && moment ? versionAt(wordings, moment) : undefined;
}

/** What a recommendation says as links remember it. */
export function recommendationWording({ title, text }: { title: string; text: string }): string {
  return `${title}\n${text}`;
}

/** What a recommendation said in a version. */
export function wordingAt({ text, earlier }: Wordings, version: number): string {
  return earlier.find(({ until }) => version < until)?.text ?? text;
}

/**
 * The links that are in doubt: since they were made or last confirmed, the clause (of a link on a phrase, the phrase)
 * or the recommendation says something else.
 * @param blocks the draft's blocks as `links` were read with
 * @param wordingsOf what a recommendation says and said; null when it is not known here: then only the clause is looked at
 * @param versionOf the version that a link was made on which does not say so itself
 * @param mergeOf what a recommendation was merged into: from then on that one's words count, as they were at the merge
 */
export function suspectLinks(
  doc: Y.Doc,
  blocks: readonly Block[],
  links: readonly Link[],
  wordingsOf: (recommendationId: string) => Wordings | null,
  {
    threshold = CHANGE_THRESHOLD,
    versionOf = () => undefined,
    mergeOf = () => undefined,
  }: {
    threshold?: number;
    versionOf?: (link: Link) => number | undefined;
    mergeOf?: (recommendationId: string) => MergedInto | undefined;
  } = {},
): Suspicion[] {
  const textOf = new Map(blocks.map(({ id, text }) => [id, text]));
  // Many links remember the same text of one clause.
  const compared = new Map<string, boolean>();
  const differs = (key: string, then: string, now: string): boolean => {
    if (then === now) return false;
    const known = compared.get(key);
    if (known !== undefined) return known;
    const other = saysOther(then, now, threshold);
    compared.set(key, other);
    return other;
  };
  /** Whether a recommendation became part of another, by way of others perhaps. */
  const leadsTo = (id: string, other: string): boolean =>
    [...mergesOf(id, mergeOf)].some((into) => into.id === other);
  /** Whether a recommendation, or one it was merged into since, reads otherwise than in a version. */
  const reworded = (first: string, since: number | undefined): Changed | null => {
    for (const { id, version } of [{ id: first, version: since }, ...mergesOf(first, mergeOf)]) {
      const wordings = wordingsOf(id);
      if (wordings && version !== undefined) {
        const was = wordingAt(wordings, version);
        if (differs(`${id} ${version}`, was, wordings.text)) return { was, is: wordings.text };
      }
    }
    return null;
  };
  const suspicions: Suspicion[] = [];
  for (const link of links) {
    const { basis, phrase, phraseAt } = link;
    let clause: Changed | null = null;
    if (phrase) {
      const now = phraseAt ? textOfRange(blocks, phraseAt) : '';
      if (phraseAt && saysOther(phrase.quote, now, threshold)) clause = { was: phrase.quote, is: now };
    } else if (basis) {
      const was = wordingOf(doc, basis.clause);
      const now = textOf.get(link.clauseId) ?? '';
      if (was !== null && differs(`${basis.clause} ${link.clauseId}`, was, now)) clause = { was, is: now };
    }
    // What was confirmed for a merged recommendation was confirmed for the one it became part of, unless they parted since.
    const of = basis?.of;
    const stands = of === undefined || leadsTo(link.recommendationId, of);
    const recommendation =
      of !== undefined && stands
        ? reworded(of, basis?.recommendation)
        : reworded(link.recommendationId, (stands ? basis?.recommendation : undefined) ?? versionOf(link));
    const phraseGone = phrase !== undefined && phraseAt === null;
    if (clause || recommendation || phraseGone) suspicions.push({ link, clause, recommendation, phraseGone });
  }
  return suspicions;
}
