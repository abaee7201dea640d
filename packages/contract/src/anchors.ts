import { z } from 'zod';

/** A Yjs relative position as JSON (`Y.relativePositionToJSON`). */
const yjsId = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() });
export const relativePosition = z.object({
  type: yjsId.nullish(),
  tname: z.string().max(32).nullish(),
  item: yjsId.nullish(),
  assoc: z.number().int().nullish(),
});
export type RelativePositionJson = z.infer<typeof relativePosition>;

/** The range of text a thread hangs on. */
export const anchor = z.object({ start: relativePosition, end: relativePosition });
export type Anchor = z.infer<typeof anchor>;

/** The anchor an edit gave to a thread whose text it carried elsewhere, with the clause that text stands in now. */
export const movedAnchor = anchor.extend({ clauseId: z.string().max(64) });
export type MovedAnchor = z.infer<typeof movedAnchor>;

/** Whether a record may stand among the draft's moved anchors; the server refuses any other. */
export function isMovedAnchor(threadId: string, value: unknown): boolean {
  return threadId.length <= 64 && movedAnchor.safeParse(value).success;
}
