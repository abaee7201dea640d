import { cp, rm } from 'node:fs/promises';
import type * as Y from 'yjs';
import { textOf } from '../document.ts';
import { cpuOf, wait } from '../measure.ts';
import type { Server } from '../servers/server.ts';
import { Client } from '../wire/client.ts';
import { type Figures, joinWhole } from './room.ts';

export const HISTORY_ROOM = 'history';
const WRITER = 400_000;
const SLICE = 200;
/** Milliseconds a server runs on after its last edit, and after a first opening, before it is stopped: time to tidy up. */
const REST = { live: 4_000, opened: 1_000 } as const;

export interface History {
  edits: readonly Uint8Array[];
  state: Uint8Array;
  doc: Y.Doc;
}

/** Lets a server live through a draft's whole history, edit by edit, so that its storage is as its own running leaves it. */
export async function live(server: Server, history: History, deadline: number): Promise<void> {
  const clients: Client[] = [];
  await server.start();
  try {
    const writer = new Client(server, HISTORY_ROOM, { id: WRITER });
    clients.push(writer);
    for (const [index, edit] of history.edits.entries()) {
      writer.send(writer.frame(edit));
      if (index % SLICE === SLICE - 1) await writer.drained();
    }
    await joinWhole(server, HISTORY_ROOM, history.state, deadline, (client) => clients.push(client));
    await wait(REST.live);
  } finally {
    for (const client of clients) client.close();
    await wait(100);
    await server.stop();
  }
}

/**
 * Time to the whole draft for the first person after a restart, on a copy of the storage that `live` left, and once
 * more after another restart: a server may have tidied up.
 */
export async function cold(
  server: Server,
  kept: string,
  history: History,
  deadline: number,
): Promise<Figures> {
  await rm(server.dir, { recursive: true, force: true });
  await cp(kept, server.dir, { recursive: true });
  const first = await open(server, history, deadline);
  const second = await open(server, history, deadline);
  return { first: first.time, second: second.time, cpu: first.cpu, bytes: first.bytes };
}

async function open(server: Server, history: History, deadline: number) {
  const clients: Client[] = [];
  await server.start();
  try {
    const cpu = cpuOf(server.pid);
    const start = performance.now();
    const { client, doc, at } = await joinWhole(server, HISTORY_ROOM, history.state, deadline, (made) =>
      clients.push(made),
    );
    const used = cpuOf(server.pid) - cpu;
    if (textOf(doc) !== textOf(history.doc)) throw new Error('the draft came back with another text');
    const { bytes } = client;
    await wait(REST.opened);
    return { time: at - start, cpu: used, bytes };
  } finally {
    for (const client of clients) client.close();
    await server.stop();
  }
}
