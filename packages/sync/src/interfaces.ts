import type * as Y from 'yjs';
import type { Close } from './protocol.ts';

/** The least a socket must do for the room. */
export interface Transport {
  send(message: Uint8Array): void;
  close(close: Close): void;
  /** Bytes accepted by `send` and not yet written out. */
  readonly bufferedAmount: number;
}

/** One update on its way to the log. */
export interface LogEntry {
  update: Uint8Array;
  /** Who made it, from the session; null for the server's own repairs. */
  userId: string | null;
}

/** Where the updates of drafts live. Any storage that keeps these three promises will do. */
export interface DraftLog {
  /** All updates of a draft in the order of their appending; empty for one that has none. */
  read(draftId: string): Promise<Uint8Array[]>;
  /** Resolves once every entry is durable, all or none. */
  append(draftId: string, entries: readonly LogEntry[]): Promise<void>;
}

/** Who is behind a connection; all of it from the session, none from the client. */
export interface Participant {
  userId: string;
  name: string;
  color: string;
  mayEdit: boolean;
  /** Whether the client understands status and notice messages. */
  wantsStatus: boolean;
}

/** Rules of the document that the room itself does not know. */
export interface DocumentRules {
  /** Called after an update was applied, before it is sent on; may change the document with `origin`. */
  repair(doc: Y.Doc, transaction: Y.Transaction, origin: unknown): void;
}

export interface RoomLimits {
  /** Milliseconds that updates wait for others to share one commit. */
  commitDelay: number;
  /** Milliseconds that presence waits to be sent in one message. */
  presenceDelay: number;
  /** Bytes a slow reader may fall behind before it is closed and comes back. */
  maxBuffered: number;
  /** Milliseconds an empty room stays open. */
  idle: number;
  /** Milliseconds between attempts to write a log that failed. */
  retry: number;
  /** Messages a connection may queue while its draft is being read. */
  maxQueued: number;
}

export const DEFAULT_LIMITS: RoomLimits = {
  commitDelay: 10,
  presenceDelay: 50,
  maxBuffered: 8 * 1024 * 1024,
  idle: 30_000,
  retry: 1_000,
  maxQueued: 1_000,
};
