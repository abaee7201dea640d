import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as Y from 'yjs';
import { DRAFT, MOVES_PER_SECOND, type Sizes, SMALL_DRAFT, WRITERS } from './config.ts';
import { makeDraft, makeHistory } from './document.ts';
import { burst } from './scenarios/burst.ts';
import { cold, HISTORY_ROOM, type History, live } from './scenarios/cold.ts';
import { idle } from './scenarios/idle.ts';
import type { Figures } from './scenarios/room.ts';
import { steady } from './scenarios/steady.ts';
import { storm } from './scenarios/storm.ts';
import { type Peer, Server } from './servers/server.ts';

/** A scenario run on one server in one round. */
interface Scenario {
  name: string;
  /** Scenarios of one group share a server's process; the process is a fresh one for each group. */
  group: 'rooms' | 'idle';
  /** Rooms it needs, and their draft. */
  rooms: readonly string[];
  draft: Uint8Array;
  run(server: Server, rooms: readonly string[]): Promise<Figures>;
}

/** All figures, by scenario and server, one entry a round. */
export type Results = Map<string, Map<string, Figures[]>>;

export interface Plan {
  sizes: Sizes;
  peers: readonly Peer[];
  /** Scenarios to run, with commas between; null for all. */
  only: string | null;
  dir: string;
  profileDir: string | null;
  say(line: string): void;
}

const EMPTY = Uint8Array.of(0, 0);

function scenarios(sizes: Sizes): Scenario[] {
  const draft = makeDraft(DRAFT.blocks, DRAFT.length);
  const { deadline, editsPerSecond, seconds, cursors } = sizes;
  const { readers, writers } = sizes.burst;
  const one = (
    name: string,
    run: (server: Server, room: string) => Promise<Figures>,
    own = draft,
  ): Scenario => ({
    name,
    group: 'rooms',
    rooms: [name],
    draft: own,
    run: (server, [room]) => run(server, room ?? name),
  });
  const big = makeDraft(Math.round(sizes.storm.bytes / 500), 440);
  return [
    one('one-writer', (server, room) => burst(server, room, draft, readers + 1, 1, sizes)),
    one('many-writers', (server, room) => burst(server, room, draft, writers, writers, sizes)),
    ...sizes.rooms.map((people) =>
      one(`steady-${people}`, (server, room) => {
        const load = { people, writers: Math.min(people, WRITERS), editsPerSecond, seconds };
        return steady(server, room, draft, { ...load, movesPerSecond: MOVES_PER_SECOND }, deadline);
      }),
    ),
    one('cursors', (server, room) => {
      const { people, movesPerSecond, seconds } = cursors;
      return steady(
        server,
        room,
        draft,
        { people, movesPerSecond, seconds, writers: 4, editsPerSecond: 20 },
        deadline,
      );
    }),
    one('storm', (server, room) => storm(server, room, big, sizes.storm.clients, deadline), big),
    {
      name: 'idle',
      group: 'idle',
      rooms: Array.from({ length: sizes.idleRooms + 1 }, (_, index) => `idle-${index}`),
      draft: makeDraft(SMALL_DRAFT.blocks, SMALL_DRAFT.length),
      run: (server, rooms) =>
        idle(server, rooms, makeDraft(SMALL_DRAFT.blocks, SMALL_DRAFT.length), deadline),
    },
  ];
}

/**
 * Runs every scenario on every server in each round, one server after another, in another order each round.
 * @param results is filled as it goes
 */
export async function runRounds(plan: Plan, results: Results): Promise<void> {
  const { sizes, peers, only, dir, say } = plan;
  const wanted = (name: string): boolean => only === null || only.split(',').includes(name);
  const all = scenarios(sizes).filter(({ name }) => wanted(name));
  const servers = peers.map((peer, index) => new Server(peer, join(dir, `${index}`), plan.profileDir));
  const note = (scenario: string, server: Server, figures: Figures): void => {
    const byServer = results.get(scenario) ?? new Map<string, Figures[]>();
    results.set(scenario, byServer);
    byServer.set(server.name, [...(byServer.get(server.name) ?? []), figures]);
  };
  const attempt = async (name: string, server: Server, run: () => Promise<Figures>): Promise<void> => {
    const start = performance.now();
    let figures: Figures;
    try {
      figures = await run();
    } catch (error) {
      throw new Error(`${name} on ${server.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    note(name, server, figures);
    const driver = figures.driver === undefined ? '' : `, driver ${(figures.driver * 100).toFixed(0)} % busy`;
    say(`  ${name} on ${server.name}: ${((performance.now() - start) / 1_000).toFixed(1)} s${driver}`);
  };
  const roomOf = (name: string, round: number): string => `${name}-r${round}`;

  for (const server of servers) {
    const drafts = new Map<string, Uint8Array>();
    for (const { rooms, draft } of all)
      for (const room of rooms)
        for (let round = 0; round < sizes.rounds; round += 1) drafts.set(roomOf(room, round), draft);
    await mkdir(server.dir, { recursive: true });
    await server.peer.seed(server, drafts);
  }
  const opened = wanted('cold') ? await livedThrough(plan) : [];

  for (let round = 0; round < sizes.rounds; round += 1) {
    say(`round ${round + 1} of ${sizes.rounds}`);
    const order = [...servers.slice(round % servers.length), ...servers.slice(0, round % servers.length)];
    for (const group of ['rooms', 'idle'] as const) {
      const own = all.filter((scenario) => scenario.group === group);
      if (own.length === 0) continue;
      for (const server of order) await server.start();
      for (const { name, rooms, run } of own)
        for (const server of order)
          await attempt(name, server, () =>
            run(
              server,
              rooms.map((room) => roomOf(room, round)),
            ),
          );
      for (const server of order) await server.stop();
    }
    for (const server of order) {
      const own = opened.find(({ name }) => name === server.name);
      if (own)
        await attempt('cold', own.server, () => cold(own.server, own.kept, own.history, sizes.deadline));
    }
  }
}

/** Storages of a draft with a long history, one for each server, and a server to open copies of it. */
async function livedThrough({ sizes, peers, dir, say, profileDir }: Plan) {
  const { edits, doc } = makeHistory(sizes.history);
  const history: History = { edits, doc, state: Y.encodeStateAsUpdate(doc) };
  const opened = [];
  for (const [index, peer] of peers.entries()) {
    const kept = join(dir, `${index}-kept`);
    await mkdir(kept, { recursive: true });
    const builder = new Server(peer, kept);
    await peer.seed(builder, new Map([[HISTORY_ROOM, EMPTY]]));
    const start = performance.now();
    await live(builder, history, sizes.deadline);
    say(
      `${sizes.history} edits lived through by ${peer.name}: ${((performance.now() - start) / 1_000).toFixed(1)} s`,
    );
    const server = new Server(peer, join(dir, `${index}-cold`), profileDir);
    server.headers = builder.headers;
    opened.push({ name: peer.name, server, kept, history });
  }
  return opened;
}
