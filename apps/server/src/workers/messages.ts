import { z } from 'zod';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What the server asks its merge thread. */
export const mergeRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), updates: z.array(bytes) }),
  z.object({ kind: z.literal('groups'), groups: z.array(z.array(bytes)) }),
]);
export type MergeRequest = z.infer<typeof mergeRequest>;

/** What the server asks the thread that writes the log. */
export const logRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('append'),
    entries: z.array(
      z.object({
        draftId: z.string(),
        generation: z.number(),
        update: bytes,
        userId: z.string().nullable(),
      }),
    ),
  }),
  z.object({
    kind: z.literal('fold'),
    draftId: z.string(),
    fold: z.object({
      generation: z.number(),
      snapshot: bytes,
      rows: z.array(z.number()),
      history: z.array(
        z.object({ update: bytes, userId: z.string().nullable(), from: z.string(), to: z.string() }),
      ),
    }),
  }),
]);
export type LogRequest = z.infer<typeof logRequest>;

/** Every request and answer between the server and a thread of its. */
export const envelope = z.object({ id: z.number(), request: z.unknown() });
export const answer = z.object({
  id: z.number(),
  value: z.unknown().optional(),
  error: z.string().optional(),
});
