import {
  type ClauseFootprint,
  type Footprint,
  groupByOutcome,
  type OrganisationFootprint,
  OUTCOME_LABELS,
  type Proposal,
  type RecommendationFootprint,
} from '@zerodraft/trace';
import {
  counted,
  dayOf,
  ILLUSTRATIVE,
  type Line,
  newerPart,
  type Report,
  type ReportFacts,
  type ReportPart,
  standOf,
} from './report.ts';
import { clauseLines, clauseName, originOf, outcomeText, sourceLines } from './words.ts';

function linesOf(facts: ReportFacts): string[] {
  const newer = newerPart(facts);
  return [
    facts.process,
    `${facts.draft}, ${standOf(facts)}`,
    ...(newer === null ? [] : [newer]),
    ...(facts.illustrative ? [ILLUSTRATIVE] : []),
  ];
}

const heading = (level: 2 | 3, text: string, id?: string): ReportPart => ({
  kind: 'heading',
  level,
  text,
  ...(id === undefined ? {} : { id }),
});

const brief = (text: string): string => (text.length > 160 ? `${text.slice(0, 158).trimEnd()} …` : text);

function clauseParts(
  { clause, sources, contrary }: ClauseFootprint,
  outcomes: ReadonlyMap<string, string>,
): ReportPart[] {
  const entries = [...sources, ...contrary].map((tie) =>
    sourceLines(tie, outcomes.get(tie.recommendation.id) ?? ''),
  );
  const parts: ReportPart[] = [
    heading(3, clauseName(clause), `clause-${clause.id}`),
    { kind: 'text', text: clause.text, tone: 'quote' },
  ];
  if (sources.length === 0) parts.push({ kind: 'text', text: 'No source.', tone: 'muted' });
  if (entries.length > 0) parts.push({ kind: 'entries', entries });
  return parts;
}

/** Clause by clause: its text, and what it comes from. */
export function clausesReport(footprint: Footprint, facts: ReportFacts): Report {
  const { byClause, byRecommendation, withoutSource } = footprint;
  const outcomes = new Map(
    byRecommendation.map(({ recommendation, outcome }) => [recommendation.id, OUTCOME_LABELS[outcome]]),
  );
  let section: string | null = null;
  const clauses = byClause.flatMap((entry): ReportPart[] => {
    const isNew = entry.clause.section !== section;
    section = entry.clause.section;
    const parts = clauseParts(entry, outcomes);
    return isNew && section !== '' ? [heading(2, section), ...parts] : parts;
  });
  const opposed = byClause.filter(({ contrary }) => contrary.length > 0);
  return {
    title: 'Where the text comes from',
    lines: linesOf(facts),
    parts: [
      {
        kind: 'text',
        text: `${counted(byClause.length, 'clause')}, of which ${byClause.length - withoutSource.length} with a source and ${withoutSource.length} without. ${counted(opposed.length, 'clause')} ${opposed.length === 1 ? 'says' : 'say'} the opposite of a recommendation that was considered.`,
      },
      ...clauses,
      heading(2, `Clauses without a source (${withoutSource.length})`),
      ...(withoutSource.length === 0
        ? [{ kind: 'text' as const, text: 'Every clause has a source.' }]
        : [
            {
              kind: 'entries' as const,
              entries: withoutSource.map((clause): Line[] => [
                { text: clauseName(clause), tone: 'strong' },
                { text: brief(clause.text) },
              ]),
            },
          ]),
    ],
  };
}

/** "12 reflected; 3 open": how many proposals came to what. */
function tally(all: readonly Pick<Proposal, 'outcome'>[]): string {
  return groupByOutcome(all)
    .map(([outcome, some]) => `${some.length} ${OUTCOME_LABELS[outcome].toLowerCase()}`)
    .join('; ');
}

function recommendationParts(entry: RecommendationFootprint): ReportPart[] {
  const { recommendation, clauses, contrary, merged } = entry;
  const parts: ReportPart[] = [
    heading(3, `${recommendation.reference} ${recommendation.title}`, `recommendation-${recommendation.id}`),
    { kind: 'text', text: recommendation.text, tone: 'quote' },
    { kind: 'text', text: originOf(recommendation), tone: 'muted' },
  ];
  if (merged.length > 0)
    parts.push({
      kind: 'text',
      text: `With it were merged: ${merged.map(({ reference, title, source }) => `${reference} ${title} (${source})`).join('; ')}.`,
      tone: 'muted',
    });
  parts.push({ kind: 'text', text: outcomeText(entry), tone: 'strong' });
  if (clauses.length + contrary.length > 0)
    parts.push({ kind: 'entries', entries: [...clauses, ...contrary].map(clauseLines) });
  return parts;
}

