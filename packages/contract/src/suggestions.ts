import { z } from 'zod';

/** How many are suggested at most. */
export const MAX_SUGGESTIONS = 10;
/** Characters of a clause that are looked at. */
export const MAX_CLAUSE_TEXT = 20_000;

/** A clause that recommendations are looked for, with its text as the person sees it now: the server may not have it yet. */
export const suggestionRequest = z.strictObject({
  clauseId: z.string().min(1).max(64),
  text: z.string().max(MAX_CLAUSE_TEXT, `A clause's text has at most ${MAX_CLAUSE_TEXT} characters here.`),
});

/** Why something is suggested. */
export const suggestionReason = z.object({
  /** Words that both texts have, the most telling first. */
  words: z.array(z.string()),
  /** Labels of terms that are more frequent in the section than in the library. */
  terms: z.array(z.string()),
  /** It is linked to another clause of the section already. */
  section: z.boolean(),
  /** A model found both texts to be alike in meaning. */
  meaning: z.boolean(),
});
export type SuggestionReason = z.infer<typeof suggestionReason>;

export const suggestion = z.object({
  id: z.string(),
  reference: z.string(),
  title: z.string(),
  source: z.string(),
  why: suggestionReason,
});
export type Suggestion = z.infer<typeof suggestion>;
/** Best first; empty while nothing is likely. */
export const suggestions = z.object({ suggestions: z.array(suggestion) });

export const clauseSuggestion = z.object({
  draftId: z.string(),
  draftTitle: z.string(),
  clauseId: z.string(),
  /** How the clause is cited: "12(a)". */
  citation: z.string(),
  text: z.string(),
  why: suggestionReason,
});
export type ClauseSuggestion = z.infer<typeof clauseSuggestion>;
export const clauseSuggestions = z.object({ suggestions: z.array(clauseSuggestion) });
