import type { Connection } from './connection.ts';
import type { RoomServices } from './draft-store.ts';
import { GroupCommit } from './group-commit.ts';
import {
  DEFAULT_LIMITS,
  type DocumentRules,
  type DraftLog,
  NO_EVENTS,
  type Participant,
  type RoomEvents,
  type RoomLimits,
  type Transport,
} from './interfaces.ts';
import { inlineMerger, type Merger } from './merge.ts';
import { CLOSE } from './protocol.ts';
import { Room } from './room.ts';

/** What a transport calls; frames that arrive before the draft is read wait, in order and within a bound. */
export interface Session {
  receive(frame: Uint8Array): void;
  close(): void;
}

export interface RoomsOptions {
  limits?: Partial<RoomLimits>;
  events?: RoomEvents;
  /** Merges logs off the event loop. */
  merger?: Merger;
}

/** All open drafts of this server. Parallel first joiners share one load; an idle room is closed once it is durable. */
export class Rooms {
  readonly #rooms = new Map<string, Promise<Room>>();
  /** Those of them that are read. */
  readonly #open = new Map<string, Room>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #holders = new Map<string, number>();
  readonly #perUser = new Map<string, number>();
  readonly #services: RoomServices;
  readonly #ticker: NodeJS.Timeout;

  constructor(
    log: DraftLog,
    private readonly rules: DocumentRules,
    { limits = {}, events = NO_EVENTS, merger = inlineMerger }: RoomsOptions = {},
  ) {
    const all = { ...DEFAULT_LIMITS, ...limits };
    this.#services = { log, merger, events, limits: all, commits: new GroupCommit(log, all, events) };
    this.#ticker = setInterval(() => this.#tick(), Math.min(all.keepAlive, all.rest) / 3);
    this.#ticker.unref();
  }

  #tick(): void {
    for (const room of this.#open.values()) room.tick();
  }

  /** Opens a room, or joins in its opening. */
  open(draftId: string): Promise<Room> {
    const known = this.#rooms.get(draftId);
    if (known) return known;
    const opening = Room.open(draftId, this.rules, this.#services);
    this.#rooms.set(draftId, opening);
    opening.then(
      (room) => this.#open.set(draftId, room),
      () => this.#rooms.delete(draftId),
    );
    return opening;
  }

  /**
   * Connects a socket to a draft.
   * @param generation the generation the client's copy is of; null when it has none
   */
  connect(
    draftId: string,
    transport: Transport,
    participant: Participant,
    generation: number | null = null,
  ): Session {
    const { limits, events } = this.#services;
    const { userId } = participant;
    const own = (this.#perUser.get(userId) ?? 0) + 1;
    if (own > limits.maxConnectionsPerUser) {
      events.refused(draftId, CLOSE.tooMany.reason);
      transport.close(CLOSE.tooMany);
      return { receive: () => undefined, close: () => undefined };
    }
    this.#perUser.set(userId, own);
    let queue: Uint8Array[] = [];
    let queuedBytes = 0;
    let joined: { room: Room; connection: Connection } | null = null;
    let closed = false;
    this.#hold(draftId);
    this.open(draftId).then(
      (room) => {
        if (closed) return;
        if (generation !== null && generation !== room.generation)
          return transport.close(CLOSE.otherGeneration);
        const connection = room.join(transport, participant);
        joined = { room, connection };
        for (const frame of queue) room.receive(connection, frame);
        queue = [];
      },
      (error: unknown) => {
        events.failed(draftId, error instanceof Error ? error.message : String(error));
        transport.close(CLOSE.cannotOpen);
      },
    );
    return {
      receive: (frame) => {
        if (closed) return;
        if (joined) return joined.room.receive(joined.connection, frame);
        queuedBytes += frame.byteLength;
        if (queue.length < limits.maxQueued && queuedBytes <= limits.maxQueuedBytes) queue.push(frame);
        else transport.close(CLOSE.flood);
      },
      close: () => {
        if (closed) return;
        closed = true;
        queue = [];
        joined?.room.leave(joined.connection);
        const left = (this.#perUser.get(userId) ?? 1) - 1;
        if (left > 0) this.#perUser.set(userId, left);
        else this.#perUser.delete(userId);
        this.#release(draftId);
      },
    };
  }

  /**
   * Tells those who have the draft open; a closed room has nobody to tell.
   * @param concerns whom it concerns; everybody when left out
   */
  async notify(
    draftId: string,
    topic: string,
    concerns?: (participant: Participant) => boolean,
  ): Promise<void> {
    const room = await this.#rooms.get(draftId);
    room?.notify(topic, concerns);
  }

  /** Resolves when all that a draft has taken is in its log; a closed room has nothing that waits. */
  async settled(draftId: string): Promise<void> {
    await (await this.#rooms.get(draftId))?.flush();
  }

  /**
   * Writes into a draft on somebody's behalf, as if they had sent it: in the log it is theirs, everybody sees it, and
   * what others write meanwhile merges with it (SPEC RGT-6). Resolves when it is durable.
   * @throws Error that says why it was not taken
   */
  async write(draftId: string, update: Uint8Array, userId: string): Promise<void> {
    this.#hold(draftId);
    try {
      const room = await this.open(draftId);
      room.write(update, userId);
      await room.flush();
    } finally {
      this.#release(draftId);
    }
  }

  #hold(draftId: string): void {
    this.#holders.set(draftId, (this.#holders.get(draftId) ?? 0) + 1);
    clearTimeout(this.#timers.get(draftId));
    this.#timers.delete(draftId);
  }

  #release(draftId: string): void {
    const holders = (this.#holders.get(draftId) ?? 1) - 1;
    if (holders > 0) {
      this.#holders.set(draftId, holders);
      return;
    }
    this.#holders.delete(draftId);
    this.#closeLater(draftId);
  }

  #closeLater(draftId: string): void {
    const timer = setTimeout(() => void this.#closeIdle(draftId), this.#services.limits.idle);
    timer.unref();
    this.#timers.set(draftId, timer);
  }

  async #closeIdle(draftId: string): Promise<void> {
    const room = await this.#rooms.get(draftId)?.catch(() => null);
    if (!room) return;
    await room.flush();
    // Somebody may have come while the last updates were written: the room then stays.
    if (this.#holders.has(draftId)) return;
    if (room.holds) return this.#closeLater(draftId);
    this.#rooms.delete(draftId);
    this.#open.delete(draftId);
    room.destroy();
  }

  /** Closes every socket and resolves when all drafts are durable. */
  async shutdown(): Promise<void> {
    const rooms = await Promise.all([...this.#rooms.values()].map((room) => room.catch(() => null)));
    clearInterval(this.#ticker);
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const room of rooms) room?.disconnect(CLOSE.goingAway);
    await Promise.all(rooms.map((room) => room?.flush()));
    for (const room of rooms) room?.destroy();
    this.#rooms.clear();
    this.#open.clear();
  }
}
