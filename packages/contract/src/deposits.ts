import { LIMITS, recommendation } from '@zerodraft/trace';
import { z } from 'zod';
import { person } from './people.ts';
import { termName } from './taxonomies.ts';

// Control characters, and marks that turn the direction of what stands after them.
const LINE = /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
const TEXT = /^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|[\n\t])*$/u;

const line = (what: string, max: number = LIMITS.short) =>
  z
    .string()
    .trim()
    .max(max, `${what} holds at most ${max} characters.`)
    .regex(LINE, `${what} is one line of plain text.`);
const tags = z.array(z.string().trim().min(1)).max(LIMITS.tags, `Choose at most ${LIMITS.tags}.`);

/** Characters that a deposit's text holds at most: some pages. */
export const MAX_DEPOSIT_TEXT = 10_000;

/** What a proposal says, and on whose behalf; terms by their labels, an empty one for none. */
const proposal = {
  title: line('The title').min(1, 'Give the proposal a title.'),
  text: z
    .string()
    .trim()
    .transform((text) => text.replace(/\r\n?/g, '\n'))
    .pipe(
      z
        .string()
        .min(1, 'Write the proposal.')
        .max(MAX_DEPOSIT_TEXT, `A proposal holds at most ${MAX_DEPOSIT_TEXT} characters.`)
        .regex(TEXT, 'A proposal is plain text.'),
    ),
  kind: termName,
  themes: tags,
  dimensions: tags,
};
const behalf = {
  /** On whose behalf it is made; empty when the depositor does not say. */
  name: line('The name'),
  stakeholderKind: termName,
  /** Any words: what is none of the process's regions becomes one when the deposit is accepted. */
  region: line('The region'),
};
export const proposalFields = z.object({ ...proposal, ...behalf });
export type ProposalFields = z.infer<typeof proposalFields>;

/** The six languages of the United Nations, in which the box speaks. */
export const BOX_LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const;
export type BoxLanguage = (typeof BOX_LANGUAGES)[number];

/**
 * A box's address is a word that can be read out and changed, and no secret: it stands on posters, is shown again to
 * whoever asks, and opens a form and nothing else.
 */
export const boxSlug = z
  .string()
  .trim()
  .toLowerCase()
  .min(4, 'The address has at least 4 characters.')
  .max(60, 'The address has at most 60 characters.')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use letters from a to z, digits, and single hyphens between them.')
  .refine((slug) => slug !== 'receipt', 'This address is in use by the receipt page. Choose another.');

/** A process's box, as its team sees it. */
export const box = z.object({
  slug: z.string(),
  link: z.string(),
  open: z.boolean(),
  changedAt: z.string(),
  /** Deposits that wait for triage, and all. */
  waiting: z.number(),
  total: z.number(),
});
export type Box = z.infer<typeof box>;
export const boxView = z.object({ box: box.nullable() });
/** Opens, closes or moves a box; the first time it is made, with an address of the server's choice if none is given. */
export const boxChange = z.strictObject({ open: z.boolean(), slug: boxSlug.optional() });

/** A term as the box shows it: what a process began with is translated, its own terms and names are not. */
const boxTerm = z.object({
  label: z.string(),
  /** The name of a term that is still called what processes begin with; null for any other. */
  key: z.string().nullable(),
});
export type BoxTerm = z.infer<typeof boxTerm>;

/** What the box's page begins with. */
export const publicBox = z.object({
  processName: z.string(),
  illustrative: z.boolean(),
  themes: z.array(z.string()),
  dimensions: z.array(z.string()),
  kinds: z.array(boxTerm),
  stakeholderKinds: z.array(boxTerm),
  /** Proposed while one writes; any other can be written. */
  regions: z.array(z.string()),
  /** Proves when the form was asked for; sent back with the deposit. */
  stamp: z.string(),
});
export type PublicBox = z.infer<typeof publicBox>;

/** Seconds between asking for the form and sending it: nobody writes a proposal in less. */
export const MIN_SECONDS_ON_FORM = 4;

/** 80 random bits in the letters of Crockford's base 32, which nobody mistakes for each other. */
const CODE_SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 16;

/** A new receipt code. It is made where the deposit is written, so that a request sent again has the same. */
export function newReceiptCode(): string {
  const signs = crypto.getRandomValues(new Uint8Array(CODE_LENGTH));
  return [...signs]
    .map((byte) => CODE_SIGNS[byte % CODE_SIGNS.length] ?? '')
    .join('')
    .replace(/(.{4})(?!$)/g, '$1-');
}

/** A receipt code as people type it: any case, with or without hyphens, O for 0 and I or L for 1. */
export const receiptCode = z
  .string()
  .max(64)
  .transform((text) =>
    text
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replace(/[IL]/g, '1'),
  )
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{16}$/, 'A receipt code has 16 letters and digits.'));

/** A deposit as it is sent; `id` and `code` are made by the client, so that a request sent again makes one deposit. */
export const newDeposit = z.strictObject({
  id: z.uuid(),
  code: receiptCode,
  ...proposal,
  ...behalf,
  contact: line('The contact'),
  language: z.enum(BOX_LANGUAGES),
  consent: z.literal(true, { error: 'Without consent the proposal cannot be kept.' }),
  stamp: z.string().max(200),
  /** A field that people do not see: whatever fills it is a program. */
  website: z.string().max(2_000).default(''),
});
export type NewDeposit = z.infer<typeof newDeposit>;
export type NewDepositInput = z.input<typeof newDeposit>;

