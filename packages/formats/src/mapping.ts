import type { TaxonomyName } from '@zerodraft/trace';
import { z } from 'zod';

/** The fields of a recommendation that a file's columns are mapped to. */
export const RECOMMENDATION_FIELDS = [
  { field: 'reference', label: 'Reference', required: true },
  { field: 'title', label: 'Title', required: false },
  { field: 'text', label: 'Text', required: true },
  { field: 'source', label: 'Source', required: true },
  { field: 'sourceKind', label: 'Kind of source', required: false },
  { field: 'document', label: 'Session or document', required: false },
  { field: 'locator', label: 'Page or paragraph', required: false },
  { field: 'date', label: 'Date', required: false },
  { field: 'themes', label: 'Themes', required: false },
  { field: 'dimensions', label: 'Dimensions', required: false },
  { field: 'kind', label: 'Kind', required: false },
  { field: 'region', label: 'Region', required: false },
  { field: 'session', label: 'Name of the session', required: false },
  { field: 'phase', label: 'Phase', required: false },
  { field: 'language', label: 'Language', required: false },
  { field: 'disposition', label: 'Disposition', required: false },
  { field: 'dispositionReason', label: 'Reason of the disposition', required: false },
] as const;
export type RecommendationField = (typeof RECOMMENDATION_FIELDS)[number]['field'];

/** The fields that hold terms, and of which taxonomy. */
export const FIELD_TAXONOMY = [
  ['themes', 'themes'],
  ['dimensions', 'dimensions'],
  ['kind', 'kinds'],
  ['sourceKind', 'stakeholderKinds'],
  ['region', 'regions'],
] as const satisfies readonly (readonly [RecommendationField, TaxonomyName])[];

const column = z.number().int().nonnegative().optional();

/** Field to column index; a field left out is not in the file. */
export const columnMapping = z.strictObject({
  reference: column,
  title: column,
  text: column,
  source: column,
  sourceKind: column,
  document: column,
  locator: column,
  date: column,
  themes: column,
  dimensions: column,
  kind: column,
  region: column,
  session: column,
  phase: column,
  language: column,
  disposition: column,
  dispositionReason: column,
});
export type ColumnMapping = z.infer<typeof columnMapping>;

const SYNONYMS: Record<RecommendationField, readonly string[]> = {
  reference: ['reference', 'ref', 'ref no', 'reference code', 'code', 'id', 'number', 'no'],
  title: ['title', 'short title', 'heading', 'subject', 'summary'],
  text: [
    'text',
    'proposal',
    'recommendation',
    'recommendation text',
    'full text',
    'content',
    'description',
    'body',
  ],
  source: [
    'source',
    'source name',
    'submitted by',
    'organisation',
    'organization',
    'from',
    'stakeholder',
    'proponent',
    'author',
    'name',
  ],
  sourceKind: [
    'source kind',
    'kind of source',
    'source type',
    'type of source',
    'stakeholder type',
    'type of stakeholder',
    'stakeholder kind',
    'stakeholder group',
    'category of source',
  ],
  document: ['session or document', 'document', 'meeting', 'event', 'consultation', 'input'],
  locator: ['page or paragraph', 'page', 'paragraph', 'para', 'pages', 'locator', 'location'],
  date: ['date', 'submitted on', 'date submitted', 'submission date', 'received'],
  themes: ['themes', 'theme', 'topic', 'topics', 'thematic area', 'cluster'],
  dimensions: ['dimensions', 'dimension', 'level', 'scope'],
  kind: [
    'kind',
    'type',
    'recommendation kind',
    'recommendation type',
    'kind of recommendation',
    'type of recommendation',
    'category',
  ],
  region: ['region', 'regions', 'geographic region'],
  session: ['name of the session', 'session name', 'session'],
  phase: ['phase'],
  language: ['language', 'lang'],
  disposition: ['disposition'],
  dispositionReason: ['reason of the disposition', 'disposition reason'],
};

function normalise(header: string): string {
  return header
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Guesses which column is which: exact names first, then names that contain a known one. Each column is used once. */
export function guessMapping(headers: readonly string[]): ColumnMapping {
  const names = headers.map(normalise);
  const mapping: ColumnMapping = {};
  const used = new Set<number>();
  const tests = [
    (name: string, synonym: string) => name === synonym,
    (name: string, synonym: string) => synonym.length > 3 && ` ${name} `.includes(` ${synonym} `),
  ];
  for (const matches of tests) {
    for (const { field } of RECOMMENDATION_FIELDS) {
      if (mapping[field] !== undefined) continue;
      for (const synonym of SYNONYMS[field]) {
        const index = names.findIndex((name, place) => !used.has(place) && matches(name, synonym));
        if (index < 0) continue;
        mapping[field] = index;
        used.add(index);
        break;
      }
    }
  }
  return mapping;
}
