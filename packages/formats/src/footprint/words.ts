import {
  type FootprintClause,
  type FootprintRecommendation,
  OUTCOME_LABELS,
  type Proposal,
  RELATION_LABELS,
  type RecommendationFootprint,
  type Tie,
} from '@zerodraft/trace';
import { dayOf, type Line } from './report.ts';

/** How a clause is named in a sentence. */
export function clauseName({ citation }: Pick<FootprintClause, 'citation'>): string {
  return citation.startsWith('Objective') ? citation : `Paragraph ${citation}`;
}

/** Where a recommendation comes from, on one line. */
export function originOf(recommendation: FootprintRecommendation): string {
  const { source, sourceKind, document, locator, session, date } = recommendation;
  const who = sourceKind === '' ? source : `${source} (${sourceKind})`;
  // What was said in a session often names it as its document.
  const where = [document, locator, session === document ? '' : session, date === null ? '' : dayOf(date)];
  return [who, ...where].filter(Boolean).join(', ');
}

const quoted = (text: string): string => `“${text}”`;

/** How both sides of a link relate: the words of each that it is about, and the team's note. */
function relationLines({ phrase, passage, note }: Tie): Line[] {
  return [
    ...(phrase === null ? [] : [{ text: `Words of the clause: ${quoted(phrase)}`, tone: 'muted' as const }]),
    ...(passage === null
      ? []
      : [{ text: `Words of the recommendation: ${quoted(passage)}`, tone: 'muted' as const }]),
    ...(note === '' ? [] : [{ text: `Note of the team: ${note}`, tone: 'muted' as const }]),
  ];
}

/** A recommendation as the source of a clause. */
export function sourceLines(tie: Tie, outcome: string): Line[] {
  const { recommendation, relation } = tie;
  return [
    {
      text: `${RELATION_LABELS[relation]}: ${recommendation.reference} ${recommendation.title}`,
      tone: 'strong',
    },
    { text: recommendation.text, tone: 'quote' },
    { text: [originOf(recommendation), outcome].filter(Boolean).join(' · '), tone: 'muted' },
    ...relationLines(tie),
  ];
}

/** A clause as what a recommendation came to. */
export function clauseLines(tie: Tie): Line[] {
  const { clause, relation } = tie;
  return [
    { text: `${clauseName(clause)} · ${RELATION_LABELS[relation]}`, tone: 'strong' },
    { text: clause.text, tone: 'quote' },
    ...relationLines(tie),
  ];
}

/** What became of a recommendation, with the reason where the team gives one. */
export function outcomeText({
  outcome,
  reason,
}: Pick<RecommendationFootprint | Proposal, 'outcome' | 'reason'>): string {
  return reason === '' ? OUTCOME_LABELS[outcome] : `${OUTCOME_LABELS[outcome]}: ${reason}`;
}
