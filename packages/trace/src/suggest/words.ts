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

const language = (name: string, stops: readonly string[], stem: (word: string) => string): Language => ({
  name,
  stops: new Set(stops),
  stem,
});

const ENGLISH = language('english', englishStops, english);
/** English first: it wins where a text says nothing about its language. */
const LANGUAGES: readonly Language[] = [
  ENGLISH,
  language('french', frenchStops, french),
  language('spanish', spanishStops, spanish),
  language('portuguese', portugueseStops, portuguese),
  language('german', germanStops, german),
  language('russian', russianStops, russian),
  language('arabic', arabicStops, arabic),
];

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
const SPACED = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*/gu;
const LATIN = /^\p{Script=Latin}/u;
// Looking for words takes the segmenter a hundred times as long as spaces do: it is asked only where there are none.
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function formsOf(text: string): { spaced: string[]; unspaced: string[] } {
  const read = text.normalize('NFKC').replace(/[’‘]/g, "'").toLowerCase();
  const unspaced = [...read.matchAll(UNSPACED)].flatMap(([run]) =>
    [...segmenter.segment(run)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment),
  );
  const spaced = read.replace(UNSPACED, ' ').match(SPACED) ?? [];
  return { spaced, unspaced };
}

/** The language that most words of a text are said to belong to: one of those that stems are known for. */
export function languageOf(text: string): Language {
  const { spaced } = formsOf(text);
  let best = ENGLISH;
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
  const { spaced, unspaced } = formsOf(text);
  const words: Word[] = [];
  for (const form of spaced) {
    // "the State's" is of the State; "l'accès" is the access.
    const parts = name === 'french' ? form.split("'") : [form.replace(/'s$/, '')];
    for (const part of parts) {
      if (stops.has(part) || stops.has(form) || (part.length < 2 && LATIN.test(part))) continue;
      words.push({ stem: stem(part), form: part });
    }
  }
  for (const form of unspaced) words.push({ stem: form, form });
  return words;
}
