import { wordingsOf } from '@zerodraft/schema';
import { toBase64UrlEncoded } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import type * as Y from 'yjs';

/** Characters of a clause that are remembered at most; a longer one is compared by its beginning. */
export const MAX_WORDING = 20_000;

/** The name of a text: 128 bits of its SHA-256, so that the same text is kept once however many links remember it. */
export function wordingId(text: string): string {
  return toBase64UrlEncoded(digest(encodeUtf8(text)).slice(0, 16));
}

/** Whether a record may stand among the wordings: a text under its own name. */
export function isWording(key: string, value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_WORDING && wordingId(value) === key;
}

/** Remembers how a text reads now; to be called in a transaction. @returns its name */
export function keepWording(doc: Y.Doc, text: string): string {
  const kept = text.slice(0, MAX_WORDING);
  const id = wordingId(kept);
  const wordings = wordingsOf(doc);
  if (!wordings.has(id)) wordings.set(id, kept);
  return id;
}

/** A remembered text; null when it is not in this draft. */
export function wordingOf(doc: Y.Doc, id: string): string | null {
  const text = wordingsOf(doc).get(id);
  return typeof text === 'string' ? text : null;
}
