import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { crc32 } from 'node:zlib';

/** Frames above this size are not put together: only their length, their sum and their beginning are kept. */
export const BIG = 64 * 1024;
const HEAD = 64;
const MASK = Buffer.from([0x5a, 0xa5, 0x3c, 0xc3]);

/** A frame too big to be put together, unless somebody asked for all of it. */
export interface BigFrame {
  head: Buffer;
  length: number;
  sum: number;
  whole: Buffer | null;
}

export interface SocketEvents {
  open(): void;
  /** The bytes are only lent: they are overwritten after the call. */
  frame(frame: Buffer): void;
  big(frame: BigFrame): void;
  close(reason: string): void;
}

/** All sockets read into one buffer, one after another: a read is consumed before the next begins. */
const SHARED = Buffer.allocUnsafe(256 * 1024);

/** Makes the WebSocket frame that carries a binary message from a client. */
export function frameOf(message: Uint8Array, opcode = 2): Buffer {
  const { length } = message;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extended + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) frame.writeUInt16BE(length, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  const start = 2 + extended;
  MASK.copy(frame, start);
  for (let i = 0; i < length; i += 1) frame[start + 4 + i] = (message[i] ?? 0) ^ (MASK[i & 3] ?? 0);
  return frame;
}

/**
 * A WebSocket client that does the least a client can do, so that 300 of them fit beside the server on two cores:
 * no streams, no copies of small frames, no assembly of big ones.
 */
export class LightSocket {
  readonly #socket: Socket;
  #opened = false;
  #closed = false;
  #rest: Buffer | null = null;
  #big: { frame: BigFrame; taken: number } | null = null;
  /** Whether big frames are to be put together. */
  keepBig = false;

  constructor(
    port: number,
    path: string,
    headers: Readonly<Record<string, string>>,
    private readonly events: SocketEvents,
  ) {
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: SHARED,
        callback: (length, buffer) => {
          this.#read(Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    const lines = Object.entries({
      host: `127.0.0.1:${port}`,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`);
    this.#socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    this.#socket.on('error', (error) => this.#end(error.message));
    this.#socket.on('close', () => this.#end('the connection ended'));
  }

  /** Bytes that came over the wire. */
  get received(): number {
    return this.#socket.bytesRead;
  }

  /** Sends a frame made by `frameOf`. */
  write(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Resolves when the operating system has taken what was written. */
  async drained(): Promise<void> {
    while (this.#socket.writableLength > 0 && !this.#closed)
      await new Promise((resolve) => setImmediate(resolve));
  }

  destroy(): void {
    this.#closed = true;
    this.#socket.destroy();
  }

  #end(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    this.events.close(reason);
  }

  #read(chunk: Buffer): void {
    let data = chunk;
    if (this.#rest !== null) {
      data = Buffer.concat([this.#rest, chunk]);
      this.#rest = null;
    }
    if (!this.#opened) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#keep(data);
        return;
      }
      const status = data.toString('latin1', 0, data.indexOf('\r\n'));
      if (!status.includes(' 101 ')) {
        this.#end(`the server answered ${status}`);
        return;
      }
      this.#opened = true;
      this.events.open();
      data = data.subarray(end + 4);
    }
    this.#parse(data);
  }

  #keep(data: Buffer): void {
    if (data.length > 0) this.#rest = Buffer.from(data);
  }

  #parse(data: Buffer): void {
    let at = 0;
    while (at < data.length && !this.#closed) {
      if (this.#big !== null) {
        at = this.#takeBig(data, at);
        continue;
      }
      const left = data.length - at;
      if (left < 2) break;
      const opcode = (data[at] ?? 0) & 0x0f;
      const short = (data[at + 1] ?? 0) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (left < header) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? data.readUInt16BE(at + 2)
            : Number(data.readBigUInt64BE(at + 2));
      const start = at + header;
      if (length > BIG) {
        const whole = this.keepBig ? Buffer.allocUnsafe(length) : null;
        this.#big = { frame: { head: Buffer.alloc(0), length, sum: 0, whole }, taken: 0 };
        at = start;
        continue;
      }
      if (start + length > data.length) break;
      this.#handle(opcode, data.subarray(start, start + length));
      at = start + length;
    }
    if (at < data.length && !this.#closed) this.#keep(data.subarray(at));
  }

  #takeBig(data: Buffer, at: number): number {
    const big = this.#big;
    if (big === null) return at;
    const end = Math.min(data.length, at + big.frame.length - big.taken);
    const part = data.subarray(at, end);
    if (big.taken < HEAD) big.frame.head = Buffer.concat([big.frame.head, part.subarray(0, HEAD)]);
    if (big.frame.whole) part.copy(big.frame.whole, big.taken);
    else big.frame.sum = crc32(part, big.frame.sum);
    big.taken += part.length;
    if (big.taken === big.frame.length) {
      if (big.frame.whole) big.frame.sum = crc32(big.frame.whole);
      this.#big = null;
      this.events.big(big.frame);
    }
    return end;
  }

  #handle(opcode: number, payload: Buffer): void {
    if (opcode === 2) this.events.frame(payload);
    else if (opcode === 9) this.write(frameOf(payload, 10));
    else if (opcode === 8)
      this.#end(
        `the server closed: ${payload.length >= 2 ? payload.readUInt16BE(0) : ''} ${payload.toString('utf8', 2)}`,
      );
  }
}
