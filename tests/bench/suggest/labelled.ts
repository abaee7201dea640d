import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  guessMapping,
  type ProcessDefinition,
  readProcessFolder,
  readRecommendations,
  readTable,
} from '@zerodraft/formats';
import { TAXONOMIES } from '@zerodraft/trace';
import { outlineOf, type SuggestedText } from '@zerodraft/trace/suggest';
import { z } from 'zod';

/** A clause whose recommendations are known. */
export interface Case {
  text: string;
  heading: string;
  leads: string[];
  /** Cases of one section have the same. */
  section: string;
  /** References. */
  recommendations: string[];
}

/** What suggestions are measured on. */
export interface Labelled {
  name: string;
  /** Their ids are the references. */
  library: SuggestedText[];
  cases: Case[];
}

/** What cannot be read, and how to mend it. */
export class LabelError extends Error {}

const recommendation = z.object({
  reference: z.string().min(1),
  title: z.string().default(''),
  text: z.string().default(''),
  themes: z.array(z.string()).default([]),
  dimensions: z.array(z.string()).default([]),
  kind: z.string().default(''),
});
const labelledFile = z.strictObject({
  recommendations: z.array(recommendation).optional(),
  clauses: z.array(
    z.strictObject({
      text: z.string().min(1),
      heading: z.string().default(''),
      leads: z.array(z.string()).default([]),
      recommendations: z.array(z.string()).min(1),
    }),
  ),
});

type Row = z.input<typeof recommendation>;

function suggestedText(row: Row): SuggestedText {
  const { reference, title, text, themes, dimensions, kind } = recommendation.parse(row);
  return { id: reference, title, text, terms: { themes, dimensions, kinds: kind === '' ? [] : [kind] } };
}

/** Reads a process folder, as the server loads one. */
export async function readFolder(dir: string): Promise<Labelled> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(relative(dir, path).replaceAll('\\', '/'), await readFile(path));
  }
  const result = await readProcessFolder(files);
  if (!result.ok) {
    const lines = result.errors.map(({ file, line, message }) => `  ${file}:${line ?? ''} ${message}`);
    throw new LabelError(`The process in ${dir} cannot be read:\n${lines.join('\n')}`);
  }
  return ofProcess(dir, result.process);
}

function ofProcess(name: string, process: ProcessDefinition): Labelled {
  const blocks = process.draft.blocks.map((block, at) => ({ ...block, id: String(at) }));
  const places = outlineOf(blocks);
  const cases = blocks.flatMap(({ id, text, links }): Case[] => {
    const place = places.get(id);
    if (!place || links.length === 0) return [];
    const { heading, leads, sectionId: section } = place;
    return [{ text, heading, leads, section, recommendations: links.map(({ reference }) => reference) }];
  });
  return { name, library: process.recommendations.map(suggestedText), cases };
}

/** Recommendations of a CSV or XLSX file as an import reads them; every label is taken. */
async function readLibrary(file: string): Promise<SuggestedText[]> {
  const table = await readTable(await readFile(file), file);
  const labels = { themes: [], dimensions: [], kinds: [], stakeholderKinds: [], regions: [] };
  const { valid, errors } = readRecommendations(table, guessMapping(table.headers), {
    labels,
    open: TAXONOMIES,
  });
  const [first] = errors;
  if (first) throw new LabelError(`${file}, row ${first.row}, ${first.field}: ${first.message}`);
  return valid.map(({ value }) => suggestedText(value));
}

const COLUMNS = {
  text: /^clause/i,
  heading: /^(section|heading)/i,
  recommendations: /^(recommendation|reference)/i,
};

async function readSheet(file: string): Promise<Case[]> {
  const { headers, rows } = await readTable(await readFile(file), file);
  const at = (pattern: RegExp): number => headers.findIndex((header) => pattern.test(header));
  const [text, heading, references] = [at(COLUMNS.text), at(COLUMNS.heading), at(COLUMNS.recommendations)];
  if (text < 0 || references < 0)
    throw new LabelError(
      `${file} needs the columns "Clause text" and "Recommendations" ("Section heading" may be beside them).`,
    );
  return rows.map(({ row, cells }) => {
    const recommendations = (cells[references] ?? '').split(/[\s;,|]+/).filter(Boolean);
    if (!cells[text] || recommendations.length === 0)
      throw new LabelError(
        `${file}, row ${row}: a clause's text and at least one reference belong in each row.`,
      );
    const section = cells[heading] ?? '';
    return { text: cells[text], heading: section, leads: [], section, recommendations };
  });
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LabelError(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Reads what somebody has labelled: a process folder, a JSON file, or a sheet of clauses.
 * @param libraryFile recommendations as CSV or XLSX, for what does not bring its own
 * @param otherwise whose recommendations are meant when neither does
 */
export async function readLabelled(
  path: string,
  libraryFile: string | null,
  otherwise: Labelled,
): Promise<Labelled> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new LabelError(`There is no file or folder at ${path}.`);
  if (found.isDirectory()) return readFolder(path);
  let library = libraryFile === null ? otherwise.library : await readLibrary(libraryFile);
  let cases: Case[];
  if (/\.json$/i.test(path)) {
    const parsed = labelledFile.safeParse(jsonOf(path, await readFile(path, 'utf8')));
    if (!parsed.success) throw new LabelError(`${path}: ${z.prettifyError(parsed.error)}`);
    const { recommendations, clauses } = parsed.data;
    if (recommendations) library = recommendations.map(suggestedText);
    cases = clauses.map((one) => ({ ...one, section: one.heading }));
  } else {
    cases = await readSheet(path);
  }
  const known = new Set(library.map(({ id }) => id));
  const unknown = cases.flatMap(({ recommendations }) => recommendations).find((one) => !known.has(one));
  if (unknown !== undefined)
    throw new LabelError(
      `${path} names the recommendation "${unknown}", which is not among the ${known.size} known. Give the file of recommendations after it.`,
    );
  return { name: path, library, cases };
}
