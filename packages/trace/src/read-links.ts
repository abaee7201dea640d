import {
  type AnchorEnds,
  anchorsOf,
  type Block,
  currentAnchors,
  isClauseKind,
  linksOf,
  readBlocks,
  readRanges,
  type TextRange,
} from '@zerodraft/schema';
import type * as Y from 'yjs';
import { z } from 'zod';
import { reachedFrom, readWays } from './lineage.ts';
import { type Entry, entryOf, firstAnchor, type Link } from './link-record.ts';

/** Every addition in the set that is well formed. */
export function entriesOf(doc: Y.Doc): Entry[] {
  const entries: Entry[] = [];
  linksOf(doc).forEach((value, key) => {
    const entry = entryOf(key, value);
    if (entry) entries.push(entry);
  });
  return entries;
}

function firstsOf(entries: readonly Entry[]): Map<string, AnchorEnds> {
  return new Map(
    entries.flatMap(({ key, record }) => {
      const anchor = firstAnchor(record);
      return anchor ? [[key, anchor] as const] : [];
    }),
  );
}

function rangesOf(doc: Y.Doc, entries: readonly Entry[]): Map<string, TextRange> {
  const firsts = firstsOf(entries);
  return firsts.size === 0 ? new Map() : readRanges(doc, currentAnchors(doc, firsts), false);
}

/** The places that links' phrases were chosen at, by the links' keys: what keeps anchors on their text is told of these. */
export function firstPhrases(doc: Y.Doc): Map<string, AnchorEnds> {
  return firstsOf(entriesOf(doc));
}

/**
 * Where the phrases of links stand now, by the links' keys; those whose words are all gone are left out.
 * @param keys the links that are asked about; left out, all
 */
export function phraseRanges(doc: Y.Doc, keys?: ReadonlySet<string>): Map<string, TextRange> {
  const entries = entriesOf(doc);
  return rangesOf(doc, keys ? entries.filter(({ key }) => keys.has(key)) : entries);
}

const moved = z.object({ clauseId: z.string() });

/** An addition at the clause it names now: the one its phrase has come to or was last seen in, else its own. */
function atPhrase(doc: Y.Doc, entry: Entry, ranges: ReadonlyMap<string, TextRange>): Link {
  const { key, clauseId, recommendationId, record } = entry;
  if (!record.phrase) return { key, clauseId, recommendationId, ...record };
  const phraseAt = ranges.get(key) ?? null;
  const last = moved.safeParse(anchorsOf(doc).get(key));
  const home = phraseAt?.start.clauseId ?? (last.success ? last.data.clauseId : clauseId);
  return { key, clauseId: home, recommendationId, ...record, phraseAt };
}

/** A link at a clause where it counts. */
export interface PlacedLink extends Link {
  /** The clause that its record is about; another than the link's own when that only shares it. */
  home: string;
}

/**
 * Where a phrase stands by its words, when these stand once in the clauses its text may have come to: an anchor does not
 * follow a join by somebody who had not heard of the link.
 */
function byWords(doc: Y.Doc, quote: string, clauseIds: readonly string[]): TextRange | null {
  const places = readBlocks(doc)
    .filter(({ id }) => clauseIds.includes(id))
    .flatMap(({ id, text }) => {
      const at = text.indexOf(quote);
      if (at < 0) return [];
      const place = { start: { clauseId: id, offset: at }, end: { clauseId: id, offset: at + quote.length } };
      return text.includes(quote, at + 1) ? [place, place] : [place];
    });
  return places.length === 1 ? (places[0] ?? null) : null;
}

/**
 * Additions at the clauses where they count: their own, and those that text of it came to stand in by splits and
 * joins, unless that was before the eyes of whoever made the link, or it was taken from there since. A phrase stands
 * in one place: what is linked to it counts there alone.
 */
export function placeLinks(doc: Y.Doc, entries: readonly Entry[]): PlacedLink[] {
  const ranges = rangesOf(doc, entries);
  const ways = readWays(doc);
  const placed: PlacedLink[] = [];
  for (const entry of entries) {
    const own = atPhrase(doc, entry, ranges);
    const reached =
      own.phraseAt || !ways.has(own.clauseId) ? [] : reachedFrom(ways, own.clauseId, own.apart ?? []);
    const found =
      own.phrase && own.phraseAt === null && byWords(doc, own.phrase.quote, [own.clauseId, ...reached]);
    if (found) {
      const home = found.start.clauseId;
      placed.push({ ...own, clauseId: home, phraseAt: found, home });
      continue;
    }
    placed.push({ ...own, home: own.clauseId });
    for (const clauseId of reached) placed.push({ ...own, clauseId, home: own.clauseId });
  }
  return placed;
}

/** Of several additions of one pair, every replica shows the same: its own before a shared one, then by key. */
function isBefore(a: PlacedLink, b: PlacedLink): boolean {
  const [aOwn, bOwn] = [a.home === a.clauseId, b.home === b.clauseId];
  if (aOwn !== bOwn) return aOwn;
  return a.key < b.key;
}

/**
 * The definition of "linked": a record in the set that counts for a clause that stands in the draft (`placeLinks`). The
 * links of a deleted clause stay in the set unseen, so that they return with it by undo.
 *
 * @returns each pair once, grouped by the clauses' order in the draft, then by recommendation id
 */
export function readLinks(doc: Y.Doc, blocks: readonly Block[]): Link[] {
  const byClause = new Map<string, Map<string, PlacedLink>>();
  for (const link of placeLinks(doc, entriesOf(doc))) {
    const links = byClause.get(link.clauseId) ?? new Map<string, PlacedLink>();
    byClause.set(link.clauseId, links);
    const known = links.get(link.recommendationId);
    if (!known || isBefore(link, known)) links.set(link.recommendationId, link);
  }
  return blocks
    .filter((block) => isClauseKind(block.kind))
    .flatMap((block) =>
      [...(byClause.get(block.id)?.values() ?? [])]
        .sort((a, b) => (a.recommendationId < b.recommendationId ? -1 : 1))
        .map(({ home: _home, ...link }) => link),
    );
}
