import { z } from 'zod';
import { person } from './people.ts';

/** Versions that a draft keeps at most. */
export const MAX_VERSIONS = 500;

/** How a version came to be: by hand, when a round opened or closed, or as what stood before another was restored. */
export const VERSION_KINDS = ['made', 'round-opened', 'round-closed', 'before-restore'] as const;
export type VersionKind = (typeof VERSION_KINDS)[number];

const versionFields = {
  name: z
    .string()
    .trim()
    .min(1, 'Give the version a name.')
    .max(200, 'A name holds at most 200 characters.')
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'A name is one line of plain text.'),
  note: z.string().trim().max(2_000, 'A note holds at most 2,000 characters.'),
};

/** A draft's state that is kept under a name. */
export const version = z.object({
  ...versionFields,
  id: z.string(),
  kind: z.enum(VERSION_KINDS),
  /** Null for the server itself. */
  createdBy: person.pick({ id: true, name: true }).nullable(),
  createdAt: z.string(),
  /** The round that opened or closed then, or that it is said to belong to. */
  round: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type Version = z.infer<typeof version>;
/** Newest first. */
export const versionList = z.object({ versions: z.array(version) });

/** Keeps the draft as it is now. Its id is made by whoever asks: sent again, it is kept once. */
export const newVersion = z.strictObject({
  id: z.uuid(),
  name: versionFields.name,
  note: versionFields.note.default(''),
  roundId: z.string().nullable().default(null),
});
export const versionChange = z.strictObject(versionFields).partial();

/** Brings the draft back to a version. What stands now is kept first, under this id: sent again, it is done once. */
export const restoration = z.strictObject({ before: z.uuid() });
