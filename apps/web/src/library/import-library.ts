import { type LibraryImportReport, libraryImportReport } from '@zerodraft/contract';
import { read } from '../api-client.ts';

/** Sends another process's library to be looked at, or with `commit` to be kept. */
export async function importLibrary(
  processId: string,
  file: File,
  { commit, restore }: { commit: boolean; restore: boolean },
): Promise<LibraryImportReport> {
  const form = new FormData();
  form.set('file', file);
  form.set('commit', String(commit));
  if (restore) form.set('restore', 'true');
  const address = `/api/processes/${encodeURIComponent(processId)}/library/imports`;
  return read(await fetch(address, { method: 'POST', body: form }), libraryImportReport);
}
