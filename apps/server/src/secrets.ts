import { createHash, randomBytes } from 'node:crypto';

/** The secret of a link: 256 random bits, for an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a link's secret. Random bits need no salt and no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
