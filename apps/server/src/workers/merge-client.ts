import { inlineMerger, type Merger } from '@zerodraft/sync';
import type { MergeRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

/** Bytes below which a merge is quicker here than on its way to a thread and back. */
const SMALL = 128 * 1024;

const sizeOf = (updates: readonly Uint8Array[]): number =>
  updates.reduce((sum, update) => sum + update.byteLength, 0);

/** Merges big logs in a thread, so that nobody's typing waits for it (SPEC CMP-4). */
export class MergeClient implements Merger {
  readonly #worker = new WorkerClient<MergeRequest, Uint8Array[]>('merge-worker.js');

  async whole(updates: readonly Uint8Array[]): Promise<Uint8Array> {
    if (sizeOf(updates) < SMALL) return inlineMerger.whole(updates);
    const [merged] = await this.#worker.call({ kind: 'whole', updates: [...updates] });
    if (merged === undefined) throw new Error('the merge gave nothing');
    return merged;
  }

  async groups(groups: readonly (readonly Uint8Array[])[]): Promise<Uint8Array[]> {
    if (groups.reduce((sum, group) => sum + sizeOf(group), 0) < SMALL) return inlineMerger.groups(groups);
    return this.#worker.call({ kind: 'groups', groups: groups.map((group) => [...group]) });
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
