import { defaultDeleteFilter, ySyncPluginKey } from '@tiptap/y-tiptap';
import { type DraftSummary, signature, type Viewer } from '@zerodraft/contract';
import { anchorsOf, contentOf, lineageRecordsOf, linksOf } from '@zerodraft/schema';
import { CLOSE, MESSAGE_AUTH, MESSAGE_AWARENESS, MESSAGE_NOTICE, MESSAGE_SYNC } from '@zerodraft/sync';
import { LINK_ORIGIN } from '@zerodraft/trace';
import { readVarString } from 'lib0/decoding';
import { IndexeddbPersistence } from 'y-indexeddb';
import { readAuthMessage } from 'y-protocols/auth';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { addComment, createThread, sendThreadPlace } from '../api.ts';
import { queryClient } from '../api-client.ts';
import { Outbox } from '../comments/outbox.ts';
import { DraftReader, type DraftView } from './draft-view.ts';
import { SaveTracker } from './save-status.ts';
import { ThreadHomes } from './thread-homes.ts';
import { UnsentPlaces } from './unsent-places.ts';

/** Milliseconds before coming back after a break: the first time, and at most; halved to one and a half times by chance. */
const MIN_BACKOFF = 200;
const MAX_BACKOFF = 8_000;

/** Somebody in the draft now. */
export interface Present {
  id: string;
  name: string;
  color: string;
}

