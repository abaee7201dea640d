import {
  type Footprint,
  type FootprintView,
  type OrganisationFootprint,
  OUTCOME_LABELS,
  RELATION_LABELS,
  type Tie,
} from '@zerodraft/trace';
import writeXlsxFile from 'write-excel-file/node';
import { sheetText } from '../sheet-text.ts';
import { ILLUSTRATIVE, momentOf, newerPart, type ReportFacts } from './report.ts';

type Column = [label: string, width: number];

/** A sheet of a workbook: its columns by name with their widths, and its rows. */
export interface Sheet {
  name: string;
  columns: Column[];
  rows: string[][];
}

const sides = (tie: Tie | undefined, notes: boolean): string[] => [
  tie?.phrase ?? '',
  tie?.passage ?? '',
  ...(notes ? [tie?.note ?? ''] : []),
];
const SIDES = (notes: boolean): Column[] => [
  ['Words of the clause', 40],
  ['Words of the recommendation', 40],
  ...(notes ? [['Note of the team', 40] satisfies Column] : []),
];
const CLAUSE: Column[] = [
  ['Section', 28],
  ['Clause', 12],
  ['Text', 70],
];
const RELATION: Column = ['Relation', 24];
const NAMED: Column[] = [
  ['Reference', 14],
  ['Title', 40],
];
const RECOMMENDATION: Column[] = [
  ...NAMED,
  ['Recommendation', 70],
  ['Source', 28],
  ['Kind of stakeholder', 20],
  ['Document', 28],
  ['Page or paragraph', 16],
  ['Date', 12],
];
const OUTCOME: Column = ['What became of it', 22];
const REASON: Column = ['Reason', 40];
/** One row for each, and one where there is none. */
const orNone = <T>(all: readonly T[]): readonly (T | undefined)[] => (all.length === 0 ? [undefined] : all);

function clausesSheet({ byClause, byRecommendation }: Footprint, notes: boolean): Sheet {
  const outcomes = new Map(
    byRecommendation.map(({ recommendation, outcome }) => [recommendation.id, OUTCOME_LABELS[outcome]]),
  );
  return {
    name: 'Clauses',
    columns: [...CLAUSE, RELATION, ...RECOMMENDATION, OUTCOME, ...SIDES(notes)],
    rows: byClause.flatMap(({ clause, sources, contrary }) =>
      orNone([...sources, ...contrary]).map((tie) => {
        const from = tie?.recommendation;
        return [
          ...[clause.section, clause.citation, clause.text],
          tie ? RELATION_LABELS[tie.relation] : 'No source',
          ...[from?.reference ?? '', from?.title ?? '', from?.text ?? '', from?.source ?? ''],
          ...[from?.sourceKind ?? '', from?.document ?? '', from?.locator ?? '', from?.date ?? ''],
          from ? (outcomes.get(from.id) ?? '') : '',
          ...sides(tie, notes),
        ];
      }),
    ),
  };
}

function recommendationsSheet({ byRecommendation }: Footprint, notes: boolean): Sheet {
  return {
    name: 'Recommendations',
    columns: [
      ...RECOMMENDATION,
      ['Merged into it', 24],
      ...[OUTCOME, REASON, RELATION],
      ...CLAUSE,
      ...SIDES(notes),
    ],
    rows: byRecommendation.flatMap(({ recommendation, outcome, reason, clauses, contrary, merged }) =>
      orNone([...clauses, ...contrary]).map((tie) => [
        ...[recommendation.reference, recommendation.title, recommendation.text, recommendation.source],
        ...[recommendation.sourceKind, recommendation.document, recommendation.locator],
        ...[recommendation.date ?? '', merged.map(({ reference }) => reference).join('; ')],
        ...[OUTCOME_LABELS[outcome], reason, tie ? RELATION_LABELS[tie.relation] : ''],
        ...[tie?.clause.section ?? '', tie?.clause.citation ?? '', tie?.clause.text ?? ''],
        ...sides(tie, notes),
      ]),
    ),
  };
}

function organisationsSheet(organisations: readonly OrganisationFootprint[], notes: boolean): Sheet {
  return {
    name: 'Proposals',
    columns: [
      ['Organisation', 30],
      ...NAMED,
      ['Proposal', 70],
      ['Became part of', 16],
      ...[OUTCOME, REASON, RELATION],
      ...CLAUSE,
      ...SIDES(notes),
    ],
    rows: organisations.flatMap(({ name, proposals }) =>
      proposals.flatMap(({ recommendation, mergedInto, outcome, reason, clauses, contrary }) =>
        orNone([...clauses, ...contrary]).map((tie) => [
          ...[name, recommendation.reference, recommendation.title, recommendation.text],
          ...[mergedInto?.reference ?? '', OUTCOME_LABELS[outcome], reason],
          ...[tie ? RELATION_LABELS[tie.relation] : '', tie?.clause.section ?? ''],
          ...[tie?.clause.citation ?? '', tie?.clause.text ?? ''],
          ...sides(tie, notes),
        ]),
      ),
    ),
  };
}

/** A footprint as the rows of a sheet: one for each link, and one for whatever has none. */
export function footprintSheet(footprint: Footprint, view: FootprintView, notes: boolean): Sheet {
  if (view === 'clauses') return clausesSheet(footprint, notes);
  if (view === 'recommendations') return recommendationsSheet(footprint, notes);
  return organisationsSheet(footprint.byOrganisation, notes);
}

/** What the workbook is about: which text, and when it was made. */
function aboutSheet(facts: ReportFacts): Sheet {
  const newer = newerPart(facts);
  return {
    name: 'About',
    columns: [
      ['About', 24],
      ['', 80],
    ],
    rows: [
      ['Process', facts.process],
      ['Draft', facts.draft],
      ...(facts.version === null ? [] : [['Version', facts.version]]),
      ['As it stood on', momentOf(facts.at)],
      ['Made on', momentOf(facts.madeAt)],
      ...(newer === null ? [] : [['', newer]]),
      ...(facts.illustrative ? [['', ILLUSTRATIVE]] : []),
    ],
  };
}

/** A sheet as a workbook, with one behind it that says what it is about. Every cell is text, whatever it begins with. */
export async function writeSheet(sheet: Sheet, facts: ReportFacts): Promise<Uint8Array> {
  const text = (value: string, bold: boolean) => ({
    value: sheetText(value),
    type: String,
    wrap: true,
    alignVertical: 'top' as const,
    ...(bold ? { fontWeight: 'bold' as const } : {}),
  });
  const sheets = [sheet, aboutSheet(facts)].map(({ name, columns, rows }) => ({
    data: [
      columns.map(([label]) => text(label, true)),
      ...rows.map((row) => row.map((value) => text(value, false))),
    ],
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map(([, width]) => ({ width })),
  }));
  return writeXlsxFile(sheets).toBuffer();
}
