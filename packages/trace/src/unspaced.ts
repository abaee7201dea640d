/**
 * The signs of writings without spaces between words, as a regular expression's class names them: of scripts that part
 * words nowhere, and the marks that Japanese shares with no script alone. Everything that treats such writings in its
 * own way rests on this. The full-text indexes are written by it: a change has to have them written anew.
 */
const SIGNS = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc\uff70\u3099\u309a\uff9e\uff9f`;

/** One such sign, as the source of a regular expression with the flag `u`. */
export const UNSPACED = `[${SIGNS}]`;
const RUN = new RegExp(`${UNSPACED}+`, 'gu');
const BEGINS = new RegExp(`^${UNSPACED}`, 'u');
const ENDS = new RegExp(`${UNSPACED}$`, 'u');

/** Whether a text begins or ends with a sign of a writing without spaces: there, a word needs no border. */
export const beginsUnspaced = (text: string): boolean => BEGINS.test(text);
export const endsUnspaced = (text: string): boolean => ENDS.test(text);

/** The parts of a text in writings without spaces. */
export const unspacedRuns = (text: string): string[] => text.match(RUN) ?? [];

/** The rest of a text: its words stay apart where such parts stood between them. */
export const withoutUnspaced = (text: string): string => text.replace(RUN, ' ');

/** Stands between spelled signs; no text has it. */
export const SPELLING = '\u001f';

/**
 * A text whose signs stand apart where its writing parts no words, so that an index of words is one of signs there, and a
 * word of such a writing a phrase of them. Words of other writings beside them stand apart as well. Without SPELLING it
 * reads as before.
 */
export function spelled(text: string): string {
  return text.replace(RUN, (run) => `${SPELLING}${[...run.normalize('NFC')].join(SPELLING)}${SPELLING}`);
}
