import { encodeStatusRequest, MESSAGE_NOTICE, MESSAGE_STATUS, readStatus } from '@zerodraft/sync';
import { readVarString } from 'lib0/decoding';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { TestServer } from './server.ts';

export const DRAFT = 'global-compact-sample-zero-draft';

/** y-websocket's own client, signed in as a sample person. */
export class TestClient {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;
  received = 0;
  durable = 0;
  /** Why the server cannot save, as it last said; empty when it can. */
  failure = '';
  /** Topics that the server has named. */
  readonly notices: string[] = [];

  constructor(
    server: TestServer,
    cookie: string,
    options: { status?: boolean; maxBackoffTime?: number; draftId?: string } = {},
  ) {
    const { draftId = DRAFT } = options;
    class SignedInSocket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers: { cookie } });
      }
    }
    this.provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}/sync`, draftId, this.doc, {
      // The ws package has the browser's interface but for members this client never uses.
      WebSocketPolyfill: SignedInSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      params: options.status ? { status: '1' } : {},
      // As the web app: it comes back after every closing.
      shouldReconnect: () => true,
      ...(options.maxBackoffTime ? { maxBackoffTime: options.maxBackoffTime } : {}),
    });
    this.provider.messageHandlers[MESSAGE_STATUS] = (_encoder, decoder) => {
      const { received, durable, failure } = readStatus(decoder);
      this.received = Math.max(this.received, received);
      this.durable = Math.max(this.durable, durable);
      this.failure = failure;
    };
    this.provider.messageHandlers[MESSAGE_NOTICE] = (_encoder, decoder) => {
      this.notices.push(readVarString(decoder));
    };
  }

  /** Asks until when all sent so far is durable, and waits for the answer. */
  async saved(n: number): Promise<void> {
    this.ask(n);
    await until(() => this.durable >= n);
  }

  /** Asks without waiting; `durable` becomes `n` when all sent so far is durable. */
  ask(n: number): void {
    const socket = this.provider.ws;
    // While the socket is closing or not yet open there is nobody to ask.
    if (socket?.readyState === WebSocket.OPEN) socket.send(new Uint8Array(encodeStatusRequest(n)));
  }

  async synced(): Promise<void> {
    await until(() => this.provider.synced);
  }

  destroy(): void {
    this.provider.destroy();
    this.doc.destroy();
  }
}

/** Waits for a condition, looking again every few milliseconds; the test's own time limit bounds it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
