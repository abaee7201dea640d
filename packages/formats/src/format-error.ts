/** A file that cannot be read; the message says what is wrong, where, and how to mend it. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}
