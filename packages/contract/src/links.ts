import { EFFECTIVE_DISPOSITIONS, RELATIONS } from '@zerodraft/trace';
import { z } from 'zod';
import { instant } from './lifecycle.ts';

/** A draft's public read-only link, without its secret. */
export const publicLink = z.object({
  id: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** Whether it also shows where each clause comes from. */
  withSources: z.boolean(),
});
export type PublicLink = z.infer<typeof publicLink>;
export const publicLinks = z.object({ links: z.array(publicLink) });

export const newPublicLink = z.object({
  expiresAt: instant.nullable(),
  withSources: z.boolean().default(false),
});
/** The link itself is shown this once. */
export const createdPublicLink = z.object({ id: z.string(), link: z.string() });

/** What the holder of a public link reads: the text and nobody's name. */
export const publicDraft = z.object({
  title: z.string(),
  processName: z.string(),
  illustrative: z.boolean(),
  editedAt: z.string(),
  expiresAt: z.string().nullable(),
  /** Whether the link also shows where each clause comes from. */
  withSources: z.boolean(),
  blocks: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      label: z.string(),
      citation: z.string(),
      text: z.string(),
      /** Recommendations that it is linked to; 0 where the link does not show them. */
      sources: z.number(),
    }),
  ),
});
export type PublicDraft = z.infer<typeof publicDraft>;

/** A recommendation that a clause is linked to, as the holder of a public link reads it: no person, and nothing of the team's. */
export const publicSource = z.object({
  reference: z.string(),
  title: z.string(),
  text: z.string(),
  /** Who it comes from; of what was put in a box, that it was. */
  source: z.string(),
  relation: z.enum(RELATIONS),
  outcome: z.enum([...EFFECTIVE_DISPOSITIONS, 'contrary']),
});
export type PublicSource = z.infer<typeof publicSource>;
/** What one clause comes from; what was considered and not followed is last. */
export const publicSources = z.object({ sources: z.array(publicSource) });
