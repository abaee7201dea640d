import {
  type Footprint,
  type FootprintFormat,
  type FootprintView,
  type OrganisationFootprint,
  readable,
} from '@zerodraft/trace';
import { zipSync } from 'fflate';
import { writeDocx } from './docx.ts';
import { writeHtml } from './html.ts';
import { writePdf } from './pdf.ts';
import { footprintProv, type ProvPlace, writeProv } from './prov.ts';
import type { Report, ReportFacts } from './report.ts';
import { clausesReport, letterTo, recommendationsReport } from './reports.ts';
import { footprintSheet, writeSheet } from './sheets.ts';

export interface FootprintRequest {
  view: FootprintView;
  format: FootprintFormat;
  /** Of the view by organisation: whose report; null for one of each, as a ZIP where a file holds one report. */
  organisation: string | null;
  /** Whether what is the team's goes along: notes, and in PROV-JSON who made links. */
  notes: boolean;
}

export interface FootprintFile {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const TYPES: Record<FootprintFormat, { extension: string; type: string }> = {
  docx: {
    extension: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  pdf: { extension: 'pdf', type: 'application/pdf' },
  xlsx: { extension: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  html: { extension: 'html', type: 'text/html; charset=utf-8' },
  'prov-json': { extension: 'prov.json', type: 'application/json' },
};
const MAX_NAME = 80;

/** A name as part of a file's: letters and digits of any script, and nothing that a file system gives a meaning. */
export function fileSafe(name: string): string {
  const plain = name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return (
    [...plain]
      .slice(0, MAX_NAME)
      .join('')
      .replace(/^-+|-+$/g, '') || 'report'
  );
}

const WRITERS = { docx: writeDocx, pdf: writePdf, html: writeHtml } as const;
type ReportFormat = keyof typeof WRITERS;
const isReportFormat = (format: FootprintFormat): format is ReportFormat => format in WRITERS;

/** Letters to all organisations, a file each. */
async function zipOf(letters: readonly [name: string, report: Report][], format: ReportFormat) {
  const { extension } = TYPES[format];
  const files: Record<string, Uint8Array> = {};
  const taken = new Set<string>();
  for (const [name, report] of letters) {
    let file = `${fileSafe(name)}.${extension}`;
    // Some file systems see no difference between capitals and small letters.
    for (let n = 2; taken.has(file.toLowerCase()); n += 1) file = `${fileSafe(name)}-${n}.${extension}`;
    taken.add(file.toLowerCase());
    files[file] = await WRITERS[format](report);
  }
  return zipSync(files, { level: format === 'html' ? 6 : 0 });
}

/**
 * A footprint as a file.
 * @returns null when nobody of that name proposed anything
 */
export async function writeFootprint(
  footprint: Footprint,
  request: FootprintRequest,
  facts: ReportFacts,
  place: ProvPlace,
): Promise<FootprintFile | null> {
  const { view, format, organisation, notes } = request;
  const { extension, type } = TYPES[format];
  const ofOne = view === 'organisation' && organisation !== null;
  const wanted = ofOne ? readable(organisation) : null;
  const chosen: readonly OrganisationFootprint[] = footprint.byOrganisation.filter(
    ({ name }) => wanted === null || name === wanted,
  );
  const [only] = ofOne ? chosen : [];
  if (ofOne && !only) return null;
  const what = only ? `proposals-${fileSafe(only.name)}` : view === 'organisation' ? 'proposals' : view;
  const file = (bytes: Uint8Array, end = extension, media = type): FootprintFile => ({
    name: `footprint-${what}-${facts.version === null ? '' : `${fileSafe(facts.version)}-`}${facts.at.slice(0, 10)}.${end}`,
    type: media,
    bytes: new Uint8Array(bytes),
  });
  if (format === 'prov-json') return file(writeProv(footprintProv(footprint, facts, place, only ?? null)));
  if (format === 'xlsx')
    return file(
      await writeSheet(footprintSheet({ ...footprint, byOrganisation: [...chosen] }, view, notes), facts),
    );
  if (!isReportFormat(format)) return null;
  if (view === 'clauses') return file(await WRITERS[format](clausesReport(footprint, facts)));
  if (view === 'recommendations') return file(await WRITERS[format](recommendationsReport(footprint, facts)));
  if (only) return file(await WRITERS[format](letterTo(only, facts)));
  const letters = chosen.map((one): [string, Report] => [one.name, letterTo(one, facts)]);
  return file(await zipOf(letters, format), 'zip', 'application/zip');
}
