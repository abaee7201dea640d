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

/** Reads bytes as text: by their mark, as UTF-8 where they are valid, by what an HTML page names, else as Windows text. */
export function decodeText(bytes: Uint8Array): Decoded {
  const sure = marked(bytes) ?? utf16Without(bytes);
  if (sure !== null) {
    const text = new TextDecoder(sure).decode(bytes);
    return { text, warnings: text.includes('\ufffd') ? ['Some characters could not be read.'] : [] };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), warnings: [] };
  } catch {
    const label = named(bytes) ?? 'windows-1252';
    // A page that says it is UTF-8 and is not.
    const encoding = label === 'utf-8' ? 'windows-1252' : label;
    const guess = `The text is not UTF-8; it was read as ${encoding}. If letters look wrong, save it as UTF-8 and upload it again.`;
    return { text: decodeIn(encoding, bytes), warnings: [guess] };
  }
}
