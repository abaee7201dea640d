import { createHmac, timingSafeEqual } from 'node:crypto';
import { MIN_SECONDS_ON_FORM } from '@zerodraft/contract';

/** A form left open over night is still sent. */
const MAX_AGE = 48 * 60 * 60 * 1_000;

/**
 * Signs when somebody asked for a box's form, so that nothing need be kept of who asks: what comes back too soon, or
 * was never asked for, was not written by a person.
 */
export class Stamps {
  constructor(private readonly key: string) {}

  #sign(slug: string, at: string): Buffer {
    return createHmac('sha256', this.key).update(`box form ${slug} ${at}`).digest();
  }

  make(slug: string, now = Date.now()): string {
    const at = now.toString(36);
    return `${at}.${this.#sign(slug, at).toString('base64url')}`;
  }

  check(slug: string, stamp: string, now = Date.now()): 'good' | 'too-soon' | 'stale' {
    const [at = '', signature = ''] = stamp.split('.');
    const given = Buffer.from(signature, 'base64url');
    const own = this.#sign(slug, at);
    if (given.length !== own.length || !timingSafeEqual(given, own)) return 'stale';
    const age = now - Number.parseInt(at, 36);
    if (age > MAX_AGE) return 'stale';
    return age < MIN_SECONDS_ON_FORM * 1_000 ? 'too-soon' : 'good';
  }
}
