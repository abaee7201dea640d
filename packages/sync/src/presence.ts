import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';
import { MESSAGE_AWARENESS } from './protocol.ts';

/** Client ids one connection may use: a tab has one, a tab that came back two. */
const MAX_IDS = 8;
/** Largest presence state a client may show to others, in characters of JSON. */
const MAX_STATE = 4_096;

const stateShape = z.object({ cursor: z.unknown().optional() }).nullable();

interface Owner {
  connection: object;
  participant: { userId: string; name: string; color: string };
}

interface Entry {
  clock: number;
  /** JSON as sent on; "null" once the client has left. */
  state: string;
  owner: Owner | null;
}

function encode(entries: readonly (readonly [number, Entry])[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, entries.length);
  for (const [clientId, { clock, state }] of entries) {
    encoding.writeVarUint(inner, clientId);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, state);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  return encoding.toUint8Array(encoder);
}

/**
 * Who is in the room, in the wire format of y-protocols/awareness. A client says where its cursor is; who it is
 * comes from its session, and a client id belongs to the connection that first used it.
 */
export class Presence {
  readonly #entries = new Map<number, Entry>();
  readonly #dirty = new Set<number>();

  /**
   * Takes in one awareness update of a connection.
   * @returns whether anything is to be sent on
   * @throws when the update is malformed
   */
  receive(update: Uint8Array, owner: Owner): boolean {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    let changed = false;
    for (let i = 0; i < count; i += 1) {
      const clientId = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarString(decoder);
      if (this.#take(clientId, clock, json, owner)) changed = true;
    }
    return changed;
  }

  #take(clientId: number, clock: number, json: string, owner: Owner): boolean {
    if (json.length > MAX_STATE) return false;
    const known = this.#entries.get(clientId);
    const held = known?.owner ?? null;
    // Another's cursor: only the same person may take it over, on a new connection after a break.
    if (held && held.connection !== owner.connection && held.participant.userId !== owner.participant.userId)
      return false;
    const parsed = stateShape.safeParse(JSON.parse(json));
    if (!parsed.success || (known === undefined && parsed.data === null)) return false;
    if (known && clock < known.clock) return false;
    if (held?.connection !== owner.connection && this.#idsOf(owner.connection) >= MAX_IDS) return false;
    const { userId, name, color } = owner.participant;
    const state =
      parsed.data &&
      JSON.stringify({ cursor: parsed.data.cursor ?? null, user: { id: userId, name, color } });
    this.#entries.set(clientId, { clock, state: state ?? 'null', owner: state === null ? null : owner });
    this.#dirty.add(clientId);
    return true;
  }

  /** Client ids that are present, or whose leaving is still to be sent. */
  get size(): number {
    return this.#entries.size;
  }

  #idsOf(connection: object): number {
    let count = 0;
    for (const { owner } of this.#entries.values()) if (owner?.connection === connection) count += 1;
    return count;
  }

  /** Takes a closed connection's cursors away. Returns whether anything is to be sent on. */
  leave(connection: object): boolean {
    let changed = false;
    for (const [clientId, entry] of this.#entries) {
      if (entry.owner?.connection !== connection) continue;
      this.#entries.set(clientId, { clock: entry.clock + 1, state: 'null', owner: null });
      this.#dirty.add(clientId);
      changed = true;
    }
    return changed;
  }

  /** One message with all that changed since the last call; null when nothing did. */
  takeChanges(): Uint8Array | null {
    const changes: [number, Entry][] = [];
    for (const clientId of this.#dirty) {
      const entry = this.#entries.get(clientId);
      if (entry) changes.push([clientId, entry]);
      if (entry?.owner === null) this.#entries.delete(clientId);
    }
    this.#dirty.clear();
    return changes.length > 0 ? encode(changes) : null;
  }

  /** One message with everybody present; null in an empty room. */
  everybody(): Uint8Array | null {
    const present = [...this.#entries].filter(([, entry]) => entry.owner !== null);
    return present.length > 0 ? encode(present) : null;
  }
}