/** Recommendation by recommendation: what it says, and what became of it. */
export function recommendationsReport(footprint: Footprint, facts: ReportFacts): Report {
  const { byRecommendation, notReflected } = footprint;
  return {
    title: 'What became of the recommendations',
    lines: linesOf(facts),
    parts: [
      {
        kind: 'text',
        text: `${counted(byRecommendation.length, 'recommendation')}${byRecommendation.length === 0 ? '' : `: ${tally(byRecommendation)}`}.`,
      },
      ...byRecommendation.flatMap(recommendationParts),
      heading(2, `Taken up by no clause (${notReflected.length})`),
      ...(notReflected.length === 0
        ? [{ kind: 'text' as const, text: 'Every recommendation is taken up by a clause.' }]
        : [
            {
              kind: 'entries' as const,
              entries: notReflected.map((entry): Line[] => [
                { text: `${entry.recommendation.reference} ${entry.recommendation.title}`, tone: 'strong' },
                { text: outcomeText(entry) },
              ]),
            },
          ]),
    ],
  };
}

const FATES: Record<Proposal['outcome'], string> = {
  reflected: 'The text takes it up.',
  partly: 'The text takes a part of it up.',
  open: 'It is still open: no clause takes it up so far.',
  'not-reflected': 'The text does not take it up.',
  deferred: 'It is put off to a later stage.',
  'out-of-scope': 'It lies outside of what this text is about.',
  contrary: 'It was considered, and the text says the opposite.',
};

function fateLines(proposal: Proposal): Line[] {
  const { mergedInto, outcome, reason } = proposal;
  return [
    { text: OUTCOME_LABELS[outcome], tone: 'strong' },
    { text: FATES[outcome] },
    ...(mergedInto === null
      ? []
      : [{ text: `It was merged into ${mergedInto.reference} ${mergedInto.title}.` }]),
    ...(reason === '' ? [] : [{ text: `Reason: ${reason}` }]),
  ];
}

function letterRow(proposal: Proposal): Line[][] {
  const { recommendation, clauses, contrary } = proposal;
  const where = [recommendation.document, recommendation.locator].filter(Boolean).join(', ');
  const places = [...clauses, ...contrary].flatMap(clauseLines);
  return [
    [
      { text: `${recommendation.reference} ${recommendation.title}`, tone: 'strong' },
      { text: recommendation.text },
      ...(where === '' ? [] : [{ text: where, tone: 'muted' as const }]),
    ],
    fateLines(proposal),
    places.length === 0 ? [{ text: 'No clause.', tone: 'muted' }] : places,
  ];
}

/** The letter to one organisation: what became of its proposals. */
export function letterTo({ name, proposals }: OrganisationFootprint, facts: ReportFacts): Report {
  const { process, draft, version, madeAt, illustrative } = facts;
  const many = counted(proposals.length, 'proposal');
  return {
    title: 'What became of your proposals',
    lines: [name, process, dayOf(madeAt), ...(illustrative ? [ILLUSTRATIVE] : [])],
    parts: [
      {
        kind: 'text',
        text: `Thank you for the ${proposals.length === 1 ? 'proposal' : many} that ${name} put to “${process}”. ${proposals.length === 1 ? 'It was' : 'Each was'} read by the team that writes the text. This letter says what became of ${proposals.length === 1 ? 'it' : 'each of them'} in “${draft}”, ${standOf(facts)}: ${tally(proposals)}.`,
      },
      {
        kind: 'table',
        caption: `Your ${proposals.length === 1 ? 'proposal' : many}`,
        columns: [
          { label: 'Your proposal', share: 36 },
          { label: 'What became of it', share: 24 },
          { label: 'In the text', share: 40 },
        ],
        rows: proposals.map(letterRow),
      },
      {
        kind: 'text',
        text: `The text is a draft and changes until it is agreed: what is said here holds for ${version === null ? 'the day of this letter' : 'that version'}.`,
      },
      { kind: 'text', text: `The facilitators of “${process}”` },
    ],
  };
}
