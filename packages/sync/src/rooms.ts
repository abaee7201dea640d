import {
  DEFAULT_LIMITS,
  type DocumentRules,
  type DraftLog,
  type Participant,
  type RoomLimits,
  type Transport,
} from './interfaces.ts';
import { CLOSE } from './protocol.ts';
import { type Connection, Room } from './room.ts';

/** What a transport calls; frames that arrive before the draft is read wait, in order and within a bound. */
export interface Session {
  receive(frame: Uint8Array): void;
  close(): void;
}

/** All open drafts of this server. Parallel first joiners share one load; an idle room is closed once it is durable. */
export class Rooms {
  readonly #rooms = new Map<string, Promise<Room>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #limits: RoomLimits;
  readonly #users = new Map<string, number>();

  constructor(
    private readonly log: DraftLog,
    private readonly rules: DocumentRules,
    limits: Partial<RoomLimits> = {},
  ) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Opens a room, or joins in its opening. */
  open(draftId: string): Promise<Room> {
    const known = this.#rooms.get(draftId);
    if (known) return known;
    const opening = Room.open(draftId, this.log, this.rules, this.#limits);
    this.#rooms.set(draftId, opening);
    opening.catch(() => this.#rooms.delete(draftId));
    return opening;
  }

  /** Connects a socket to a draft. */
  connect(draftId: string, transport: Transport, participant: Participant): Session {
    let queue: Uint8Array[] = [];
    let room: Room | null = null;
    let connection: Connection | null = null;
    let closed = false;
    this.#hold(draftId);
    this.open(draftId).then(
      (opened) => {
        if (closed) return;
        room = opened;
        connection = opened.join(transport, participant);
        for (const frame of queue) opened.receive(connection, frame);
        queue = [];
      },
      () => transport.close(CLOSE.cannotOpen),
    );
    return {
      receive: (frame) => {
        if (closed) return;
        if (room && connection) room.receive(connection, frame);
        else if (queue.length < this.#limits.maxQueued) queue.push(frame);
        else transport.close(CLOSE.badMessage);
      },
      close: () => {
        if (closed) return;
        closed = true;
        queue = [];
        if (room && connection) room.leave(connection);
        this.#release(draftId);
      },
    };
  }

  /** Tells those who have the draft open; a closed room has nobody to tell. */
  async notify(draftId: string, topic: string): Promise<void> {
    const room = await this.#rooms.get(draftId);
    room?.notify(topic);
  }

  #hold(draftId: string): void {
    this.#users.set(draftId, (this.#users.get(draftId) ?? 0) + 1);
    const timer = this.#timers.get(draftId);
    if (timer) clearTimeout(timer);
    this.#timers.delete(draftId);
  }

  #release(draftId: string): void {
    const users = (this.#users.get(draftId) ?? 1) - 1;
    this.#users.set(draftId, users);
    if (users > 0) return;
    this.#users.delete(draftId);
    const timer = setTimeout(() => void this.#closeIdle(draftId), this.#limits.idle);
    timer.unref();
    this.#timers.set(draftId, timer);
  }

  async #closeIdle(draftId: string): Promise<void> {
    const room = await this.#rooms.get(draftId)?.catch(() => null);
    if (!room) return;
    await room.flush();
    // Somebody may have come while the last updates were written: the room then stays.
    if (this.#users.has(draftId)) return;
    this.#rooms.delete(draftId);
    room.destroy();
  }

  /** Closes every socket and resolves when all drafts are durable. */
  async shutdown(): Promise<void> {
    const rooms = await Promise.all([...this.#rooms.values()].map((room) => room.catch(() => null)));
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const room of rooms) room?.disconnect(CLOSE.goingAway, () => true);
    await Promise.all(rooms.map((room) => room?.flush()));
  }
}
