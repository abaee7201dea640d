import { z } from 'zod';

/** What a process or a draft can be: in work, kept for reading, or in the bin until it is purged. */
export const STATES = ['active', 'archived', 'deleted'] as const;
export type State = (typeof STATES)[number];

/** Days that the bin keeps what was deleted. */
export const BIN_DAYS = 30;

/** A moment as ISO 8601 text in UTC; any offset is taken and normalised. */
export const instant = z.iso
  .datetime({ offset: true, error: 'Give a moment as 2026-05-31T17:00:00Z.' })
  .transform((text) => new Date(text).toISOString());

/** The state of a process or draft, and since when. */
export const lifecycle = z.object({
  state: z.enum(STATES),
  stateSince: z.string(),
});
export type Lifecycle = z.infer<typeof lifecycle>;

export const stateChange = z.object({ state: z.enum(STATES) });

/** When the bin purges what was deleted at this moment. */
export function purgeTime(deletedAt: string): string {
  return new Date(Date.parse(deletedAt) + BIN_DAYS * 24 * 60 * 60 * 1_000).toISOString();
}
