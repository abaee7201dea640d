import { z } from 'zod';
import { referenceName } from './notifications.ts';
import { comment } from './threads.ts';

/** A comment of the team on a recommendation. */
export const discussionComment = comment.omit({ reactions: true }).extend({
  /** Where it was made: on the recommendation itself, or on one that was merged into it. */
  recommendation: z.object({ id: z.string(), reference: z.string() }),
});
export type DiscussionComment = z.infer<typeof discussionComment>;

/** What the team says about a recommendation and what was merged into it, oldest first. */
export const discussion = z.object({
  comments: z.array(discussionComment),
  /** Names of what the comments refer to; what is not among them has no name any more. */
  names: z.array(referenceName),
});
export type Discussion = z.infer<typeof discussion>;
