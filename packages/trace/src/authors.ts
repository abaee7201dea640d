import { linksOf } from '@zerodraft/schema';
import * as Y from 'yjs';

/** One piece of a draft's log: what somebody wrote, and when it reached the server. */
export interface LogPiece {
  update: Uint8Array;
  /** Null for the server itself. */
  userId: string | null;
  /** ISO 8601, UTC. */
  at: string;
}

/** Who made a link and when; who changed or confirmed it last. */
export interface Authorship {
  madeBy: string | null;
  madeAt: string | null;
  changedBy: string | null;
  changedAt: string | null;
}

/** Which piece first brought each character and record: by client, the clocks at which pieces begin. */
class Arrivals {
  readonly #byClient = new Map<number, { from: number; to: number; piece: LogPiece }[]>();

  constructor(pieces: Iterable<LogPiece>) {
    const reached = new Map<number, number>();
    for (const piece of pieces) {
      let meta: ReturnType<typeof Y.parseUpdateMeta>;
      try {
        meta = Y.parseUpdateMeta(piece.update);
      } catch {
        // A damaged piece names nobody.
        continue;
      }
      for (const [client, to] of meta.to) {
        // What came before with another piece is that one's, whoever sends it again.
        const from = Math.max(meta.from.get(client) ?? 0, reached.get(client) ?? 0);
        if (to <= from) continue;
        reached.set(client, to);
        const own = this.#byClient.get(client) ?? [];
        own.push({ from, to, piece });
        this.#byClient.set(client, own);
      }
    }
  }

  of({ client, clock }: Y.ID): LogPiece | null {
    const own = this.#byClient.get(client) ?? [];
    let [low, high] = [0, own.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const span = own[middle];
      if (!span) return null;
      if (clock < span.from) high = middle - 1;
      else if (clock >= span.to) low = middle + 1;
      else return span.piece;
    }
    return null;
  }
}

/**
 * Who made each link and who changed it last, told from the draft's log alone: of each record, whose update brought
 * it first. What a client says of itself plays no part.
 * @param pieces the whole log, oldest first
 */
export function linkAuthors(doc: Y.Doc, pieces: Iterable<LogPiece>): Map<string, Authorship> {
  const arrivals = new Arrivals(pieces);
  const authors = new Map<string, Authorship>();
  for (const [key, newest] of linksOf(doc)._map) {
    if (newest.deleted) continue;
    let first = newest;
    // A record that is replaced stays in the document, empty, to the left of the one that replaced it.
    while (first.left instanceof Y.Item) first = first.left;
    const [made, changed] = [arrivals.of(first.id), arrivals.of(newest.id)];
    authors.set(key, {
      madeBy: made?.userId ?? null,
      madeAt: made?.at ?? null,
      changedBy: changed?.userId ?? null,
      changedAt: changed?.at ?? null,
    });
  }
  return authors;
}
