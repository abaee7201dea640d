import { queryOptions } from '@tanstack/react-query';
import { clauseSuggestions, MAX_CLAUSE_TEXT, suggestions } from '@zerodraft/contract';
import { ASK_ALWAYS, client, read } from '../api-client.ts';

/** Milliseconds that a list of a text nobody looks at any more is kept. */
const KEPT = 60_000;

/** Likely recommendations of a clause with this text; part of the library's key, so that its changes refresh it. */
export const likelyQuery = (processId: string, draftId: string, clauseId: string, text: string) =>
  queryOptions({
    queryKey: ['recommendations', processId, 'likely', draftId, clauseId, text],
    gcTime: KEPT,
    queryFn: async () => {
      const response = await client.drafts[':draftId'].suggestions.$post({
        param: { draftId },
        json: { clauseId, text: text.slice(0, MAX_CLAUSE_TEXT) },
      });
      return { clauseId, list: (await read(response, suggestions)).suggestions };
    },
    // While somebody types, the list before stays until the next one is there.
    placeholderData: (before) => (before?.clauseId === clauseId ? before : undefined),
  });

/** Likely clauses of a recommendation, in the drafts that the person may see. */
export const likelyClausesQuery = (processId: string, id: string) =>
  queryOptions({
    ...ASK_ALWAYS,
    queryKey: ['recommendations', processId, id, 'likely'],
    queryFn: async () => {
      const response = await client.processes[':processId'].recommendations[':id'].suggestions.$get({
        param: { processId, id },
      });
      return (await read(response, clauseSuggestions)).suggestions;
    },
  });
