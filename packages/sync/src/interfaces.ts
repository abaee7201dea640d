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
  draftId: string;
  generation: number;
  update: Uint8Array;
  /** Who made it, from the session; null for the server's own repairs. */
  userId: string | null;
}

/** An update as the log holds it. */
export interface LogRow {
  id: number;
  update: Uint8Array;
  userId: string | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** False when its bytes are no longer those that were appended. */
  intact: boolean;
}

/** What a draft is made of: its snapshot and the updates after it, read in one consistent view. */
export interface StoredDraft {
  generation: number;
  snapshot: Uint8Array | null;
  /** False when the snapshot's bytes are no longer those that were written. */
  snapshotIntact: boolean;
  /** False once a record was set aside: others may build on it, and cannot be shown. */
  complete: boolean;
  tail: LogRow[];
}

/** What one person wrote in one stretch, kept when the log is folded; versions are read from it. */
export interface HistoryEntry {
  update: Uint8Array;
  userId: string | null;
  /** When its first and its last update were appended; ISO 8601, UTC. */
  from: string;
  to: string;
}

/** A fold of the log: exactly these rows became part of this snapshot. */
export interface Fold {
  generation: number;
  snapshot: Uint8Array;
  rows: readonly number[];
  history: readonly HistoryEntry[];
}

/** Where drafts live. Every implementation runs `describeDraftLog`. */
export interface DraftLog {
  /** @throws when there is no such draft */
  read(draftId: string): Promise<StoredDraft>;
  /** Resolves once every entry is durable; all or none. */
  append(entries: readonly LogEntry[]): Promise<void>;
  /**
   * Replaces the snapshot, deletes exactly the fold's rows and appends its history, in one transaction.
   * Does nothing when a row of the fold is gone, or the generation is another: somebody else was first.
   * @returns whether it was done
   */
  fold(draftId: string, fold: Fold): Promise<boolean>;
  /** What was folded so far, oldest first; the tail is not in it. */
  history(draftId: string): Promise<HistoryEntry[]>;
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
  /**
   * Why an update is not taken, before anything of it is applied; null when it may be. With `resync` its beginning is
   * missing, and the client is asked for it instead of being refused.
   * @throws when it cannot be decoded
   */
  refuse(doc: Y.Doc, update: Uint8Array): { reason: string; resync: boolean } | null;
  /** Called after an update was applied, before it is sent on; may change the document with `origin`. */
  repair(doc: Y.Doc, transaction: Y.Transaction, origin: unknown, draftId: string): void;
}

/** What happened in the rooms, for logs and metrics; nothing here names a person or a text. */
export interface RoomEvents {
  opened(draftId: string): void;
  closed(draftId: string): void;
  updated(bytes: number): void;
  /** A frame or update was not taken. */
  refused(draftId: string, reason: string): void;
  /** A replaceable frame was not sent to a slow reader. */
  shed(): void;
  /** Seconds from the first waiting update to the durable commit of `count`. */
  committed(seconds: number, count: number): void;
  /** The log could not be written or read. */
  failed(draftId: string, reason: string): void;
  folded(draftId: string, bytes: number): void;
}

export interface RoomLimits {
  /** Milliseconds that updates wait for others to share one commit. */
  commitDelay: number;
  /** Milliseconds that presence waits to be sent in one message, in a small room; grows with the room. */
  presenceDelay: number;
  /** The same, while nobody else is there to see it. */
  presenceDelayAlone: number;
  /** Milliseconds of silence after which a connection is sent an empty message. */
  keepAlive: number;
  /** Bytes a slow reader may fall behind before presence is no longer sent to it. */
  maxBufferedPresence: number;
  /** Bytes a slow reader may fall behind before it is closed and comes back. */
  maxBuffered: number;
  /** Milliseconds an empty room stays open. */
  idle: number;
  /** Milliseconds without a change after which a draft's document is let go and its bytes serve readers. */
  rest: number;
  /** Milliseconds between attempts to write or read a log that failed. */
  retry: number;
  /** Frames, and bytes, that a connection may queue while its draft is being read. */
  maxQueued: number;
  maxQueuedBytes: number;
  /** Bytes of one update. */
  maxUpdate: number;
  /** Bytes of a whole draft. */
  maxDocument: number;
  /** Bytes that may wait for a log that cannot be written. */
  maxUnsaved: number;
  /** Sockets one person may have open. */
  maxConnectionsPerUser: number;
  /** The tail is folded when it is larger than the snapshot and than these bytes, or longer than these rows. */
  foldBytes: number;
  foldRows: number;
}

export const DEFAULT_LIMITS: RoomLimits = {
  commitDelay: 10,
  presenceDelay: 50,
  presenceDelayAlone: 1_000,
  keepAlive: 15_000,
  maxBufferedPresence: 256 * 1024,
  maxBuffered: 8 * 1024 * 1024,
  idle: 30_000,
  rest: 60_000,
  retry: 1_000,
  maxQueued: 1_000,
  maxQueuedBytes: 16 * 1024 * 1024,
  maxUpdate: 8 * 1024 * 1024,
  maxDocument: 64 * 1024 * 1024,
  maxUnsaved: 64 * 1024 * 1024,
  maxConnectionsPerUser: 40,
  foldBytes: 32 * 1024,
  foldRows: 2_000,
};

const nothing = (): void => undefined;
export const NO_EVENTS: RoomEvents = {
  opened: nothing,
  closed: nothing,
  updated: nothing,
  refused: nothing,
  shed: nothing,
  committed: nothing,
  failed: nothing,
  folded: nothing,
};
