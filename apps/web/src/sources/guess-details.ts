import type { DocumentKind } from '@zerodraft/contract';
import { SOURCE_KIND_LABELS, type SourceKind } from '@zerodraft/trace';
import type { SourceDetails } from './source-details.ts';

type Guess = Partial<SourceDetails>;

const KINDS: readonly [RegExp, DocumentKind][] = [
  [
    /\bwritten (?:input|contribution|statement|submission)s?\b|\bsubmission\b|\bcontribution\b/i,
    'written-input',
  ],
  [
    /\b(?:co-?)?(?:chair|facilitator)s?['’]?s? summary\b|\bsummary (?:of|by) the (?:co-?)?(?:chair|facilitator)s?\b/i,
    'chair-summary',
  ],
  [/\bsummary\b/i, 'session-summary'],
  [/\breport\b/i, 'report'],
  [/\b(?:recommendations? )?box\b/i, 'box'],
];

/** The first that fits decides: a network of cities is of cities. */
const STAKEHOLDERS: readonly [RegExp, SourceKind][] = [
  [
    /\b(?:cit(?:y|ies)|municipalit(?:y|ies)|mayors?|local government|local authorit(?:y|ies))\b/i,
    'local-authority',
  ],
  [/\b(?:universit(?:y|ies)|institute|academy|academia|college)\b/i, 'academia'],
  [
    /\b(?:G-?77|(?:african|arab|european|pacific|latin american|asian) (?:group|union)|group of)\b/i,
    'regional-group',
  ],
  [/\b(?:UN|ILO|IOM|UNHCR|UNICEF|OHCHR|UNDP|WHO|UNESCO|UNODC|DESA|UNFPA|FAO)\b/, 'un-entity'],
  [/\b(?:chamber of commerce|employers|business|industr(?:y|ies)|ltd|inc)\b/i, 'private-sector'],
  [
    /\b(?:NGOs?|network|coalition|alliance|caritas|foundation|civil society|churches|unions?|forum)\b/i,
    'civil-society',
  ],
  [/\b(?:mission|delegation|government|republic|kingdom|ministry)\b/i, 'delegation'],
];

const LANGUAGES: Readonly<Record<string, string>> = {
  arabic: 'ar',
  chinese: 'zh',
  english: 'en',
  french: 'fr',
  russian: 'ru',
  spanish: 'es',
  ar: 'ar',
  zh: 'zh',
  en: 'en',
  fr: 'fr',
  ru: 'ru',
  es: 'es',
  pt: 'pt',
  de: 'de',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A symbol of the United Nations as it stands in file names: A_RES_71_1, E-CN.4-2017-Add.1. */
const SYMBOL =
  /^(?:A|E|S|ST|TD|HRI|CEDAW|CRC|CMW)(?:[_-](?:[A-Z]{1,5}(?:\.\d+)?|\d+|(?:Add|Rev|Corr)\.?\d+)){2,}(?=$|[\s_(-])/;

function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}

function dateIn(name: string): { date: string; match: string } | null {
  const iso = /(?<!\d)((?:19|20)\d\d)([-._ ]?)(\d\d)\2(\d\d)(?!\d)/.exec(name);
  const written = /(?<!\d)(\d{1,2})[ ._-]+([a-z]{3,9})[ ._-]+((?:19|20)\d\d)(?!\d)/i.exec(name);
  const month = MONTHS.indexOf((written?.[2] ?? '').slice(0, 3).toLowerCase()) + 1;
  const found = iso
    ? dayOf(Number(iso[1]), Number(iso[3]), Number(iso[4]))
    : month > 0 && written
      ? dayOf(Number(written[3]), month, Number(written[1]))
      : null;
  const match = (iso ?? written)?.[0];
  return found && match ? { date: found, match } : null;
}

/**
 * What a file's name tells about the document in it. The title is left to the document, which mostly names itself
 * better than its file.
 * @param stakeholderKinds labels of those that the process has: another is not guessed
 */
export function guessDetails(fileName: string, stakeholderKinds: readonly string[]): Guess {
  const guess: Guess = {};
  let name = fileName.replace(/\.[a-z0-9]{1,9}$/i, '').normalize('NFC');
  const symbol = SYMBOL.exec(name)?.[0];
  if (symbol) {
    guess.symbol = symbol.replace(/[_-]/g, '/');
    name = name.slice(symbol.length);
  }
  const dated = dateIn(name);
  if (dated) {
    guess.date = dated.date;
    name = name.replace(dated.match, ' - ');
  }
  name = name.replace(/_/g, ' ');
  const language = /[\s(.-]+([a-z]+)\)?\s*$/i.exec(name);
  const tag = LANGUAGES[language?.[1]?.toLowerCase() ?? ''];
  if (language && tag) {
    guess.language = tag;
    name = name.slice(0, language.index);
  }
  const kind = KINDS.find(([words]) => words.test(name))?.[1];
  if (kind) guess.kind = kind;
  const session =
    /\b(?:session \d{1,2}|\d{1,2}(?:st|nd|rd|th) session|(?:first|second|third|fourth|fifth|sixth) (?:thematic |informal )?session)\b/i.exec(
      name,
    );
  if (session) guess.session = session[0].charAt(0).toUpperCase() + session[0].slice(1);
  const phase = /\bphase (?:\d{1,2}|[IVX]{1,4})\b/i.exec(name);
  if (phase) guess.phase = phase[0].charAt(0).toUpperCase() + phase[0].slice(1);
  // "Kenya - written input": the part that says no more than what it is is not somebody.
  const parts = name
    .split(/\s+[-–—]+\s+|\s*[–—]\s*/)
    .map((part) => part.replace(/^[\s,.-]+|[\s,.-]+$/g, ''))
    .filter(Boolean);
  const names = parts.filter(
    (part) => !KINDS.some(([words]) => words.test(part)) && part !== session?.[0] && part !== phase?.[0],
  );
  const [who] = names;
  if (who && names.length === 1 && parts.length > 1) guess.who = who;
  const stakeholder = STAKEHOLDERS.find(([words]) => words.test(guess.who ?? name))?.[1];
  const label = stakeholder && SOURCE_KIND_LABELS[stakeholder];
  if (label && stakeholderKinds.includes(label)) guess.stakeholderKind = label;
  return guess;
}
