import { infiniteQueryOptions } from '@tanstack/react-query';
import { type AuditFilter, auditPage } from '@zerodraft/contract';
import { ASK_ALWAYS, client, read } from '../api-client.ts';

/** The filter as the address carries it; what is not set is left out. */
function queryOf(filter: AuditFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter((entry) => entry[1] !== undefined));
}

export const auditPages = (processId: string, filter: AuditFilter) =>
  infiniteQueryOptions({
    ...ASK_ALWAYS,
    queryKey: ['audit', processId, filter],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const query = { ...queryOf(filter), ...(pageParam ? { cursor: pageParam } : {}) };
      return read(
        await client.processes[':processId'].audit.$get({ param: { processId }, query }),
        auditPage,
      );
    },
    getNextPageParam: ({ next }) => (next === null ? undefined : String(next)),
  });

/** Where the records come as a CSV file. */
export function auditFile(processId: string, filter: AuditFilter): string {
  const query = new URLSearchParams(queryOf(filter));
  return `/api/processes/${encodeURIComponent(processId)}/audit.csv?${query}`;
}
