const ALPHABET = '0123456789abcdefghijkmnpqrstuvwxyz';
const LENGTH = 12;

/** A new clause id: "c" and 12 signs of a 34-letter alphabet (61 bits), from the platform's secure random source. */
export function newClauseId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return `c${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
