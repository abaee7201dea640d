import { z } from 'zod';
import { instant } from './lifecycle.ts';

/** A draft's public read-only link, without its secret. */
export const publicLink = z.object({
  id: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type PublicLink = z.infer<typeof publicLink>;
export const publicLinks = z.object({ links: z.array(publicLink) });

export const newPublicLink = z.object({ expiresAt: instant.nullable() });
/** The link itself is shown this once. */
export const createdPublicLink = z.object({ id: z.string(), link: z.string() });

/** What the holder of a public link reads: the text and nobody's name. */
export const publicDraft = z.object({
  title: z.string(),
  processName: z.string(),
  illustrative: z.boolean(),
  editedAt: z.string(),
  expiresAt: z.string().nullable(),
  blocks: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      label: z.string(),
      citation: z.string(),
      text: z.string(),
    }),
  ),
});
export type PublicDraft = z.infer<typeof publicDraft>;
