import { CLOSE, type Close } from '@zerodraft/sync';
import type { Database } from '../db/database.ts';
import { rightsOf, type SocketRights } from '../members/standing.ts';

/** Milliseconds between two looks at the rights of open sockets; a lost right ends within one second. */
const INTERVAL = 500;
/** Values per query. */
const CHUNK = 1_000;

/** An open socket and the rights it was opened with. */
export interface Watched extends SocketRights {
  sessionId: string;
  close: (close: Close) => void;
}

/**
 * Reads the rights of open sockets again and again, so that they end whatever ended them: a sign-out, an expiry, a changed
 * role, an archived draft, another process on the same database (SPEC RGT-4).
 */
export class RevocationWatch {
  readonly #open = new Set<Watched>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly db: Database,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @returns ends the watch of this socket */
  add(watched: Watched): () => void {
    this.#open.add(watched);
    this.#schedule();
    return () => this.#open.delete(watched);
  }

  #schedule(): void {
    if (this.#timer || this.#open.size === 0) return;
    this.#timer = setTimeout(async () => {
      try {
        await this.#look();
      } catch (error) {
        this.onError(error);
      }
      this.#timer = null;
      this.#schedule();
    }, INTERVAL);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const open = [...this.#open];
    for (let start = 0; start < open.length; start += CHUNK) {
      const part = open.slice(start, start + CHUNK);
      const sessions = await this.db
        .selectFrom('session')
        .select(['id', 'expiresAt'])
        .where('id', 'in', [...new Set(part.map(({ sessionId }) => sessionId))])
        .execute();
      const rights = await rightsOf(
        this.db,
        [...new Set(part.map(({ userId }) => userId))],
        [...new Set(part.map(({ draftId }) => draftId))],
      );
      const keyOf = new Map(rights.map(({ userId, draftId, key }) => [`${userId} ${draftId}`, key]));
      const now = Date.now();
      const live = new Set(
        sessions.filter(({ expiresAt }) => Date.parse(expiresAt) > now).map(({ id }) => id),
      );
      for (const socket of part) {
        if (!live.has(socket.sessionId)) socket.close(CLOSE.signedOut);
        else if (keyOf.get(`${socket.userId} ${socket.draftId}`) !== socket.key)
          socket.close(CLOSE.rightsChanged);
      }
    }
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#open.clear();
  }
}
