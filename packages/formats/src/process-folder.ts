import { RECOMMENDATION_KIND_LABELS, type RecommendationInput, SOURCE_KIND_LABELS } from '@zerodraft/trace';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type DraftBlock, readDraftText } from './draft-text.ts';
import { FormatError } from './format-error.ts';
import { guessMapping } from './mapping.ts';
import { readRecommendations, type Taxonomy } from './recommendations.ts';
import { readTable } from './table.ts';
import { isTimeZone, startOfDay } from './zoned-day.ts';

/** One thing to mend in a process folder. */
export interface FileProblem {
  file: string;
  /** Line, or row of a sheet; null when it is about the whole file. */
  line: number | null;
  message: string;
}

const name = z.string().trim().min(1, 'is empty');
const date = z.iso.date({ error: 'is not a date of the form 2017-12-31' });
const labels = z
  .array(name)
  .min(1, 'needs at least one entry')
  .refine((values) => new Set(values).size === values.length, 'entries must differ from each other');

const definition = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'uses lower-case letters, digits and single dashes only'),
  name,
  description: z.string().trim().default(''),
  illustrative: z.boolean().default(false),
  themes: labels,
  dimensions: labels,
  /** Left out: those that every process begins with. */
  kinds: labels.optional(),
  stakeholderKinds: labels.optional(),
  /** Beside these, regions that the sheets name. */
  regions: labels.optional(),
  phases: z
    .array(
      z.strictObject({
        name,
        from: date,
        to: date,
        sessions: z.array(z.strictObject({ name, date, place: name.optional() })).default([]),
      }),
    )
    .default([]),
  rounds: z
    .array(
      z
        .strictObject({
          name,
          from: date,
          /** The last day; without one the round stays open. */
          to: date.optional(),
          timeZone: name.refine(isTimeZone, 'is no time zone such as Europe/Zurich').default('UTC'),
          comments: z.boolean().default(true),
          proposals: z.boolean().default(true),
        })
        .refine(({ from, to }) => to === undefined || from <= to, 'ends before it begins')
        .transform(({ from, to, ...round }) => ({
          ...round,
          opensAt: startOfDay(from, round.timeZone),
          closesAt: to === undefined ? null : startOfDay(to, round.timeZone, 1),
        })),
    )
    .default([]),
  people: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/, 'uses lower-case letters, digits and dashes only'),
        name,
        organisation: name.optional(),
        role: z.enum(['facilitator', 'drafter', 'delegate', 'observer']),
      }),
    )
    .refine((people) => people.some(({ role }) => role === 'facilitator'), 'needs at least one facilitator')
    .refine(
      (people) => new Set(people.map(({ id }) => id)).size === people.length,
      'ids must differ from each other',
    ),
});

/** A process as its folder defines it. */
export type ProcessDefinition = z.infer<typeof definition> & {
  recommendations: RecommendationInput[];
  draft: { title: string; blocks: DraftBlock[] };
};

export type ProcessFolderResult =
  | { ok: true; process: ProcessDefinition }
  | { ok: false; errors: FileProblem[] };

const SETTINGS = 'process.yaml';
const DRAFT = 'draft.md';
const SHEETS = 'recommendations/';

function readSettings(bytes: Uint8Array): {
  value: z.infer<typeof definition> | null;
  errors: FileProblem[];
} {
  const lines = new LineCounter();
  const document = parseDocument(new TextDecoder().decode(bytes), { lineCounter: lines });
  if (document.errors.length > 0) {
    const errors = document.errors.map((error) => ({
      file: SETTINGS,
      line: lines.linePos(error.pos[0]).line,
      message: error.message.split('\n')[0] ?? error.message,
    }));
    return { value: null, errors };
  }
  const parsed = definition.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, errors: [] };
  const errors = parsed.error.issues.map((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    // A missing entry has no place of its own: its parent's is the nearest.
    let line: number | null = null;
    for (let depth = path.length; depth >= 0 && line === null; depth -= 1) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) line = lines.linePos(node.range[0]).line;
    }
    return { file: SETTINGS, line, message: `${path.join('.') || 'the file'}: ${issue.message}` };
  });
  return { value: null, errors };
}

async function readSheets(
  files: ReadonlyMap<string, Uint8Array>,
  taxonomy: Taxonomy,
): Promise<{ recommendations: RecommendationInput[]; errors: FileProblem[] }> {
  const recommendations: RecommendationInput[] = [];
  const errors: FileProblem[] = [];
  const homes = new Map<string, string>();
  const sheets = [...files].filter(([path]) => path.startsWith(SHEETS) && /\.(csv|xlsx)$/i.test(path)).sort();
  if (sheets.length === 0)
    errors.push({ file: SHEETS, line: null, message: 'there is no .csv or .xlsx file in this folder.' });
  for (const [file, bytes] of sheets) {
    try {
      const table = await readTable(bytes, file);
      const result = readRecommendations(table, guessMapping(table.headers), taxonomy);
      for (const { row, field, message } of result.errors)
        errors.push({ file, line: row, message: `${field}: ${message}` });
      for (const { row, value } of result.valid) {
        const home = homes.get(value.reference);
        if (home !== undefined)
          errors.push({
            file,
            line: row,
            message: `reference "${value.reference}" stands in ${home} already.`,
          });
        homes.set(value.reference, file);
        recommendations.push(value);
      }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      errors.push({ file, line: null, message: error.message });
    }
  }
  return { recommendations, errors };
}

/**
 * Reads a process folder: `process.yaml`, `draft.md` and the sheets under `recommendations/`.
 * @param files path within the folder, with slashes, to bytes
 * @returns the process, or every problem found with its file and line
 */
export async function readProcessFolder(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ProcessFolderResult> {
  const settings = files.get(SETTINGS);
  const text = files.get(DRAFT);
  const errors: FileProblem[] = [];
  if (!settings)
    errors.push({
      file: SETTINGS,
      line: null,
      message: 'this file is missing; it names the process, its themes and people.',
    });
  if (!text)
    errors.push({ file: DRAFT, line: null, message: 'this file is missing; it holds the zero draft.' });
  if (!settings || !text) return { ok: false, errors };
  const { value, errors: settingsErrors } = readSettings(settings);
  if (value === null) return { ok: false, errors: settingsErrors };
  const sheets = await readSheets(files, {
    labels: {
      themes: value.themes,
      dimensions: value.dimensions,
      kinds: value.kinds ?? Object.values(RECOMMENDATION_KIND_LABELS),
      stakeholderKinds: value.stakeholderKinds ?? Object.values(SOURCE_KIND_LABELS),
      regions: value.regions ?? [],
    },
    open: ['regions'],
  });
  const references = new Set(sheets.recommendations.map(({ reference }) => reference));
  const draft = readDraftText(new TextDecoder().decode(text), DRAFT, references);
  errors.push(...sheets.errors, ...draft.errors);
  if (errors.length > 0) return { ok: false, errors };
  const title = draft.blocks[0]?.text ?? value.name;
  return {
    ok: true,
    process: { ...value, recommendations: sheets.recommendations, draft: { title, blocks: draft.blocks } },
  };
}
