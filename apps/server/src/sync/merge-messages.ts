import { z } from 'zod';

const bytes = z.instanceof(Uint8Array);

/** What passes between the server and its merge thread. */
export const mergeRequest = z.object({ id: z.number(), updates: z.array(bytes) });
export const mergeAnswer = z.object({
  id: z.number(),
  merged: bytes.optional(),
  error: z.string().optional(),
});
