import { wait } from '../measure.ts';
import type { Server } from '../servers/server.ts';
import { type Figures, Room } from './room.ts';

export interface SteadyLoad {
  people: number;
  writers: number;
  editsPerSecond: number;
  /** Of each client. */
  movesPerSecond: number;
  seconds: number;
}

/** Milliseconds of load before the clock of the figures starts. */
const WARM_UP = 500;
/** Milliseconds after joining, in which everybody hears of everybody. */
const SETTLE = 300;

/** Calls each task at its pace; a turn that comes late makes up for what is due. */
async function pace(
  seconds: number,
  tasks: readonly { perSecond: number; run: (n: number) => void }[],
): Promise<void> {
  const start = performance.now();
  const done = tasks.map(() => 0);
  for (;;) {
    const elapsed = (performance.now() - start) / 1_000;
    for (const [index, task] of tasks.entries()) {
      const due = Math.floor(Math.min(elapsed, seconds) * task.perSecond);
      for (let n = done[index] ?? 0; n < due; n += 1) task.run(n);
      done[index] = Math.max(due, done[index] ?? 0);
    }
    if (elapsed >= seconds) return;
    await wait(1);
  }
}

/** A room in which some type and everybody's cursor moves, at a steady pace: how old is what others see? */
export async function steady(
  server: Server,
  name: string,
  draft: Uint8Array,
  load: SteadyLoad,
  deadline: number,
): Promise<Figures> {
  const room = await Room.open(server, name, draft, load.people, deadline);
  try {
    const writing = room.clients.slice(-load.writers);
    const total = load.editsPerSecond * (load.seconds + WARM_UP / 1_000);
    room.prepare(writing, Math.ceil(total / load.writers) + 1);
    for (const client of room.clients) room.move(client);
    await wait(SETTLE);
    const tasks = [
      {
        perSecond: load.editsPerSecond,
        run: (n: number) => {
          const client = writing[n % load.writers];
          if (client) room.write(client);
        },
      },
      {
        perSecond: load.movesPerSecond * load.people,
        run: (n: number) => {
          const client = room.clients[n % load.people];
          if (client) room.move(client);
        },
      },
    ];
    await pace(WARM_UP / 1_000, tasks);
    room.tally.forget();
    room.begin();
    await pace(load.seconds, tasks);
    await room.delivered();
    const { edits, moves } = room.tally;
    const figures = room.figures();
    await room.verify();
    return {
      ...figures,
      p50: edits.percentile(0.5),
      p95: edits.percentile(0.95),
      p99: edits.percentile(0.99),
      presence95: moves.percentile(0.95),
    };
  } finally {
    room.close();
  }
}
