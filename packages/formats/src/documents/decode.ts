import { analyse } from 'chardet';

const LOST = 'Some characters could not be read.';

/** Text from bytes, and what had to be guessed. */
export interface Decoded {
  text: string;
  warnings: string[];
}

/** Without a mark at the beginning, UTF-16 shows by the zeros that every second byte of Latin text is. */
function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = sample.byteLength / 5;
  if (odd > many && even < many / 10) return 'utf-16le';
  if (even > many && odd < many / 10) return 'utf-16be';
  return null;
}

function marked(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** The encoding that a page names in its head. */
function named(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
  const label = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
  if (label === undefined) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** What windows-1252 has from 0x80 on, where Latin-1 has control characters. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Reads bytes in an encoding. Node 20 takes windows-1252 for Latin-1, which loses dashes and quotation marks. */
export function decodeIn(encoding: string, bytes: Uint8Array): string {
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** What encodings of the six languages of the United Nations are called where they are guessed, and where they are read. */
const GUESSES: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'windows-1251': 'windows-1251',
  'KOI8-R': 'koi8-r',
  'ISO-8859-5': 'iso-8859-5',
  'windows-1256': 'windows-1256',
  'ISO-8859-6': 'iso-8859-6',
  GB18030: 'gb18030',
  Big5: 'big5',
};
/** How sure a guess has to be, of 100: less is chance. */
const SURE = 20;
const GUESSED_FROM = 64 * 1024;

/** The words that are not of Latin letters alone: the headers and the markup around them are, whatever the language. */
function foreignWords(bytes: Uint8Array): Uint8Array {
  const words: number[] = [];
  let begin = 0;
  for (let at = 0; at <= bytes.length && words.length < GUESSED_FROM; at++) {
    const byte = bytes[at] ?? 0;
    // Second bytes of Chinese characters are never as low as these.
    if (byte >= 0x30) continue;
    const word = bytes.subarray(begin, at);
    if (word.some((each) => each >= 0x80)) words.push(...word.subarray(0, GUESSED_FROM), 0x20);
    begin = at + 1;
  }
  return Uint8Array.from(words);
}

/** Signs that no words have: frames and control characters, which another encoding's letters are taken for. */
const NO_WORD = /[\u0080-\u009f\u2500-\u259f]/;

/** Whether all that is not Latin are pairs of bytes that Chinese characters have: of a few, frequencies tell nothing. */
function isPairs(words: Uint8Array): boolean {
  const runs = new TextDecoder('latin1').decode(words).match(/[\u0080-\u00ff]+/g) ?? [];
  return runs.length > 0 && runs.every((run) => /^(?:[\u00a1-\u00f7][\u00a1-\u00fe]){2,}$/.test(run));
}

/** The encoding that the letters' frequencies speak for; that of Western Windows when none does. */
function guessed(bytes: Uint8Array): string {
  const words = foreignWords(bytes);
  const best = analyse(words).find(
    ({ name, confidence }) =>
      confidence >= SURE && name in GUESSES && !NO_WORD.test(decodeIn(GUESSES[name] ?? '', words)),
  );
  return GUESSES[best?.name ?? ''] ?? (isPairs(words) ? 'gb18030' : 'windows-1252');
}

/** UTF-8 in which a few bytes are damaged; null when it rather is something else. */
function damagedUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(bytes);
  let [lost, read] = [0, 0];
  for (const sign of text)
    if (sign === '\ufffd') lost += 1;
    else if (sign > '\u007f') read += 1;
  return lost * 2 <= read ? text : null;
}

/** Reads bytes as text: by their mark, as UTF-8 where they are that, by what an HTML page names, else as what they are most like. */
export function decodeText(bytes: Uint8Array): Decoded {
  const sure = marked(bytes) ?? utf16Without(bytes);
  if (sure !== null) {
    const text = new TextDecoder(sure).decode(bytes);
    return { text, warnings: text.includes('\ufffd') ? [LOST] : [] };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), warnings: [] };
  } catch {
    const damaged = damagedUtf8(bytes);
    if (damaged !== null) return { text: damaged, warnings: [LOST] };
    const label = named(bytes);
    // A page that says it is UTF-8 and is not.
    const encoding = label === null || label === 'utf-8' ? guessed(bytes) : label;
    const guess = `The text is not UTF-8; it was read as ${encoding}. If letters look wrong, save it as UTF-8 and upload it again.`;
    return { text: decodeIn(encoding, bytes), warnings: [guess] };
  }
}
