import { expect } from 'vitest';
import { readDocument } from './index.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
export const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A document's paragraphs as `kind: text`. */
export async function reading(bytes: Uint8Array, name: string): Promise<string[]> {
  const { paragraphs } = await readDocument(bytes, name);
  expect(paragraphs.map(({ n }) => n)).toEqual(paragraphs.map((_, index) => index + 1));
  return paragraphs.map(({ kind, text }) => `${kind}: ${text}`);
}

export const refusal = (code: string, ...words: string[]) =>
  expect.objectContaining({
    name: 'FormatError',
    code,
    message: expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word})`).join(''), 's')),
  });
