import { anchorRange, anchorsOf, type Block, clauseText, type Lineage, linksOf } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { keepLineage, readWays } from './lineage.ts';
import {
  type Entry,
  entryOf,
  type LinkedPassage,
  type LinkRecord,
  linkRecord,
  newKey,
  type Pair,
  type Phrase,
  pairOf,
  type Relation,
} from './link-record.ts';
import { choosePhrase } from './phrase.ts';
import { entriesOf, type PlacedLink, placeLinks, readLinks } from './read-links.ts';
import { keepWording, wordingOf } from './wordings.ts';

/** The origin of local changes to links; the editor's undo tracks it beside its own. */
export const LINK_ORIGIN = { name: 'zerodraft links' } as const;

/**
 * Links as they count once recommendations were merged: what was linked to a merged one is linked to the one it became
 * part of. Each pair once; where both are linked to a clause, the survivor's own relation stands.
 */
export function followMerges<L extends Pair>(
  links: readonly L[],
  recommendations: readonly { id: string; mergedIds: readonly string[] }[],
): L[] {
  const survivors = new Map(
    recommendations.flatMap(({ id, mergedIds }) => mergedIds.map((merged) => [merged, id] as const)),
  );
  if (survivors.size === 0) return [...links];
  const own = new Set(links.map(({ clauseId, recommendationId }) => `${clauseId}/${recommendationId}`));
  return links.flatMap((link) => {
    const survivor = survivors.get(link.recommendationId);
    if (survivor === undefined) return [link];
    const pair = `${link.clauseId}/${survivor}`;
    if (own.has(pair)) return [];
    own.add(pair);
    return [{ ...link, recommendationId: survivor }];
  });
}

/** The keys of a draft's additions by recommendation: who changes many links reads the set once. */
type Keys = Map<string, Set<string>>;

function keysOf(doc: Y.Doc): Keys {
  const keys: Keys = new Map();
  for (const key of linksOf(doc).keys()) addKey(keys, key);
  return keys;
}

function addKey(keys: Keys, key: string): void {
  const recommendationId = pairOf(key)?.recommendationId;
  if (recommendationId === undefined) return;
  const own = keys.get(recommendationId) ?? new Set();
  keys.set(recommendationId, own.add(key));
}

/** A recommendation's additions, in the order of the set. */
function entriesFor(doc: Y.Doc, recommendationId: string, keys: Keys): Entry[] {
  return [...(keys.get(recommendationId) ?? [])].flatMap((key) => entryOf(key, linksOf(doc).get(key)) ?? []);
}

/** Where a recommendation's additions count; of those that one clause shares from another, all. */
function placesOf(doc: Y.Doc, recommendationId: string, keys: Keys): PlacedLink[] {
  return placeLinks(doc, entriesFor(doc, recommendationId, keys));
}

/** What a link begins with. */
export interface NewLink extends Pair {
  relation: Relation;
  note?: string;
  phrase?: Phrase;
  passage?: LinkedPassage;
  /** The version of the recommendation that was before the person's eyes. */
  recommendationVersion?: number;
  /** Whose version that is, when it is not the recommendation's own. */
  recommendationOf?: string;
  /** What the clause said when the link was last confirmed elsewhere; left out, what it says now. */
  was?: string;
}

function basisOf(
  doc: Y.Doc,
  { clauseId, recommendationId, recommendationVersion: version, recommendationOf: of }: Confirmed,
  was?: string,
): LinkRecord['basis'] {
  const clause = keepWording(doc, was ?? clauseText(doc, clauseId) ?? '');
  if (version === undefined) return { clause };
  return {
    clause,
    recommendation: version,
    ...(of === undefined || of === recommendationId ? {} : { of }),
  };
}

/** The ways that led on from a clause when a record of it is written: it does not go these. */
function apartFrom(doc: Y.Doc, clauseId: string): Pick<LinkRecord, 'apart'> {
  const ways = readWays(doc).get(clauseId);
  return ways ? { apart: ways.map(({ tag }) => tag) } : {};
}

