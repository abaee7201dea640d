import { isTimeZone } from '@zerodraft/formats';
import { z } from 'zod';
import { instant } from './lifecycle.ts';

/** An IANA time zone: the one in which people are told when a round opens and closes. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Name a time zone as in Europe/Zurich or UTC: this one is not known.');

/** What a round opens to delegates. */
export const WINDOWS = ['comments', 'proposals'] as const;
export type RoundWindow = (typeof WINDOWS)[number];

const roundFields = {
  name: z.string().trim().min(1, 'Give the round a name.').max(200),
  /** Null: open from the beginning. */
  opensAt: instant.nullable(),
  /** Null: open until a facilitator closes it. */
  closesAt: instant.nullable(),
  timeZone,
  comments: z.boolean(),
  proposals: z.boolean(),
};

export function inOrder({ opensAt, closesAt }: { opensAt: string | null; closesAt: string | null }): boolean {
  return opensAt === null || closesAt === null || opensAt < closesAt;
}
export const ORDER_PROBLEM = 'A round closes after it opens. Change one of the two.';

/** A time in which delegates may comment or propose. */
export const round = z.object({ id: z.string(), ...roundFields });
export type Round = z.infer<typeof round>;

export const newRound = z.object(roundFields).refine(inOrder, ORDER_PROBLEM);
export type NewRound = z.infer<typeof newRound>;
export const roundChange = z.object(roundFields).partial();
export type RoundChange = z.infer<typeof roundChange>;
/** Opens a closed round again: until then, or until it is closed when null. */
export const roundReopening = z.object({ closesAt: instant.nullable() });

/** Where a moment stands among the rounds that have a window. */
export type WindowState =
  | { kind: 'open'; round: Round }
  | { kind: 'opens'; round: Round; at: string }
  | { kind: 'closed'; round: Round; since: string }
  | { kind: 'none' };

/**
 * Whether a window is open at a moment: by the round that stays open longest; when none is, the next that opens,
 * else the last that closed.
 */
export function windowState(rounds: readonly Round[], window: RoundWindow, now: Date): WindowState {
  const at = now.toISOString();
  const having = rounds.filter((candidate) => candidate[window]);
  const last = '9999';
  const [open] = having
    .filter(({ opensAt, closesAt }) => (opensAt ?? '') <= at && at < (closesAt ?? last))
    .sort((a, b) => ((a.closesAt ?? last) < (b.closesAt ?? last) ? 1 : -1));
  if (open) return { kind: 'open', round: open };
  let next: { round: Round; at: string } | null = null;
  let past: { round: Round; since: string } | null = null;
  for (const candidate of having) {
    const { opensAt, closesAt } = candidate;
    if (opensAt !== null && opensAt > at) {
      if (next === null || opensAt < next.at) next = { round: candidate, at: opensAt };
    } else if (closesAt !== null && (past === null || closesAt > past.since))
      past = { round: candidate, since: closesAt };
  }
  if (next) return { kind: 'opens', ...next };
  if (past) return { kind: 'closed', ...past };
  return { kind: 'none' };
}
