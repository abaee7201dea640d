import { type Block, isClauseKind, linksOf } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { entryOf, type Link, type Pair, type Relation, reflects } from './link-record.ts';
import { entriesOf, placeLinks, readLinks } from './read-links.ts';
import { type Disposition, dispositionOf, survivorOf } from './recommendation.ts';
import { type MergedInto, suspectLinks, type Wordings } from './suspect.ts';

/**
 * What may be found: a malformed record; a link to a recommendation that is not in the library; one pair linked by
 * several records, or by way of a merge; a suspect link; a clause without a source; a recommendation of which nothing is
 * decided and that is linked nowhere; one that is not reflected and nobody says why; an index that says something else.
 */
export const FINDINGS = [
  'malformed',
  'dangling',
  'duplicated',
  'suspect',
  'clause-unexplained',
  'recommendation-open',
  'no-reason',
  'index',
] as const;
export type FindingKind = (typeof FINDINGS)[number];

export const FINDING_LABELS: Record<FindingKind, string> = {
  malformed: 'Malformed records',
  dangling: 'Links to what is not in the library',
  duplicated: 'Links that stand twice',
  suspect: 'Suspect links',
  'clause-unexplained': 'Clauses without a source',
  'recommendation-open': 'Recommendations without an answer',
  'no-reason': 'Not reflected, without a reason',
  index: 'Index that differs from the draft',
};

/** Those that are wrong, and not only unfinished: `trace check` fails on them. */
export const ERRORS: readonly FindingKind[] = [
  'malformed',
  'dangling',
  'duplicated',
  'suspect',
  'no-reason',
  'index',
];

export interface Finding {
  kind: FindingKind;
  clauseId: string | null;
  recommendationId: string | null;
  words: string;
}

/** What the check knows of a recommendation. */
export interface Checked {
  id: string;
  reference: string;
  title: string;
  disposition: Disposition;
  dispositionReason: string;
  mergedInto: string | null;
  deleted: boolean;
}

/** A row of the table that is derived from the draft. */
export interface IndexRow extends Pair {
  relation: Relation;
}

const nameOf = ({ clauseId, recommendationId }: Pair): string => `${clauseId} ${recommendationId}`;

/** The beginning of a text, to know it by. */
function brief(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 89).trimEnd()}…` : line;
}

/**
 * All that is wrong with a draft's links, or not explained yet.
 * @param recommendations all of the process, also merged and deleted ones
 * @param linkedElsewhere recommendations that another draft reflects
 * @param index the rows of the derived table; null to leave that out
 * @param citationOf how a clause is cited
 */
export function checkTrace(
  doc: Y.Doc,
  blocks: readonly Block[],
  recommendations: readonly Checked[],
  {
    wordingsOf,
    versionOf,
    mergeOf,
    linkedElsewhere,
    index,
    citationOf,
  }: {
    wordingsOf: (recommendationId: string) => Wordings | null;
    versionOf?: (link: Link) => number | undefined;
    mergeOf?: (recommendationId: string) => MergedInto | undefined;
    linkedElsewhere: ReadonlySet<string>;
    index: readonly IndexRow[] | null;
    citationOf: (clauseId: string) => string;
  },
): Finding[] {
  const findings: Finding[] = [];
  const byId = new Map(recommendations.map((one) => [one.id, one]));
  const links = readLinks(doc, blocks);
  const referenceOf = (id: string): string => byId.get(id)?.reference ?? id;
  const placeOf = (clauseId: string): string => {
    const citation = citationOf(clauseId);
    return citation === '' ? 'A clause' : /^\d/.test(citation) ? `Paragraph ${citation}` : citation;
  };
  const add = (kind: FindingKind, pair: Partial<Pair>, words: string): void => {
    const { clauseId = null, recommendationId = null } = pair;
    findings.push({ kind, clauseId, recommendationId, words });
  };

  linksOf(doc).forEach((value, key) => {
    if (entryOf(key, value) === null) add('malformed', {}, `The record "${key.slice(0, 100)}" is no link.`);
  });

  const records = new Map<string, number>();
  for (const link of placeLinks(doc, entriesOf(doc)))
    if (link.home === link.clauseId) records.set(nameOf(link), (records.get(nameOf(link)) ?? 0) + 1);
  const survivors = new Map<string, string>();
  const linked = new Set<string>();
  const contrary = new Set<string>();
  const sourced = new Set<string>();
  for (const link of links) {
    const at = placeOf(link.clauseId);
    const reference = referenceOf(link.recommendationId);
    const survivor = survivorOf(link.recommendationId, (id) => byId.get(id)?.mergedInto);
    const one = byId.get(survivor);
    if (!one || one.deleted) {
      add(
        'dangling',
        link,
        `${at} is linked to ${reference}, which is ${one ? 'deleted' : 'not in the library'}.`,
      );
      continue;
    }
    if ((records.get(nameOf(link)) ?? 0) > 1)
      add('duplicated', link, `${at} is linked to ${reference} twice.`);
    if (reflects(link.relation)) {
      linked.add(survivor);
      sourced.add(link.clauseId);
    } else contrary.add(survivor);
    const pair = nameOf({ clauseId: link.clauseId, recommendationId: survivor });
    const other = survivors.get(pair);
    if (other) add('duplicated', link, `${at} is linked to ${other} and ${reference}, which were merged.`);
    survivors.set(pair, reference);
  }

  for (const { link, clause, recommendation, phraseGone } of suspectLinks(doc, blocks, links, wordingsOf, {
    ...(versionOf ? { versionOf } : {}),
    ...(mergeOf ? { mergeOf } : {}),
  })) {
    const why = [
      clause && (link.phrase ? 'the phrase reads otherwise' : 'the clause reads otherwise'),
      recommendation && 'the recommendation reads otherwise',
      phraseGone && 'the phrase is gone',
    ].filter(Boolean);
    const at = placeOf(link.clauseId);
    add(
      'suspect',
      link,
      `${at} and ${referenceOf(link.recommendationId)}: ${why.join(', ')} since it was confirmed.`,
    );
  }

  for (const block of blocks)
    if (isClauseKind(block.kind) && block.text.trim() !== '' && !sourced.has(block.id))
      add(
        'clause-unexplained',
        { clauseId: block.id },
        `${placeOf(block.id)} has no source: ${brief(block.text)}`,
      );

  for (const {
    id,
    reference,
    title,
    disposition,
    dispositionReason,
    mergedInto,
    deleted,
  } of recommendations) {
    if (mergedInto !== null || deleted) continue;
    if (disposition === 'not-reflected' && dispositionReason.trim() === '')
      add(
        'no-reason',
        { recommendationId: id },
        `${reference} (${title}) is not reflected, and nobody says why.`,
      );
    if (dispositionOf(disposition, linked.has(id) || linkedElsewhere.has(id)) === 'open')
      add(
        'recommendation-open',
        { recommendationId: id },
        contrary.has(id)
          ? `${reference} (${title}) was considered and the opposite chosen, and nobody has decided on it yet.`
          : `${reference} (${title}) has no answer yet.`,
      );
  }

  if (index) {
    const names = (rows: readonly IndexRow[]): Set<string> =>
      new Set(rows.map((row) => `${nameOf(row)} ${row.relation}`));
    const [has, wanted] = [names(index), names(links)];
    const wrong = [...has].filter((name) => !wanted.has(name)).length;
    const missing = [...wanted].filter((name) => !has.has(name)).length;
    if (wrong + missing > 0)
      add(
        'index',
        {},
        `The index lacks ${missing} links of the draft and has ${wrong} that it does not have.`,
      );
  }
  return findings;
}
