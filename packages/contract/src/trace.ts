import { FINDINGS } from '@zerodraft/trace';
import { z } from 'zod';
import { person } from './people.ts';

const by = person.pick({ id: true, name: true }).nullable();

/** Who made a link and when, and who changed or confirmed it last; null where the draft's log does not tell. */
export const linkAuthorship = z.object({
  /** As in `Link`. */
  key: z.string(),
  madeBy: by,
  madeAt: z.string().nullable(),
  changedBy: by,
  changedAt: z.string().nullable(),
});
export type LinkAuthorship = z.infer<typeof linkAuthorship>;

/** What a recommendation says, and said before (`Wordings`). */
export const wordings = z.object({
  version: z.number(),
  text: z.string(),
  earlier: z.array(z.object({ until: z.number(), text: z.string(), at: z.string() })),
});

/** How often a draft's links and its library changed: what somebody knows of them. */
export const traceState = z.object({ links: z.number(), library: z.number() });
export type TraceState = z.infer<typeof traceState>;
const count = z
  .string()
  .regex(/^\d{1,12}$/, 'is a state that an earlier answer named')
  .transform(Number);
/** The state that is known already: the answer holds what came since. Without it, all. */
export const traceQuery = z.object({ links: count.optional(), library: count.optional() });

/** What a draft's links need beside the document: authorship, and the recommendations that were worded anew. */
export const traceView = z.object({
  state: traceState,
  /** Whether this is all, and not only what came since the state that was named. */
  whole: z.boolean(),
  links: z.array(linkAuthorship),
  /** By recommendation; those that read as ever are left out. */
  wordings: z.record(z.string(), wordings),
  /** All of the process, by recommendation that was merged: into which, and the version that one had then; null as known. */
  merges: z.record(z.string(), z.object({ id: z.string(), version: z.number() })).nullable(),
});
export type TraceView = z.infer<typeof traceView>;

/** One thing that is wrong with the links of a draft, or not explained. */
export const finding = z.object({
  kind: z.enum(FINDINGS),
  /** What and where, in words. */
  words: z.string(),
  clauseId: z.string().nullable(),
  recommendationId: z.string().nullable(),
});
export type FindingView = z.infer<typeof finding>;
export const traceCheck = z.object({ findings: z.array(finding) });
