import { memoryOf, until, wait } from '../measure.ts';
import type { Server } from '../servers/server.ts';
import { Client } from '../wire/client.ts';
import { type Figures, joinWhole } from './room.ts';

const FIRST_ID = 300_000;
const BATCH = 50;
const SETTLE = 500;

/** Memory that an open room with one silent person in it takes. */
export async function idle(
  server: Server,
  rooms: readonly string[],
  draft: Uint8Array,
  deadline: number,
): Promise<Figures> {
  const clients: Client[] = [];
  const [first, ...rest] = rooms;
  if (first === undefined) throw new Error('no rooms');
  try {
    // What a server allocates once, for its first sockets and its first room, is not counted.
    await joinWhole(server, first, draft, deadline, (client) => clients.push(client));
    await join(server, Array(BATCH).fill(first), clients, deadline);
    for (const client of clients.splice(1)) client.close();
    await wait(SETTLE);
    await server.collect();
    const before = memoryOf(server.pid);
    for (let start = 0; start < rest.length; start += BATCH)
      await join(server, rest.slice(start, start + BATCH), clients, deadline);
    await wait(SETTLE);
    await server.collect();
    const after = memoryOf(server.pid);
    // The last room is whole, and so nothing was measured that is not there.
    await joinWhole(server, rest.at(-1) ?? first, draft, deadline, (client) => clients.push(client));
    return { start: before, perRoom: (after - before) / rest.length };
  } finally {
    for (const client of clients) client.close();
  }
}

async function join(
  server: Server,
  names: readonly string[],
  all: Client[],
  deadline: number,
): Promise<void> {
  const batch = names.map(
    (name, index) => new Client(server, name, { id: FIRST_ID + all.length + index, keeps: false }),
  );
  all.push(...batch);
  await until(() => batch.every(({ syncedAt, failure }) => syncedAt > 0 || failure), deadline, 'joining');
  const broken = batch.find(({ failure }) => failure !== null);
  if (broken) throw new Error(`a client was cut off: ${broken.failure}`);
  for (const client of batch) client.move();
}
