import { isLinkKey, relativePosition } from '@zerodraft/trace';
import { z } from 'zod';

export { relativePosition };

/** The range of text a thread hangs on. */
export const anchor = z.object({ start: relativePosition, end: relativePosition });
export type Anchor = z.infer<typeof anchor>;

/** The anchor an edit gave to a thread or a link whose text it carried elsewhere, with the clause that text stands in now. */
export const movedAnchor = anchor.extend({ clauseId: z.string().max(64) });
export type MovedAnchor = z.infer<typeof movedAnchor>;

/** Whether a record may stand among the draft's moved anchors, of a thread or of a link's phrase; the server refuses any other. */
export function isMovedAnchor(key: string, value: unknown): boolean {
  return (key.length <= 64 || isLinkKey(key)) && movedAnchor.safeParse(value).success;
}
