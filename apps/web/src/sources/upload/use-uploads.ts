import { useSyncExternalStore } from 'react';
import { useAccount } from '../../shell/signed-in.tsx';
import { type Upload, UploadQueue } from './upload-queue.ts';

/** By person and process: they go on while other pages are open, and nobody finds another's. */
const queues = new Map<string, UploadQueue>();

window.addEventListener('beforeunload', (event) => {
  if ([...queues.values()].some(({ unfinished }) => unfinished)) event.preventDefault();
});

/** The files that the person uploads into a process. */
export function useUploads(processId: string): { queue: UploadQueue; uploads: readonly Upload[] } {
  const key = `${useAccount().id}/${processId}`;
  const queue = queues.get(key) ?? new UploadQueue(processId);
  queues.set(key, queue);
  return { queue, uploads: useSyncExternalStore(queue.subscribe, queue.uploads) };
}
