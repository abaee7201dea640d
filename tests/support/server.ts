import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const MAIN = join(import.meta.dirname, '../../apps/server/dist/main.js');

/** What one start of the server adds to its environment and command line. */
export interface RunOptions {
  env?: Record<string, string>;
  args?: string[];
}

/** The built server as its own process on a folder of its own. */
export class TestServer {
  #process: ChildProcess | null = null;
  /** What the process has printed since its last start. */
  output = '';

  private constructor(
    readonly dataDir: string,
    readonly port: number,
  ) {}

  /** @param dataDir a folder to be made; without one, it is made among the temporary files */
  static async start({ dataDir, ...options }: RunOptions & { dataDir?: string } = {}): Promise<TestServer> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'zerodraft-')));
    const server = new TestServer(folder, await freePort());
    await server.run(options);
    return server;
  }

  /** The running process; null once it has ended. */
  get pid(): number | null {
    const child = this.#process;
    return child && child.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /**
   * Starts the process on the same data and port; resolves when it prints its address.
   * @throws Error with what it printed, when it ends instead
   */
  async run({ env = {}, args = [] }: RunOptions = {}): Promise<void> {
    const own = { PORT: String(this.port), ZERODRAFT_DATA: this.dataDir, LOG_LEVEL: 'error' };
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.output = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        this.output += chunk.toString();
        if (this.output.includes('Zerodraft is at')) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('close', (code) => reject(new Error(`the server ended with ${code}:\n${this.output}`)));
    });
  }

  /** Ends the process and waits until it is gone. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const child = this.#process;
    if (!child || this.pid === null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Signs a sample person in; returns the cookie header. */
  async signIn(personId: string): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/sign-in/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ personId }),
    });
    if (!response.ok) throw new Error(`sign-in failed: ${response.status} ${await response.text()}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }
}
