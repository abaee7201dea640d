import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refuse } from './context.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * How often something may be tried. A whole mission, or a conference hall, comes from one address: what counts by
 * address is wide, what counts by account is narrow.
 */
const BUDGETS = {
  /** Failed sign-ins from one address. */
  signInByAddress: { points: 150, duration: 15 * MINUTE },
  /** Failed sign-ins into one account from one address. */
  signInByPerson: { points: 10, duration: 15 * MINUTE },
  /** Failed sign-ins into one account from anywhere. */
  signInByAccount: { points: 60, duration: 15 * MINUTE },
  /** Wrong codes of the second factor from one address. */
  secondFactor: { points: 60, duration: 15 * MINUTE },
  /** Requests for links by mail: from one address, and to one mailbox. */
  mailByAddress: { points: 500, duration: 15 * MINUTE },
  mailByMailbox: { points: 5, duration: HOUR },
  /** People invited, by who invites. */
  invitations: { points: 2_000, duration: 24 * HOUR },
  /** Tries of links, and beginnings of a sign-in that leave a row behind. */
  links: { points: 1_000, duration: 15 * MINUTE },
  publicLinks: { points: 300, duration: MINUTE },
  /** Forms of boxes asked for and sent, from one address. */
  boxes: { points: 300, duration: MINUTE },
  /** Deposits from one address, which may be a conference hall's, and in one box from anywhere. */
  depositsByAddress: { points: 60, duration: 15 * MINUTE },
  depositsByBox: { points: 600, duration: HOUR },
  /** Looks at receipts from one address: each reads drafts. */
  receipts: { points: 120, duration: 5 * MINUTE },
  /** Files, by who sends them. */
  imports: { points: 60, duration: 10 * MINUTE },
  /** Footprints as files, by who asks: a long one takes seconds. */
  footprints: { points: 60, duration: 10 * MINUTE },
  /** Documents, by who sends them: all written inputs of a process in one go. */
  uploads: { points: 600, duration: 10 * MINUTE },
} as const;
export type Budget = keyof typeof BUDGETS;

/** Counts tries in memory: one process serves all, and a restart forgives. */
export class RateLimits {
  readonly #limiters = new Map<Budget, RateLimiterMemory>();

  #of(budget: Budget): RateLimiterMemory {
    const limiter = this.#limiters.get(budget) ?? new RateLimiterMemory(BUDGETS[budget]);
    this.#limiters.set(budget, limiter);
    return limiter;
  }

  /** Takes from a budget. @returns null when there was enough, else the seconds to wait */
  async take(budget: Budget, key: string, points = 1): Promise<number | null> {
    try {
      await this.#of(budget).consume(key, points);
      return null;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
      throw error;
    }
  }

  /** Gives back what a success does not count. */
  async giveBack(budget: Budget, key: string): Promise<void> {
    await this.#of(budget).reward(key, 1);
  }
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/** Answers that it was too often, and when to come back. */
export function tooMany(c: Context, seconds: number) {
  c.header('retry-after', String(seconds));
  return refuse(c, 429, 'too-many', `Too many tries. Wait ${inWords(seconds)}, then try again.`);
}

/** Lets a request pass while its key has something left of a budget. */
export function limit(limits: RateLimits, budget: Budget, keyOf: (c: Context) => string) {
  return createMiddleware(async (c, next) => {
    const wait = await limits.take(budget, keyOf(c));
    return wait === null ? next() : tooMany(c, wait);
  });
}
