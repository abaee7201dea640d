import { performance } from 'node:perf_hooks';
import * as Y from 'yjs';
import { docOf, textOf } from '../document.ts';
import { cpuOf, forgetPeak, memoryOf, peakOf, until } from '../measure.ts';
import type { Server } from '../servers/server.ts';
import { Client } from '../wire/client.ts';
import { type Figures, joinWhole } from './room.ts';

const FIRST_ID = 200_000;

/** Everybody opens a big draft at once: when does the last one have all of it? */
export async function storm(
  server: Server,
  name: string,
  draft: Uint8Array,
  count: number,
  deadline: number,
): Promise<Figures> {
  const clients: Client[] = [];
  try {
    // One person has it open, as in a room where the meeting is about to begin.
    await joinWhole(server, name, draft, deadline, (client) => clients.push(client));
    const { pid } = server;
    forgetPeak(pid);
    const [cpu, memory] = [cpuOf(pid), memoryOf(pid)];
    const busy = performance.eventLoopUtilization();
    const start = performance.now();
    const joining = Array.from(
      { length: count },
      (_, index) => new Client(server, name, { id: FIRST_ID + index, keeps: index === 0 }),
    );
    clients.push(...joining);
    const done = (): boolean => {
      const broken = joining.find(({ failure }) => failure !== null);
      if (broken) throw new Error(`a client was cut off: ${broken.failure}`);
      return joining.every(({ syncedAt }) => syncedAt > 0);
    };
    await until(done, deadline, 'the whole draft for everybody');
    const last = Math.max(...joining.map(({ syncedAt }) => syncedAt));
    const figures = {
      last: last - start,
      cpu: cpuOf(pid) - cpu,
      peak: Math.max(0, peakOf(pid) - memory),
      bytes: joining.reduce((sum, { bytes }) => sum + bytes, 0),
      driver: performance.eventLoopUtilization(busy).utilization,
    };
    verify(joining, draft);
    return figures;
  } finally {
    for (const client of clients) client.close();
  }
}

/** One has applied what it got and has the right text; all others got the same bytes. */
function verify(joined: readonly Client[], draft: Uint8Array): void {
  const [first] = joined;
  if (!first?.state) throw new Error('the draft did not come in one piece');
  if (textOf(docOf(first.updates)) !== textOf(docOf([draft])))
    throw new Error('the draft came with another text');
  const { length, sum } = first.state;
  for (const { id, state } of joined)
    if (state?.length !== length || state.sum !== sum) throw new Error(`client ${id} got another state`);
  if (length < Y.encodeStateVectorFromUpdate(draft).length) throw new Error('the state is empty');
}
