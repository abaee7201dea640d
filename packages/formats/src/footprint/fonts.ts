import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import { z } from 'zod';
import { unpackWoff } from './woff.ts';

/** Faces that cover the six languages of the United Nations, and Greek and Vietnamese; most used first. */
const FACES = [
  ['latin', '@fontsource/noto-sans/files/noto-sans-latin'],
  ['latin-ext', '@fontsource/noto-sans/files/noto-sans-latin-ext'],
  ['cyrillic', '@fontsource/noto-sans/files/noto-sans-cyrillic'],
  ['cyrillic-ext', '@fontsource/noto-sans/files/noto-sans-cyrillic-ext'],
  ['greek', '@fontsource/noto-sans/files/noto-sans-greek'],
  ['greek-ext', '@fontsource/noto-sans/files/noto-sans-greek-ext'],
  ['vietnamese', '@fontsource/noto-sans/files/noto-sans-vietnamese'],
  // Not Noto's: it draws dots by themselves, and what is copied or read out then has other letters.
  ['arabic', '@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic'],
  ['chinese', '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified'],
] as const;

/** Two weights are enough for a report. */
export type Weight = 400 | 700;

/** One face in one weight. */
export interface Face {
  /** What it is called in a document. */
  name: string;
  bytes: Buffer;
  covers(codePoint: number): boolean;
}

const require = createRequire(import.meta.url);
const loaded = new Map<string, Face>();

function load(name: string, file: string, weight: Weight): Face {
  const key = `${name}-${weight}`;
  const known = loaded.get(key);
  if (known) return known;
  const bytes = unpackWoff(readFileSync(require.resolve(`${file}-${weight}-normal.woff`)));
  const font = create(bytes);
  const signs = new Set('characterSet' in font ? font.characterSet : []);
  const face: Face = { name: key, bytes, covers: (codePoint) => signs.has(codePoint) };
  loaded.set(key, face);
  return face;
}

const CHINESE = '@fontsource/noto-sans-sc';
const ranges = z.record(z.string(), z.string());

/** The rest of the Chinese font, which comes in slices: from and to which character, and which slice. */
const slices = Object.entries(
  ranges.parse(JSON.parse(readFileSync(require.resolve(`${CHINESE}/unicode.json`), 'utf8'))),
)
  .flatMap(([name, list]) => {
    const slice = /^\[(\d+)\]$/.exec(name)?.[1];
    if (slice === undefined) return [];
    return list.split(',').map((range) => {
      const [from = '', to = from] = range.replace(/^U\+/i, '').split('-');
      return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), slice };
    });
  })
  .sort((a, b) => a.from - b.from);

function sliceFor(codePoint: number, weight: Weight): Face | null {
  const found = slices.find(({ from, to }) => from <= codePoint && codePoint <= to);
  if (!found) return null;
  const face = load(`chinese-${found.slice}`, `${CHINESE}/files/noto-sans-sc-${found.slice}`, weight);
  return face.covers(codePoint) ? face : null;
}

const first = new Map<string, Face | null>();

function firstFace(codePoint: number, weight: Weight): Face | null {
  for (const [name, file] of FACES) {
    const face = load(name, file, weight);
    if (face.covers(codePoint)) return face;
  }
  return sliceFor(codePoint, weight);
}

/** The face to show a character with: the one in use where it can, else the first that does; null when none does. */
export function faceFor(codePoint: number, weight: Weight, inUse: Face | null): Face | null {
  if (inUse?.covers(codePoint)) return inUse;
  const key = `${codePoint} ${weight}`;
  const known = first.get(key);
  if (known !== undefined) return known;
  const face = firstFace(codePoint, weight);
  first.set(key, face);
  return face;
}

const SCRIPTS = [
  'Arabic',
  'Armenian',
  'Bengali',
  'Cherokee',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Gujarati',
  'Gurmukhi',
  'Hangul',
  'Han',
  'Hebrew',
  'Hiragana',
  'Katakana',
  'Kannada',
  'Khmer',
  'Lao',
  'Malayalam',
  'Mongolian',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Syriac',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
  'Tibetan',
  'Tifinagh',
] as const;
const MATCHERS = SCRIPTS.map((name) => [name, new RegExp(`\\p{Script_Extensions=${name}}`, 'u')] as const);
const NAMES: Partial<Record<(typeof SCRIPTS)[number], string>> = {
  Arabic: 'rare Arabic letters',
  Han: 'rare Chinese characters',
};
const OTHER = 'symbols';

/** What somebody would call the writing that a character is of. */
function scriptOf(sign: string): string {
  const script = MATCHERS.find(([, matcher]) => matcher.test(sign))?.[0];
  return script === undefined ? OTHER : (NAMES[script] ?? script);
}

/** Signs that show nothing by themselves. */
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Cc}]$/u;

/**
 * Text as the faces can show it: in place of what they cannot stands what it is, as "[Thai]", never an empty box.
 * @param missing gathers the names of writings that cannot be shown
 */
export function showable(text: string, weight: Weight, missing: Set<string>): string {
  let [shown, gap] = ['', ''];
  let face: Face | null = null;
  for (const sign of text.normalize('NFC')) {
    if (sign === '\n') {
      shown += sign;
      gap = '';
      continue;
    }
    const found = faceFor(sign.codePointAt(0) ?? 0, weight, face);
    if (found) {
      face = found;
      // A space between two words that cannot be shown is part of the gap.
      if (gap === '' || sign.trim() !== '') {
        shown += sign;
        gap = '';
      } else shown += ' ';
      continue;
    }
    if (UNSEEN.test(sign)) continue;
    if (sign.trim() === '') {
      shown += ' ';
      continue;
    }
    const script = /\p{M}/u.test(sign) && gap !== '' ? gap : scriptOf(sign);
    missing.add(script);
    if (script === gap) shown = shown.trimEnd();
    else shown += `[${script}]`;
    gap = script;
  }
  return shown;
}
