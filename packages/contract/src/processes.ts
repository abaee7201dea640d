import { z } from 'zod';
import { lifecycle } from './lifecycle.ts';
import { viewer } from './people.ts';
import { round } from './rounds.ts';

const title = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `Give the ${what} a name.`)
    .max(300, 'A name holds at most 300 characters.')
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'A name is one line of plain text.');

const label = z.string().trim().min(1, 'An entry is empty.').max(200);
const distinct = (labels: string[]): boolean => new Set(labels).size === labels.length;
const DISTINCT = 'Entries must differ from each other.';

/** `themes` to `regions` are the labels of the terms in use, in their order. */
export const processSummary = lifecycle.extend({
  id: z.string(),
  name: z.string(),
  illustrative: z.boolean(),
  themes: z.array(z.string()),
  dimensions: z.array(z.string()),
  kinds: z.array(z.string()),
  stakeholderKinds: z.array(z.string()),
  regions: z.array(z.string()),
  /** Sections that a new blank draft begins with. */
  sections: z.array(z.string()),
  rounds: z.array(round),
});
export type ProcessSummary = z.infer<typeof processSummary>;

export const draftSummary = lifecycle.extend({
  id: z.string(),
  processId: z.string(),
  title: z.string(),
  /** A draft rebuilt from other text is a new generation; documents of another are never merged into it. */
  generation: z.number().int().positive(),
  createdAt: z.string(),
  editedAt: z.string(),
  /** When the person asking last opened it; null when never. */
  openedAt: z.string().nullable(),
});
export type DraftSummary = z.infer<typeof draftSummary>;

/** A process as a member finds it: who they are in it, and its drafts with the role in effect in each. */
export const processView = z.object({
  process: processSummary,
  viewer,
  drafts: z.array(z.object({ draft: draftSummary, viewer })),
});
export type ProcessView = z.infer<typeof processView>;
export const processList = z.object({ processes: z.array(processView) });

/** One draft with all that decides what may be done in it. */
export const draftView = z.object({ draft: draftSummary, process: processSummary, viewer });
export type DraftPageView = z.infer<typeof draftView>;

const settings = {
  themes: z.array(label).min(1, 'Give at least one theme.').max(200).refine(distinct, DISTINCT),
  dimensions: z.array(label).min(1, 'Give at least one dimension.').max(50).refine(distinct, DISTINCT),
  sections: z.array(label).max(100).refine(distinct, DISTINCT),
};

/** A new process: its own settings, or those of another process that the person belongs to. */
export const newProcess = z.union([
  z.strictObject({ name: title('process'), copyFrom: z.string() }),
  z.strictObject({ name: title('process'), ...settings, sections: settings.sections.default([]) }),
]);
export const processChange = z.strictObject({ name: title('process'), ...settings }).partial();
export type ProcessChange = z.infer<typeof processChange>;

/** A new draft: blank with the process's sections, or a copy of a draft's text and links. */
export const newDraft = z.strictObject({ title: title('draft'), copyOf: z.string().optional() });
export type NewDraft = z.infer<typeof newDraft>;
export const draftChange = z.strictObject({ title: title('draft') });
export const created = z.object({ id: z.string() });
