import { type Block, groupBy, isClauseKind, numberBlocks, textOfRange } from '@zerodraft/schema';
import type { Link, Relation } from './link-record.ts';
import { followMerges } from './links.ts';
import {
  DISPOSITION_LABELS,
  dispositionOf,
  EFFECTIVE_DISPOSITIONS,
  type EffectiveDisposition,
  plainText,
  type Recommendation,
} from './recommendation.ts';

/** How a footprint can be told: clause by clause, recommendation by recommendation, or to who proposed. */
export const FOOTPRINT_VIEWS = ['clauses', 'recommendations', 'organisation'] as const;
export type FootprintView = (typeof FOOTPRINT_VIEWS)[number];

export const FOOTPRINT_FORMATS = ['docx', 'pdf', 'xlsx', 'html', 'prov-json'] as const;
export type FootprintFormat = (typeof FOOTPRINT_FORMATS)[number];

/** What became of a recommendation; `contrary` was considered, and nothing but the opposite was chosen. */
export type Outcome = EffectiveDisposition | 'contrary';

export const OUTCOME_LABELS: Record<Outcome, string> = {
  ...DISPOSITION_LABELS,
  contrary: 'Considered, and the opposite was chosen',
};

/** What a footprint tells of a recommendation. */
export interface FootprintRecommendation
  extends Pick<
    Recommendation,
    | 'id'
    | 'reference'
    | 'title'
    | 'text'
    | 'source'
    | 'sourceKind'
    | 'document'
    | 'locator'
    | 'date'
    | 'session'
    | 'region'
    | 'themes'
    | 'dimensions'
    | 'kind'
    | 'disposition'
    | 'dispositionReason'
    | 'sourceId'
    | 'mergedIds'
  > {}

/** A clause as a footprint shows it. */
export interface FootprintClause {
  id: string;
  kind: Block['kind'];
  /** As printed before the text, and as cited. */
  label: string;
  citation: string;
  /** The section that it stands in; empty before the first. */
  section: string;
  text: string;
}

/** One clause and one recommendation, and how they relate. */
export interface Tie {
  /** The link's name in the draft. */
  key: string;
  clause: FootprintClause;
  recommendation: FootprintRecommendation;
  relation: Relation;
  /** The team's; empty when there is none or it was not asked for. */
  note: string;
  /** The words of the clause that it is about; null when it is the whole clause. */
  phrase: string | null;
  /** The words of the recommendation that it is about; null when it is the whole. */
  passage: string | null;
}

/** A clause with where it comes from. */
export interface ClauseFootprint {
  clause: FootprintClause;
  sources: Tie[];
  /** What was considered for it, and the opposite chosen: no source of it. */
  contrary: Tie[];
}

/** A recommendation with where it went. */
export interface RecommendationFootprint {
  recommendation: FootprintRecommendation;
  outcome: Outcome;
  /** Why, as the team says; empty when it does not. */
  reason: string;
  clauses: Tie[];
  contrary: Tie[];
  /** What was merged into it. */
  merged: FootprintRecommendation[];
}

/** What became of one proposal of an organisation. */
export interface Proposal extends Omit<RecommendationFootprint, 'merged'> {
  /** The recommendation that it became part of, and whose fate it shares; null when it stands for itself. */
  mergedInto: Pick<FootprintRecommendation, 'reference' | 'title'> | null;
}

/** What became of the proposals of one organisation. */
export interface OrganisationFootprint {
  name: string;
  /** What kind of stakeholder it is, as its recommendations say. */
  kinds: string[];
  proposals: Proposal[];
}

/** Where a draft comes from, and what became of what was proposed: what every export and the public page show. */
export interface Footprint {
  /** Clauses with text, in the order of the draft. */
  byClause: ClauseFootprint[];
  /** Recommendations that stand for themselves, by reference. */
  byRecommendation: RecommendationFootprint[];
  /** By name; also those whose proposals were all merged into others'. */
  byOrganisation: OrganisationFootprint[];
  /** Of the above: clauses without any source. */
  withoutSource: FootprintClause[];
  /** Of the above: recommendations that no clause takes up, with the reason where there is one. */
  notReflected: RecommendationFootprint[];
}

export interface FootprintInput {
  blocks: readonly Block[];
  /** As read by `readLinks`. */
  links: readonly Link[];
  /** Those that stand for themselves. */
  recommendations: readonly FootprintRecommendation[];
  /** Those that were merged into one of them. */
  merged: readonly FootprintRecommendation[];
}

/** Marks that turn the direction of whatever follows them. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text as every format can carry it: without control characters, and without what would turn the text after it. */
export function readable(text: string): string {
  return plainText(text.replace(TURNING, ''));
}