function write(doc: Y.Doc, key: string, parts: LinkRecord | Record<string, unknown>): void {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined && value !== null);
  linksOf(doc).set(key, linkRecord.parse(Object.fromEntries(given)));
}

/** Links a clause to a recommendation and remembers what the clause says; nothing when the pair is linked already. */
export function addLink(doc: Y.Doc, link: NewLink): void {
  const { clauseId, recommendationId, recommendationVersion, recommendationOf, was, ...rest } = link;
  if (placesOf(doc, recommendationId, keysOf(doc)).some((known) => known.clauseId === clauseId)) return;
  doc.transact(() => {
    const basis = basisOf(doc, { clauseId, recommendationId, recommendationVersion, recommendationOf }, was);
    write(doc, newKey({ clauseId, recommendationId }), { ...rest, basis, ...apartFrom(doc, clauseId) });
  }, LINK_ORIGIN);
}

/** The record of an addition, without what concerns its clause alone. */
function recordOf(entry: Entry): LinkRecord {
  const { apart: _apart, phrase: _phrase, ...record } = entry.record;
  return record;
}

/** Gives a clause a record of its own where it shared another's; to be called in a transaction. */
function writeOwn(doc: Y.Doc, pair: Pair, record: LinkRecord): string {
  const key = newKey(pair);
  write(doc, key, { ...record, ...apartFrom(doc, pair.clauseId) });
  return key;
}

/** Closes all ways of a record: it counts for its own clause alone. */
function setApart(doc: Y.Doc, { key, record }: Entry, home: string): void {
  write(doc, key, { ...record, ...apartFrom(doc, home) });
}

/**
 * The additions by which a pair is linked, each as a record of the clause's own; what others share of them they keep
 * under records of their own. To be called in a transaction that changes or removes them.
 */
function ownEntries(doc: Y.Doc, pair: Pair, known: Keys): Entry[] {
  const { recommendationId } = pair;
  const places = placesOf(doc, recommendationId, known);
  const entries = new Map(entriesFor(doc, recommendationId, known).map((entry) => [entry.key, entry]));
  const here = places.filter(({ clauseId }) => clauseId === pair.clauseId);
  if (here.length === 0) return [];
  const keys = new Set<string>();
  const seen = new Set<string>();
  for (const { key, home } of here) {
    const entry = entries.get(key);
    if (!entry || seen.has(key)) continue;
    seen.add(key);
    const isOwn = home === pair.clauseId;
    const elsewhere = places
      .filter((place) => place.key === key && place.clauseId !== pair.clauseId)
      .map(({ clauseId }) => clauseId)
      .filter((clauseId) => isOwn || clauseId !== home);
    for (const clauseId of new Set(elsewhere))
      addKey(known, writeOwn(doc, { ...pair, clauseId }, recordOf(entry)));
    if (!isOwn || elsewhere.length > 0) setApart(doc, entry, home);
    const ownKey = isOwn ? key : writeOwn(doc, pair, recordOf(entry));
    addKey(known, ownKey);
    keys.add(ownKey);
  }
  return entriesFor(doc, recommendationId, known).filter(({ key }) => keys.has(key));
}

/** Removes every addition of the pair that this replica has seen. */
export function removeLink(doc: Y.Doc, pair: Pair): void {
  removeLinks(doc, [pair]);
}

/** `removeLink` for many. */
export function removeLinks(doc: Y.Doc, pairs: readonly Pair[]): void {
  doc.transact(() => {
    const keys = keysOf(doc);
    for (const pair of pairs) for (const { key } of ownEntries(doc, pair, keys)) linksOf(doc).delete(key);
  }, LINK_ORIGIN);
}

/** New values of some parts of a link; null takes a part away. */
export interface LinkChange {
  relation?: Relation;
  note?: string | null;
  phrase?: Phrase | null;
  passage?: LinkedPassage | null;
}

