import { z } from 'zod';
import { LIMITS } from './recommendation.ts';

const point = z.object({
  /** Number of the paragraph, from 1. */
  n: z.number().int().positive(),
  /** Characters before it, as JavaScript counts them. */
  offset: z.number().int().min(0),
});

/** A place in a source's text: from a character up to another, and the text between as it was chosen. */
export const passage = z.object({
  from: point,
  to: point,
  quote: z.string().min(1, 'is empty').max(LIMITS.text, `is longer than ${LIMITS.text} characters`),
});
export type Passage = z.infer<typeof passage>;

/**
 * The text between two points; paragraphs are parted by line breaks.
 * @param paragraphs those from the first to the last point, in order
 * @returns null when the points are not in the text or hold nothing between them
 */
export function passageText(
  paragraphs: readonly { n: number; text: string }[],
  { from, to }: Pick<Passage, 'from' | 'to'>,
): string | null {
  const within = paragraphs.filter(({ n }) => n >= from.n && n <= to.n);
  if (within.length === 0 || within.length !== to.n - from.n + 1) return null;
  const isInside = ({ n, offset }: Passage['from']): boolean =>
    within.some((paragraph) => paragraph.n === n && offset <= paragraph.text.length);
  if (!isInside(from) || !isInside(to)) return null;
  const text = within
    .map((paragraph) =>
      paragraph.text.slice(
        paragraph.n === from.n ? from.offset : 0,
        paragraph.n === to.n ? to.offset : undefined,
      ),
    )
    .join('\n');
  return text.trim() === '' ? null : text;
}