function cleaned(all: readonly FootprintRecommendation[]): FootprintRecommendation[] {
  return all.map((one) => ({
    ...one,
    reference: readable(one.reference),
    title: readable(one.title),
    text: readable(one.text),
    source: readable(one.source),
    document: readable(one.document),
    locator: readable(one.locator),
    dispositionReason: readable(one.dispositionReason),
  }));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The draft's clauses with text, as they are cited. */
function clausesOf(blocks: readonly Block[]): FootprintClause[] {
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  let section = '';
  return blocks.flatMap(({ id, kind, text }, index): FootprintClause[] => {
    if (kind === 'section') section = readable(text);
    const shown = readable(text);
    if (!isClauseKind(kind) || shown === '') return [];
    const { label = '', citation = '' } = numbers[index] ?? {};
    return [{ id, kind, label, citation, section, text: shown }];
  });
}

function outcomeOf(
  { disposition }: FootprintRecommendation,
  clauses: readonly Tie[],
  contrary: readonly Tie[],
): Outcome {
  const outcome = dispositionOf(disposition, clauses.length > 0);
  return outcome === 'open' && contrary.length > 0 ? 'contrary' : outcome;
}

/**
 * The legislative footprint of a draft.
 * @param notes whether the notes of links go along; they are the team's
 */
export function footprintOf(input: FootprintInput, { notes }: { notes: boolean }): Footprint {
  const { blocks } = input;
  const [recommendations, merged] = [cleaned(input.recommendations), cleaned(input.merged)];
  const clauses = new Map(clausesOf(blocks).map((clause) => [clause.id, clause]));
  const known = new Map(recommendations.map((recommendation) => [recommendation.id, recommendation]));
  const ties = followMerges(input.links, recommendations).flatMap((link): Tie[] => {
    const clause = clauses.get(link.clauseId);
    const recommendation = known.get(link.recommendationId);
    if (!clause || !recommendation) return [];
    const { key, relation, phraseAt, passage } = link;
    return [
      {
        ...{ key, clause, recommendation, relation },
        note: notes ? readable(link.note ?? '') : '',
        phrase: phraseAt ? readable(textOfRange(blocks, phraseAt)) || null : null,
        passage: passage ? readable(passage.quote) || null : null,
      },
    ];
  });
  const ofClause = groupBy(ties, ({ clause }) => clause.id);
  const ofRecommendation = groupBy(ties, ({ recommendation }) => recommendation.id);
  const split = (all: readonly Tie[] = []) => ({
    positive: all.filter(({ relation }) => relation !== 'contrary'),
    contrary: all.filter(({ relation }) => relation === 'contrary'),
  });

  const byClause = [...clauses.values()].map((clause): ClauseFootprint => {
    const { positive, contrary } = split(ofClause.get(clause.id));
    const byReference = (a: Tie, b: Tie) => byText(a.recommendation.reference, b.recommendation.reference);
    return { clause, sources: positive.sort(byReference), contrary: contrary.sort(byReference) };
  });
  const mergedOf = new Map(merged.map((recommendation) => [recommendation.id, recommendation]));
  const byRecommendation = [...recommendations]
    .sort((a, b) => byText(a.reference, b.reference))
    .map((recommendation): RecommendationFootprint => {
      const { positive, contrary } = split(ofRecommendation.get(recommendation.id));
      return {
        recommendation,
        outcome: outcomeOf(recommendation, positive, contrary),
        reason: recommendation.dispositionReason,
        clauses: positive,
        contrary,
        merged: recommendation.mergedIds.flatMap((id) => mergedOf.get(id) ?? []),
      };
    });
  return {
    byClause,
    byRecommendation,
    byOrganisation: organisationsOf(byRecommendation),
    withoutSource: byClause.filter(({ sources }) => sources.length === 0).map(({ clause }) => clause),
    notReflected: byRecommendation.filter(({ clauses: taken }) => taken.length === 0),
  };
}

/** Proposals by who made them; one that was merged into another's shares its fate, and stays its author's. */
function organisationsOf(all: readonly RecommendationFootprint[]): OrganisationFootprint[] {
  const proposals = all.flatMap(({ merged, ...own }): Proposal[] => {
    const { reference, title } = own.recommendation;
    const parts = merged.map((recommendation) => ({
      ...own,
      recommendation,
      mergedInto: { reference, title },
    }));
    return [{ ...own, mergedInto: null }, ...parts];
  });
  return [...groupBy(proposals, ({ recommendation }) => recommendation.source)]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, own]) => ({
      name,
      kinds: [...new Set(own.map(({ recommendation }) => recommendation.sourceKind))].filter(Boolean).sort(),
      proposals: own.sort((a, b) => byText(a.recommendation.reference, b.recommendation.reference)),
    }));
}

const OUTCOMES: readonly Outcome[] = [...EFFECTIVE_DISPOSITIONS, 'contrary'];

/** Proposals by what became of them, in one order; outcomes of none are left out. */
export function groupByOutcome<P extends { outcome: Outcome }>(all: readonly P[]): [Outcome, P[]][] {
  const groups = groupBy(all, ({ outcome }) => outcome);
  return OUTCOMES.flatMap((outcome): [Outcome, P[]][] => {
    const some = groups.get(outcome);
    return some ? [[outcome, some]] : [];
  });
}
