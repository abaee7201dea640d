import type * as Y from 'yjs';

/**
 * Lets go of what waits in a document for changes it has not seen. Nothing of it is in the log or was sent on; kept, it
 * would be in every answer to a client, and come back in each of theirs.
 * @returns whether anything waited
 */
export function dropPending({ store }: Y.Doc): boolean {
  const waited = store.pendingStructs !== null || store.pendingDs !== null;
  store.pendingStructs = null;
  store.pendingDs = null;
  return waited;
}
