import { inlineMerger, type Merger } from '@zerodraft/sync';
import { z } from 'zod';
import type { MergeRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

/** Bytes below which a merge is quicker here than on its way to a thread and back. */
const SMALL = 128 * 1024;
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const sizeOf = (updates: readonly Uint8Array[]): number =>
  updates.reduce((sum, update) => sum + update.byteLength, 0);

/** Merges big logs in a thread, so that nobody's typing waits for it (SPEC CMP-4). */
export class MergeClient implements Merger {
  readonly #worker = new WorkerClient('merge-worker.js');

  async whole(updates: readonly Uint8Array[]): Promise<Uint8Array> {
    if (sizeOf(updates) < SMALL) return inlineMerger.whole(updates);
    const request: MergeRequest = { kind: 'whole', updates: [...updates] };
    return bytes.parse(await this.#worker.call(request));
  }

  async groups(groups: readonly (readonly Uint8Array[])[]): Promise<Uint8Array[]> {
    if (groups.reduce((sum, group) => sum + sizeOf(group), 0) < SMALL) return inlineMerger.groups(groups);
    const request: MergeRequest = { kind: 'groups', groups: groups.map((group) => [...group]) };
    return z.array(bytes).parse(await this.#worker.call(request));
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
