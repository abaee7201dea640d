import type { Sizes } from '../config.ts';
import type { Server } from '../servers/server.ts';
import { type Figures, Room } from './room.ts';

/** Edits sent before the event loop goes round, so that sending and receiving share the driver. */
const SLICE = 100;

/**
 * Edits delivered a second when they are sent as fast as the sockets take them, by one writer or by all.
 * @param writers how many of the clients write, in turns
 */
export async function burst(
  server: Server,
  name: string,
  draft: Uint8Array,
  people: number,
  writers: number,
  sizes: Sizes,
): Promise<Figures> {
  const room = await Room.open(server, name, draft, people, sizes.deadline);
  try {
    const { edits } = sizes.burst;
    const warm = Math.ceil(edits / 10);
    const writing = room.clients.slice(-writers);
    room.prepare(writing, Math.ceil((edits + warm) / writers));
    const send = async (count: number): Promise<void> => {
      for (let edit = 0; edit < count; edit += 1) {
        const client = writing[edit % writers];
        if (client) room.write(client);
        if (edit % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
      }
      await room.delivered();
    };
    // Code that was never run is slow on every server; the first edits are not counted.
    await send(warm - (warm % writers));
    const before = room.tally.delivered;
    room.begin();
    const start = performance.now();
    await send(edits - (edits % writers));
    const seconds = (room.tally.lastAt - start) / 1_000;
    const figures = room.figures();
    await room.verify();
    return { ...figures, rate: (room.tally.delivered - before) / seconds };
  } finally {
    room.close();
  }
}
