import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stopwords as arabicStops } from '@orama/stopwords/arabic';
import { stopwords as englishStops } from '@orama/stopwords/english';
import { stopwords as frenchStops } from '@orama/stopwords/french';
import { stopwords as germanStops } from '@orama/stopwords/german';
import { stopwords as portugueseStops } from '@orama/stopwords/portuguese';
import { stopwords as russianStops } from '@orama/stopwords/russian';
import { stopwords as spanishStops } from '@orama/stopwords/spanish';
import { withoutUnspaced } from '../unspaced.ts';
import { unspacedWords } from './unspaced-words.ts';

/** A word of a text: what it is compared by, and how it reads. */
export interface Word {
  stem: string;
  form: string;
}

/** What is known of a language: which words say nothing, and what a word is without its endings. */
export interface Language {
  name: string;
  stops: ReadonlySet<string>;
  stem: (word: string) => string;
}

/** Stems that are remembered of a language: texts of one library say the same words again and again. */
const MAX_STEMS = 50_000;

function language(name: string, stops: readonly string[], stem: (word: string) => string): Language {
  const known = new Map<string, string>();
  const remembered = (word: string): string => {
    const before = known.get(word);
    if (before !== undefined) return before;
    if (known.size >= MAX_STEMS) known.clear();
    const found = stem(word);
    known.set(word, found);
    return found;
  };
  return { name, stops: new Set(stops), stem: remembered };
}

const ENGLISH = language('english', englishStops, english);
const RUSSIAN = language('russian', russianStops, russian);
const ARABIC = language('arabic', arabicStops, arabic);
const LANGUAGES: readonly Language[] = [
  ENGLISH,
  language('french', frenchStops, french),
  language('spanish', spanishStops, spanish),
  language('portuguese', portugueseStops, portuguese),
  language('german', germanStops, german),
  RUSSIAN,
  ARABIC,
];

const SPACED = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*/gu;
const LATIN = /^\p{Script=Latin}/u;

function spacedForms(text: string): string[] {
  const read = text.normalize('NFKC').replace(/[’‘]/g, "'").toLowerCase();
  return withoutUnspaced(read).match(SPACED) ?? [];
}

/** Characters that tell a text's language. */
const TELLING = 600;

/** The language that most words of a text's beginning are said to belong to: one of those that stems are known for. */
export function languageOf(text: string): Language {
  const spaced = spacedForms(text.slice(0, TELLING));
  // A few words may hold none that tells.
  let best = /\p{Script=Cyrillic}/u.test(text) ? RUSSIAN : /\p{Script=Arabic}/u.test(text) ? ARABIC : ENGLISH;
  let most = 0;
  for (const candidate of LANGUAGES) {
    let count = 0;
    for (const form of spaced) if (candidate.stops.has(form)) count += 1;
    if (count > most) [best, most] = [candidate, count];
  }
  return best;
}

/**
 * The words of a text that say something, in order: without what every text says, without endings. Of other scripts and
 * languages the words stand as they are written; where there are no spaces, as ICU's dictionaries part them.
 */
export function wordsOf(text: string, { stops, stem, name }: Language = languageOf(text)): Word[] {
  const words: Word[] = [];
  for (const form of spacedForms(text)) {
    // "the State's" is of the State; "l'accès" is the access.
    const parts = name === 'french' ? form.split("'") : [form.replace(/'s$/, '')];
    for (const part of parts) {
      if (stops.has(part) || stops.has(form) || (part.length < 2 && LATIN.test(part))) continue;
      words.push({ stem: stem(part), form: part });
    }
  }
  for (const form of unspacedWords(text)) words.push({ stem: form, form });
  return words;
}
