import type { Source, UploadResult } from '@zerodraft/contract';
import { MAX_DOCUMENT_BYTES } from '@zerodraft/formats';
import { ApiError, queryClient } from '../../api-client.ts';
import { guessDetails } from '../guess-details.ts';
import { NO_DETAILS, type SourceDetails } from '../source-details.ts';
import { createSource, deleteSource, refreshSources, uploadFile } from '../sources-api.ts';

/** Files that are sent at the same time. */
const AT_ONCE = 3;

/** ready: looked at before it is sent; waiting: for others to be done. */
type UploadState = 'ready' | 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';

export interface Upload {
  /** The id of its source: sent again, it makes no second one. */
  readonly id: string;
  readonly file: File;
  /** The source whose document it takes the place of; null for a new one. */
  readonly replaces: Source | null;
  readonly details: SourceDetails;
  readonly state: UploadState;
  /** How much is sent, from 0 to 1. */
  readonly part: number;
  readonly problem: string | null;
  /** Sources that have the very same file. */
  readonly same: UploadResult['same'];
}

/** Why a file need not be sent at all; null when it may be. */
export function refusalOf({ size }: File): string | null {
  if (size === 0)
    return 'The file is empty, or a folder. Save it again, or open the folder and choose the files in it.';
  return size > MAX_DOCUMENT_BYTES
    ? `The file is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB. Save it with smaller pictures, or in parts.`
    : null;
}

/** The files that a person uploads into a process; each goes its own way. */
export class UploadQueue {
  #uploads: readonly Upload[] = [];
  readonly #sending = new Map<string, AbortController>();
  /** Sources that were made for uploads which are not done. */
  readonly #made = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(readonly processId: string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly uploads = (): readonly Upload[] => this.#uploads;

  get unfinished(): boolean {
    return this.#uploads.some(({ state }) => state === 'ready' || state === 'waiting' || state === 'sending');
  }

  /** Takes files in, to be looked at before they are sent. @param stakeholderKinds those that the process has */
  add(files: Iterable<File>, stakeholderKinds: readonly string[]): void {
    const added = [...files].map((file) =>
      this.#entry(file, { ...NO_DETAILS, ...guessDetails(file.name, stakeholderKinds) }, null),
    );
    this.#set([...this.#uploads, ...added]);
  }

  /** Sends one file at once: of a new source that is described already, or in place of what one has. */
  send(file: File, details: SourceDetails, replaces: Source | null = null): void {
    const entry = this.#entry(file, details, replaces);
    const others = this.#uploads.filter(({ id }) => id !== entry.id);
    this.#set([...others, entry.state === 'ready' ? { ...entry, state: 'waiting' } : entry]);
    this.#next();
  }

  /** Changes what is said about files that were not sent yet. */
  describe(ids: readonly string[], details: Partial<SourceDetails>): void {
    for (const id of ids) {
      const upload = this.#find(id);
      if (upload) this.#change(id, { details: { ...upload.details, ...details } });
    }
  }

  /** Sends all that is ready. */
  start(): void {
    this.#set(
      this.#uploads.map((upload) => (upload.state === 'ready' ? { ...upload, state: 'waiting' } : upload)),
    );
    this.#next();
  }

  retry(id: string): void {
    if (!this.#find(id)) return;
    this.#change(id, { state: 'waiting', part: 0, problem: null });
    this.#next();
  }

  cancel(id: string): void {
    this.#sending.get(id)?.abort();
    this.#change(id, { state: 'cancelled', part: 0 });
  }

  /** Takes a file off the list; of one that was not sent nothing stays behind. */
  remove(id: string): void {
    this.#sending.get(id)?.abort();
    void this.#unmake(id);
    this.#set(this.#uploads.filter((upload) => upload.id !== id));
  }

  /** Takes those off the list that are done. */
  clear(): void {
    this.#set(this.#uploads.filter(({ state }) => state !== 'sent'));
  }

  #entry(file: File, details: SourceDetails, replaces: Source | null): Upload {
    const problem = refusalOf(file);
    const id = replaces?.id ?? crypto.randomUUID();
    return { id, file, replaces, details, state: problem ? 'failed' : 'ready', part: 0, problem, same: [] };
  }

  #next(): void {
    for (const { id, state } of this.#uploads) {
      if (this.#sending.size >= AT_ONCE) return;
      if (state === 'waiting' && !this.#sending.has(id)) void this.#send(id);
    }
  }

  async #send(id: string): Promise<void> {
    const upload = this.#find(id);
    if (!upload) return;
    const stop = new AbortController();
    this.#sending.set(id, stop);
    this.#change(id, { state: 'sending', part: 0, problem: null });
    try {
      if (!upload.replaces) {
        await createSource(this.processId, { id, ...upload.details });
        this.#made.add(id);
      }
      stop.signal.throwIfAborted();
      const progress = (part: number): void => this.#change(id, { part });
      const { same } = await uploadFile(this.processId, id, upload.file, progress, stop.signal);
      this.#made.delete(id);
      this.#change(id, { state: 'sent', part: 1, same });
    } catch (error) {
      await this.#failed(id, error, stop.signal.aborted);
    } finally {
      this.#sending.delete(id);
      this.#next();
      void refreshSources(this.processId);
    }
  }

  async #failed(id: string, error: unknown, aborted: boolean): Promise<void> {
    if (!aborted)
      this.#change(id, {
        state: 'failed',
        problem: error instanceof Error ? error.message : 'The file was not sent. Try again.',
      });
    if (error instanceof ApiError && error.code === 'signed-out')
      void queryClient.invalidateQueries({ queryKey: ['session'] });
    // A lost connection may have carried it over: sent again, it is kept once.
    const refused = error instanceof ApiError && error.status >= 400;
    if (aborted || refused) await this.#unmake(id);
  }

  /** Deletes a source that was made for a file which did not come. */
  async #unmake(id: string): Promise<void> {
    if (!this.#made.delete(id)) return;
    try {
      await deleteSource(this.processId, id);
    } catch {
      // It stands in the list without a document, and is deleted there.
    }
    await refreshSources(this.processId);
  }

  #find(id: string): Upload | undefined {
    return this.#uploads.find((upload) => upload.id === id);
  }

  #change(id: string, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}
