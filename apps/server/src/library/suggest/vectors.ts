import type { Embedder } from '@zerodraft/trace/suggest';

/** Vectors kept at most, and texts that a model reads in one go. */
const MAX_VECTORS = 30_000;
const BATCH = 16;

/** What texts mean to a model. It reads a library little by little; suggestions use what it has read so far. */
export class Vectors {
  readonly #vectors = new Map<string, Float32Array>();
  readonly #queue = new Set<string>();
  #reading = false;

  /** @param failed hears why the model stopped reading */
  constructor(
    private readonly embedder: Embedder,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Of one text, now; null when the model fails over it. */
  async now(text: string): Promise<Float32Array | null> {
    const known = this.#vectors.get(text);
    if (known) return known;
    try {
      return (await this.embedder.embed([text]))[0] ?? null;
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  /** Of the texts that the model has read; it will read the others next. */
  of(texts: Iterable<readonly [string, string]>): [string, Float32Array][] {
    const ready: [string, Float32Array][] = [];
    for (const [id, text] of texts) {
      const vector = this.#vectors.get(text);
      if (vector) ready.push([id, vector]);
      else if (this.#vectors.size + this.#queue.size < MAX_VECTORS) this.#queue.add(text);
    }
    if (!this.#reading) void this.#read().catch(this.failed);
    return ready;
  }

  async #read(): Promise<void> {
    this.#reading = true;
    try {
      while (this.#queue.size > 0) {
        const batch = [...this.#queue].slice(0, BATCH);
        const vectors = await this.embedder.embed(batch);
        for (const [at, text] of batch.entries()) {
          const vector = vectors[at];
          if (vector) this.#vectors.set(text, vector);
          this.#queue.delete(text);
        }
      }
    } finally {
      this.#reading = false;
    }
  }
}