/** What has become of a deposit. */
export const DEPOSIT_STATES = ['new', 'accepted', 'merged', 'split', 'returned'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

export const DEPOSIT_STATE_LABELS: Record<DepositState, string> = {
  new: 'In triage',
  accepted: 'Accepted',
  merged: 'Merged',
  split: 'Split',
  returned: 'Returned',
};

/** What the depositor is told, and no more. */
export const receipt = z.object({
  title: z.string(),
  receivedAt: z.string(),
  state: z.enum(['received', 'in-triage', 'accepted', 'merged', 'split', 'returned']),
  /** Of the recommendations it became, or was merged with, as they are now: what was merged since counts as its survivor. */
  references: z.array(z.string()),
  /** What was merged since: under which reference it stood before. */
  merged: z.array(z.object({ from: z.string(), into: z.string() })),
  /** Of those that were taken out of the library since. */
  removed: z.array(z.string()),
  /** Where these stand in drafts that have a public link. */
  clauses: z.array(z.object({ draft: z.string(), citation: z.string() })),
  /** Why it was returned. */
  reason: z.string().nullable(),
});
export type Receipt = z.infer<typeof receipt>;
export const receiptQuestion = z.strictObject({ code: receiptCode });

/** Who works on a deposit now, and until when others wait. */
export const claim = z.object({ by: person.pick({ id: true, name: true }), until: z.string() });
export type Claim = z.infer<typeof claim>;
/** Seconds after which a claim that is not renewed ends. */
export const CLAIM_SECONDS = 60;

/** A recommendation that a deposit led to; what became of it since. */
const outcome = recommendation.pick({ id: true, reference: true, title: true }).extend({
  /** Reference of the one that it is part of now. */
  mergedInto: z.string().nullable(),
  /** Whether it, or what it is part of, was taken out of the library. */
  removed: z.boolean(),
});

/** A deposit as lists show it. */
export const depositSummary = z.object({
  id: z.string(),
  title: z.string(),
  name: z.string(),
  stakeholderKind: z.string(),
  language: z.enum(BOX_LANGUAGES),
  receivedAt: z.string(),
  state: z.enum(DEPOSIT_STATES),
  decidedAt: z.string().nullable(),
  claim: claim.nullable(),
  version: z.number(),
});
export type DepositSummary = z.infer<typeof depositSummary>;
export const depositsQuery = z.object({ state: z.enum(DEPOSIT_STATES).default('new') });
/** Deposits that one request lists at most. */
export const MAX_DEPOSITS_LISTED = 500;
export const depositList = z.object({
  deposits: z.array(depositSummary),
  /** How many there are in each state, also of those left out. */
  counts: z.record(z.enum(DEPOSIT_STATES), z.number()),
  /** Another whenever a term of the process is called otherwise, merged, retired or brought back. */
  terms: z.string(),
});
export type DepositList = z.infer<typeof depositList>;

/** The deposits that a recommendation, or what was merged into it, was made from (`made`) or was said the same as. */
export const depositsOf = z.object({
  deposits: z.array(
    depositSummary
      .pick({ id: true, title: true, name: true, receivedAt: true, state: true, language: true })
      .extend({
        made: z.boolean(),
      }),
  ),
});
export type DepositsOf = z.infer<typeof depositsOf>;

/** A deposit whole, for the team. */
export const deposit = depositSummary.extend({
  ...proposalFields.shape,
  text: z.string(),
  title: z.string(),
  contact: z.string(),
  /** As it was sent. */
  original: z.object({ ...proposalFields.shape, text: z.string(), title: z.string() }),
  edited: z.boolean(),
  /** Whether its region is none of the process's yet: accepting it makes it one. */
  newRegion: z.boolean(),
  /** What it became, or was merged with. */
  recommendations: z.array(outcome),
  /** The deposit that it was merged with. */
  mergedInto: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** Deposits that were merged with this one. */
  merged: z.array(z.object({ id: z.string(), title: z.string() })),
  reason: z.string().nullable(),
  decidedBy: person.pick({ id: true, name: true }).nullable(),
});
export type Deposit = z.infer<typeof deposit>;

/** What may be the same as a deposit: a recommendation, or another deposit. */
export const nearDuplicate = z.object({
  kind: z.enum(['recommendation', 'deposit']),
  id: z.string(),
  /** A recommendation's reference; empty for a deposit. */
  reference: z.string(),
  title: z.string(),
  text: z.string(),
  source: z.string(),
  /** From 0 to 1. */
  likeness: z.number(),
});
export type NearDuplicate = z.infer<typeof nearDuplicate>;
export const nearDuplicates = z.object({ duplicates: z.array(nearDuplicate) });

/** Each decision names the version that it was made on. */
const version = z.number().int();
export const depositDecision = z.strictObject({ version });
export const depositChange = z.strictObject({
  version,
  ...proposalFields.partial().shape,
});
export type DepositChange = z.infer<typeof depositChange>;
export const depositMerge = z.strictObject({
  version,
  into: z.strictObject({ kind: z.enum(['recommendation', 'deposit']), id: z.string().max(200) }),
});
export type DepositMerge = z.infer<typeof depositMerge>;
export const splitPart = z.strictObject(proposal);
export type SplitPart = z.infer<typeof splitPart>;
export const depositSplit = z.strictObject({
  version,
  parts: z.array(splitPart).min(2, 'Give at least two parts.').max(20, 'Give at most 20 parts.'),
});
export const depositReturn = z.strictObject({
  version,
  /** Read by the depositor. */
  reason: z
    .string()
    .trim()
    .min(1, 'Give a reason: the depositor reads it.')
    .max(2_000, 'A reason holds at most 2000 characters.')
    .regex(TEXT, 'A reason is plain text.'),
});
export const claimRequest = z.strictObject({
  /** Takes it from whoever has it. */
  takeOver: z.boolean().default(false),
});