/** A draft open in this tab: its document, its connection, its copy on this device and its undo history. */
export class DraftSession {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  readonly local: IndexeddbPersistence;
  readonly undo: Y.UndoManager;
  readonly saving: SaveTracker;
  readonly outbox: Outbox;
  readonly homes: ThreadHomes;
  readonly places: UnsentPlaces;
  /** Called before anything of others is taken in; the editor sets it. */
  beforeRemote: (() => void) | null = null;
  /** Called with the reason when the server did not take a change: this copy of the draft is then at an end. */
  onRefused: ((reason: string) => void) | null = null;
  readonly #reader = new DraftReader(this.doc);
  #present: Present[] = [];
  #frame = 0;
  #ready = false;
  #attempts = 0;
  #retry: number | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly draft: DraftSummary,
    readonly viewer: Viewer,
  ) {
    // One copy per person: what one left unsent never goes out under another's name.
    this.local = new IndexeddbPersistence(`zerodraft/${viewer.id}/${draft.id}/${draft.generation}`, this.doc);
    const origin = window.location.origin.replace(/^http/, 'ws');
    this.provider = new WebsocketProvider(`${origin}/sync`, draft.id, this.doc, {
      params: { generation: String(draft.generation), status: '1' },
      disableBc: true,
      connect: false,
    });
    this.saving = new SaveTracker(this.doc, this.provider, this.local);
    this.outbox = new Outbox(`zerodraft-unsent-comments/${viewer.id}/${draft.id}`, async (entry) => {
      if (entry.kind === 'thread') await createThread(draft.id, entry.thread);
      else await addComment(draft.id, entry.threadId, entry.comment);
      await queryClient.invalidateQueries({ queryKey: ['threads', draft.id] });
    });
    this.homes = new ThreadHomes(this.doc);
    this.places = new UnsentPlaces((threadId, place) => sendThreadPlace(draft.id, threadId, place));
    const undone = [contentOf, linksOf, lineageRecordsOf, anchorsOf].map((root) => root(this.doc));
    this.undo = new Y.UndoManager(undone, {
      trackedOrigins: new Set([ySyncPluginKey, LINK_ORIGIN]),
      captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
      deleteFilter: (item) => defaultDeleteFilter(item, new Set(['block'])),
    });
    for (const type of [MESSAGE_SYNC, MESSAGE_AWARENESS]) {
      const handle = this.provider.messageHandlers[type];
      this.provider.messageHandlers[type] = (...args) => {
        this.beforeRemote?.();
        handle?.(...args);
      };
    }
    this.provider.messageHandlers[MESSAGE_NOTICE] = (_encoder, decoder) => {
      void queryClient.invalidateQueries({ queryKey: [readVarString(decoder)] });
    };
    this.provider.messageHandlers[MESSAGE_AUTH] = (_encoder, decoder) => {
      readAuthMessage(decoder, this.doc, (_doc, reason) => this.#refuse(reason));
    };
    this.provider.on('connection-close', (event) => this.#onClose(event?.code));
    const { awareness } = this.provider;
    awareness.setLocalStateField('user', { id: viewer.id, name: signature(viewer), color: viewer.color });
    awareness.on('change', () => this.#readPresence());
    this.doc.on('update', () => this.#schedule());
    this.provider.on('sync', (synced) => {
      if (!synced) return;
      this.#attempts = 0;
      // What changed outside the document while this tab was away: comments, and what this person may do.
      void queryClient.invalidateQueries({ queryKey: ['threads', draft.id] });
      void queryClient.invalidateQueries({ queryKey: ['draft'] });
      void this.outbox.flush();
      void this.places.flush();
      this.#becomeReady();
    });
    this.local.whenSynced.then(() => this.#becomeReady());
    this.provider.connect();
  }

  #onClose(code: number | undefined): void {
    // y-websocket comes back on its own and all at once; here everybody waits a little differently.
    this.provider.shouldConnect = false;
    if (code === CLOSE.otherGeneration.code) {
      void queryClient.invalidateQueries({ queryKey: ['draft'] });
      this.#refuse('This draft was replaced on the server.');
      return;
    }
    if (code === CLOSE.updateTooLarge.code) {
      this.#refuse('A change is larger than the server takes in one piece.');
      return;
    }
    // The session's answer ends this one: under other rights another is opened.
    if (code === CLOSE.signedOut.code || code === CLOSE.rightsChanged.code) {
      // Who is no longer of the team keeps nothing of its private threads.
      for (const key of ['threads', 'notifications']) void queryClient.resetQueries({ queryKey: [key] });
      for (const key of ['session', 'processes', 'draft'])
        void queryClient.invalidateQueries({ queryKey: [key] });
    } else if (this.#attempts > 0) {
      // A refused upgrade gives a page no reason: who cannot come back asks over HTTP what is still open to them.
      void queryClient.invalidateQueries({ queryKey: ['draft'] });
    }
    const backoff = Math.min(MAX_BACKOFF, MIN_BACKOFF * 2 ** this.#attempts);
    this.#attempts += 1;
    this.#retry = window.setTimeout(() => this.provider.connect(), backoff * (0.5 + Math.random()));
  }

  #refuse(reason: string): void {
    this.onRefused?.(reason);
    this.onRefused = null;
  }

  /** Lets go of this device's copy, which holds what the server did not take. */
  async forget(): Promise<void> {
    this.provider.disconnect();
    window.clearTimeout(this.#retry);
    await this.local.clearData();
  }

  /** The draft as it reads here, numbered, as plain text. */
  get text(): string {
    const { blocks, numbers } = this.view();
    return blocks.map(({ id, text }) => `${numbers.get(id)?.label ?? ''} ${text}`.trim()).join('\n\n');
  }

  /** True once there is text to edit: from the server, or kept on this device. */
  get ready(): boolean {
    return this.#ready;
  }

  readonly view = (): DraftView => this.#reader.view();

  readonly present = (): Present[] => this.#present;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.outbox.stop();
    this.places.stop();
    this.undo.destroy();
    this.homes.destroy();
    this.provider.destroy();
    // After it: closing the socket is told like any break, and asks for a comeback.
    window.clearTimeout(this.#retry);
    void this.local.destroy();
    this.doc.destroy();
  }

  #becomeReady(): void {
    if (this.#ready || contentOf(this.doc).length === 0) return;
    this.#ready = true;
    this.#schedule();
  }

  #readPresence(): void {
    const people = new Map<string, Present>();
    for (const state of this.provider.awareness.getStates().values()) {
      const user: Partial<Present> | undefined = state.user;
      if (user?.id && user.name && user.color)
        people.set(user.id, { id: user.id, name: user.name, color: user.color });
    }
    const next = [...people.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (JSON.stringify(next) === JSON.stringify(this.#present)) return;
    this.#present = next;
    this.#emit();
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    // A hidden tab gets no frames; a short timer serves it as well.
    const run = (): void => {
      this.#frame = 0;
      this.#reader.refresh();
      this.#becomeReady();
      this.#emit();
    };
    this.#frame = document.hidden ? window.setTimeout(run, 50) : requestAnimationFrame(run);
  }

  #emit(): void {
    for (const listener of this.#listeners) listener();
  }
}