/** Changes a link, every addition of it alike; nothing when the pair is not linked. */
export function changeLink(doc: Y.Doc, pair: Pair, change: LinkChange): void {
  doc.transact(() => {
    for (const { key, record } of ownEntries(doc, pair, keysOf(doc))) {
      write(doc, key, { ...record, ...change });
      // The place that edits gave the old phrase is none of the new one's.
      if (change.phrase !== undefined) anchorsOf(doc).delete(key);
    }
  }, LINK_ORIGIN);
}

/** A link with what its recommendation's version is now. */
export interface Confirmed extends Pair {
  recommendationVersion: number | undefined;
  /** Whose version that is, when the recommendation was merged into another. */
  recommendationOf?: string | undefined;
}

/** Confirms that links hold for what both sides say now. A phrase that is gone is no part of what is confirmed. */
export function confirmLinks(doc: Y.Doc, blocks: readonly Block[], links: readonly Confirmed[]): void {
  doc.transact(() => {
    const keys = keysOf(doc);
    for (const confirmed of links) {
      const { clauseId, recommendationId } = confirmed;
      const pair = { clauseId, recommendationId };
      const basis = basisOf(doc, confirmed);
      const places = new Map(placesOf(doc, pair.recommendationId, keys).map((place) => [place.key, place]));
      for (const { key, record } of ownEntries(doc, pair, keys)) {
        const range = places.get(key)?.phraseAt;
        write(doc, key, { ...record, basis, phrase: range ? choosePhrase(doc, blocks, range) : null });
        if (record.phrase) anchorsOf(doc).delete(key);
      }
    }
  }, LINK_ORIGIN);
}

/**
 * Copies links into a copy of a draft, with what they remember and the places of their phrases.
 * @param ids the copy's clause ids by the original's
 */
export function copyLinksInto(
  source: Y.Doc,
  blocks: readonly Block[],
  target: Y.Doc,
  ids: ReadonlyMap<string, string>,
): void {
  const idOf = (id: string): string => ids.get(id) ?? '';
  target.transact(() => {
    for (const { key: _key, clauseId, recommendationId, phraseAt, ...record } of readLinks(source, blocks)) {
      const pair = { clauseId: idOf(clauseId), recommendationId };
      if (pair.clauseId === '') continue;
      const { basis, phrase, apart: _apart, ...rest } = record;
      const was = basis && wordingOf(source, basis.clause);
      const ends =
        phraseAt &&
        anchorRange(target, {
          start: { ...phraseAt.start, clauseId: idOf(phraseAt.start.clauseId) },
          end: { ...phraseAt.end, clauseId: idOf(phraseAt.end.clauseId) },
        });
      write(target, newKey(pair), {
        ...rest,
        ...(basis && was !== null ? { basis: { ...basis, clause: keepWording(target, was ?? '') } } : {}),
        ...(phrase && ends ? { phrase: { ...ends, quote: phrase.quote } } : {}),
      });
    }
  });
}

/** Gives a clause that had to be renamed the links of its old name; the server's repair. */
export function copyLinks(
  doc: Y.Doc,
  copies: readonly { from: string; to: string }[],
  origin: unknown,
): void {
  if (copies.length === 0) return;
  doc.transact(() => {
    for (const { from, to } of copies) {
      const placed = placeLinks(doc, entriesOf(doc));
      const present = new Set(
        placed.flatMap((link) => (link.clauseId === to ? [link.recommendationId] : [])),
      );
      for (const { clauseId, recommendationId, key: _key, home: _home, ...link } of placed) {
        if (clauseId !== from || link.phraseAt || present.has(recommendationId)) continue;
        present.add(recommendationId);
        const { phraseAt: _at, phrase: _phrase, apart: _apart, ...record } = link;
        writeOwn(doc, { clauseId: to, recommendationId }, record);
      }
    }
  }, origin);
}

/** Carries links through an edit: both halves of a split have them, a join unites them. */
export function followLineage(doc: Y.Doc, lineage: Lineage): void {
  if (lineage.splits.length + lineage.joins.length === 0) return;
  doc.transact(() => keepLineage(doc, lineage), LINK_ORIGIN);
}
