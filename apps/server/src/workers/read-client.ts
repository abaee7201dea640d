import type { Finding } from '@zerodraft/trace';
import type {
  DraftLinks,
  Findings,
  Places,
  PlacesRequest,
  PublicTrace,
  ReadRequest,
  Restored,
  SheetRequest,
  TracePlace,
  TraceRequest,
} from './messages.ts';

import { WorkerClient } from './worker-client.ts';

/** Reads whole drafts for people. */
export interface DraftReader {
  /** Comments of a draft as a file. */
  sheet(request: SheetRequest): Promise<Uint8Array>;
  /** Where threads and clauses stand now; each draft is read once. */
  places(drafts: PlacesRequest[]): Promise<Places[]>;
  /** What a draft's clauses are linked to now. */
  links(draftId: string): Promise<DraftLinks>;
  /** What is wrong with a draft's links, or not explained. */
  check(place: TracePlace): Promise<Finding[]>;
  /** What a public link shows of where clauses come from. */
  trace(request: TraceRequest): Promise<PublicTrace>;
  /** A draft as its log holds it, as one update. */
  state(draftId: string): Promise<Uint8Array>;
  /** The edit that brings a draft back to a version. */
  restoration(draftId: string, versionId: string): Promise<Restored>;
}

/** Reads drafts in a thread with a connection of its own: nobody's typing waits for a document or a file to be made. */
export class ReadClient implements DraftReader {
  readonly #worker: WorkerClient<
    ReadRequest,
    Uint8Array | Places[] | DraftLinks | Findings | PublicTrace | Restored
  >;

  /** @param file the database */
  constructor(file: string) {
    this.#worker = new WorkerClient('read-worker.js', file);
  }

  async sheet(request: SheetRequest): Promise<Uint8Array> {
    const file = await this.#worker.call({ kind: 'sheet', ...request });
    if (!(file instanceof Uint8Array)) throw new Error('the thread that reads drafts made no file');
    return file;
  }

  async places(drafts: PlacesRequest[]): Promise<Places[]> {
    if (drafts.length === 0) return [];
    const places = await this.#worker.call({ kind: 'places', drafts });
    if (!Array.isArray(places)) throw new Error('the thread that reads drafts named no places');
    return places;
  }

  async links(draftId: string): Promise<DraftLinks> {
    const links = await this.#worker.call({ kind: 'links', draftId });
    if (!('links' in links)) throw new Error('the thread that reads drafts named no links');
    return links;
  }

  async check(place: TracePlace): Promise<Finding[]> {
    const answer = await this.#worker.call({ kind: 'check', place });
    if (!('findings' in answer)) throw new Error('the thread that reads drafts checked no links');
    return answer.findings;
  }

  async trace(request: TraceRequest): Promise<PublicTrace> {
    const trace = await this.#worker.call({ kind: 'trace', ...request });
    if (!('counts' in trace)) throw new Error('the thread that reads drafts named no sources');
    return trace;
  }

  async state(draftId: string): Promise<Uint8Array> {
    const state = await this.#worker.call({ kind: 'state', draftId });
    if (!(state instanceof Uint8Array)) throw new Error('the thread that reads drafts read no state');
    return state;
  }

  async restoration(draftId: string, versionId: string): Promise<Restored> {
    const restored = await this.#worker.call({ kind: 'restore', draftId, versionId });
    if (!('before' in restored)) throw new Error('the thread that reads drafts restored nothing');
    return restored;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
