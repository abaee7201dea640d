import { decodeIn } from './decode.ts';

/** The encoding of an XML part, where it is not UTF-8 (XML 1.0, appendix F); null when it is, or nobody knows. */
function otherEncoding(part: Uint8Array): string | null {
  const [first, second] = part;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const head = new TextDecoder('latin1').decode(part.subarray(0, 200));
  const label = /^(?:ï»¿)?<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)/.exec(head)?.[1];
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'utf-8' ? null : encoding;
  } catch {
    return null;
  }
}

/** An XML part in UTF-8: what reads Office files takes every part for that, though UTF-16 is allowed and others are met. */
export function utf8Xml(part: Uint8Array): Uint8Array {
  const encoding = otherEncoding(part);
  if (encoding === null) return part;
  const text = decodeIn(encoding, part);
  return new TextEncoder().encode(text.replace(/^<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="UTF-8"?>'));
}
