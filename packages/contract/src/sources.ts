import { DOCUMENT_FORMATS, PARAGRAPH_KINDS } from '@zerodraft/formats';
import { LIMITS, passage, recommendation } from '@zerodraft/trace';
import { z } from 'zod';
import { person } from './people.ts';
import { termLabel, termName } from './taxonomies.ts';

/** What a source is: a document, or an event that was written up. */
export const DOCUMENT_KINDS = [
  'written-input',
  'session-summary',
  'chair-summary',
  'report',
  'box',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const DOCUMENT_KIND_LABELS: Record<DocumentKind, string> = {
  'written-input': 'Written input',
  'session-summary': 'Summary of a session',
  'chair-summary': "Chair's summary",
  report: 'Report',
  box: 'Recommendations box',
  other: 'Other',
};

/**
 * How far a source's document is: none uploaded; waiting to be read; read; read and found to be pictures without text;
 * not readable, with the problem in words.
 */
export const SOURCE_STATES = ['no-file', 'reading', 'read', 'no-text', 'failed'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** Sources that a process holds at most. */
export const MAX_SOURCES = 10_000;

const line = (what: string) =>
  z
    .string()
    .trim()
    .max(LIMITS.short, `${what} holds at most ${LIMITS.short} characters.`)
    .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, `${what} is one line of plain text.`);

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** What people say about a source. */
const details = {
  /** Empty: the document's own title is taken when it is read. */
  title: line('The title'),
  kind: z.enum(DOCUMENT_KINDS),
  /** Who it comes from: a delegation, an organisation, a chair. */
  who: line('The name'),
  /** A term of the process, or none. */
  stakeholderKind: termName,
  /** A term of the process; what is none yet becomes one. */
  region: z.union([z.literal(''), termLabel]),
  phase: line('The phase'),
  session: line('The session'),
  date: z.iso.date({ error: 'Write the date as 2017-12-31.' }).nullable(),
  /** BCP 47; null: the document's own is taken when it is read. */
  language: z.string().max(35).refine(isLanguage, 'Give the language as a tag like en or fr-CH.').nullable(),
  symbol: line('The symbol'),
  url: z
    .url({ protocol: /^https?$/, error: 'Give an address that begins with https://.' })
    .max(2_000)
    .nullable(),
};

/** A new source; the id is made by the client, so that a request that is sent again makes one. */
export const newSource = z.strictObject({
  id: z.uuid(),
  title: details.title.default(''),
  kind: details.kind.default('other'),
  who: details.who.default(''),
  stakeholderKind: details.stakeholderKind.default(''),
  region: details.region.default(''),
  phase: details.phase.default(''),
  session: details.session.default(''),
  date: details.date.default(null),
  language: details.language.default(null),
  symbol: details.symbol.default(''),
  url: details.url.default(null),
});
export type NewSource = z.infer<typeof newSource>;
export type NewSourceInput = z.input<typeof newSource>;

/** A change of what is said about a source; refused when somebody changed it since `version`. */
export const sourceChange = z.strictObject({
  version: z.number().int(),
  ...z.object(details).partial().shape,
});
export type SourceChange = z.infer<typeof sourceChange>;

export const source = z.object(details).extend({
  id: z.string(),
  state: z.enum(SOURCE_STATES),
  /** Why the document has no text or cannot be read, and how to mend it. */
  problem: z.string().nullable(),
  /** What to know of the reading: a guessed encoding, pages without text. */
  warnings: z.array(z.string()),
  /** What the bytes are, once they were looked at. */
  format: z.enum(DOCUMENT_FORMATS).nullable(),
  fileName: z.string().nullable(),
  fileSize: z.number().nullable(),
  /** SHA-256 in hexadecimal. */
  fileHash: z.string().nullable(),
  /** How many paragraphs its text has. */
  paragraphs: z.number(),
  /** How many recommendations were taken from it. */
  recommendations: z.number(),
  createdBy: person.pick({ id: true, name: true }),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.number(),
});
export type Source = z.infer<typeof source>;
export const sourceList = z.object({ sources: z.array(source) });

/** Where recommendations were taken from in a source. */
export const citation = recommendation
  .pick({ id: true, reference: true, title: true })
  .extend({ passage: passage.nullable() });
export type Citation = z.infer<typeof citation>;
export const sourceView = z.object({ source, citations: z.array(citation) });
export type SourceView = z.infer<typeof sourceView>;

export const uploadQuery = z.object({
  /** The file's name, as the person's device has it. */
  name: z
    .string()
    .trim()
    .min(1, 'Give the file a name.')
    .max(255)
    .regex(/^[^\p{Cc}/\\]*$/u, 'A file name has no path.'),
});
/** What became of an upload; `same` are other sources of the process with the very same file. */
export const uploadResult = z.object({
  source,
  same: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type UploadResult = z.infer<typeof uploadResult>;

export const sourceParagraph = z.object({
  n: z.number(),
  kind: z.enum(PARAGRAPH_KINDS),
  page: z.number().nullable(),
  text: z.string(),
});
export type SourceParagraph = z.infer<typeof sourceParagraph>;
/** Paragraphs that one request gives at most. */
export const MAX_PARAGRAPHS_AT_ONCE = 500;
export const paragraphsQuery = z.object({
  from: z.coerce.number().int().min(1).default(1),
  /** The last one; without it as many as one request gives. */
  to: z.coerce.number().int().min(1).optional(),
  /** Only paragraphs of a kind: the headings make an outline. */
  kind: z.enum(PARAGRAPH_KINDS).optional(),
});
export const sourceParagraphs = z.object({ paragraphs: z.array(sourceParagraph), total: z.number() });

/** Paragraphs with the words asked for, in their order; the words are marked as in `searchHit`. */
export const paragraphHit = z.object({ n: z.number(), page: z.number().nullable(), excerpt: z.string() });
export type ParagraphHit = z.infer<typeof paragraphHit>;
export const paragraphHits = z.object({
  hits: z.array(paragraphHit),
  /** How many there are, also of those left out. */
  total: z.number(),
});

/** Search in the texts of all sources, a page at a time. */
export const sourcesSearch = z.object({
  /** Words, each also as a beginning; "words" as a phrase. */
  q: z.string().trim().min(1, 'Say what to look for.').max(200),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SourcesSearch = z.infer<typeof sourcesSearch>;
export const sourcesHit = paragraphHit.extend({
  sourceId: z.string(),
  title: z.string(),
  language: z.string().nullable(),
});
export type SourcesHit = z.infer<typeof sourcesHit>;
/** What fits best comes first; where very many fit, they come by source. */
export const sourcesHits = z.object({
  hits: z.array(sourcesHit),
  /** How many paragraphs fit, and in how many sources. */
  total: z.number(),
  sources: z.number(),
});
export type SourcesHits = z.infer<typeof sourcesHits>;

const tags = z.array(z.string().trim().min(1)).max(LIMITS.tags).default([]);

/**
 * A recommendation taken from a passage. What is left out comes from there: the text is the quotation, who it is from is
 * the source's, the reference the next free number.
 */
export const newRecommendation = z.strictObject({
  id: z.uuid(),
  sourceId: z.string(),
  passage,
  reference: z.string().trim().min(1).max(LIMITS.reference).optional(),
  title: z.string().trim().min(1).max(LIMITS.title).optional(),
  text: z.string().trim().min(1).max(LIMITS.text).optional(),
  /** Label of a kind, or the name it has from the beginning. */
  kind: z.string().trim().max(200).default('other'),
  themes: tags,
  dimensions: tags,
});
export type NewRecommendation = z.infer<typeof newRecommendation>;
export type NewRecommendationInput = z.input<typeof newRecommendation>;

/** A recommendation whole, with the place it was taken from. */
export const recommendationView = recommendation.extend({ passage: passage.nullable() });
export type RecommendationView = z.infer<typeof recommendationView>;
