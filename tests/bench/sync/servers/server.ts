import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../../support/free-port.ts';
import { wait } from '../measure.ts';
import type { Wire } from '../wire/protocol.ts';

/** Loaded into every server: collects its garbage when told to, so that memory means what is held. */
const COLLECTOR = join(import.meta.dirname, 'collector.js');
const START_DEADLINE = 20_000;
const STOP_DEADLINE = 30_000;

/** Drafts to be stored before a server starts: each room's document as one update. */
export type Seeds = ReadonlyMap<string, Uint8Array>;

/** How a server is started and spoken to. */
export interface Peer {
  name: string;
  wire: Wire;
  /** Stores drafts in the form in which the server keeps them; the server is stopped. */
  seed(server: Server, drafts: Seeds): Promise<void>;
  command(server: Server): { args: string[]; env: Record<string, string> };
  ready: string;
  path(room: string): string;
}

/** All servers started by this bench that still run; ended by their own ids whatever happens. */
const running = new Set<ChildProcess>();

export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** One server as its own process, on a folder of its own. */
export class Server {
  #child: ChildProcess | null = null;
  #output = '';
  port = 0;
  headers: Record<string, string> = {};

  constructor(
    readonly peer: Peer,
    readonly dir: string,
    private readonly profileDir: string | null = null,
  ) {}

  get name(): string {
    return this.peer.name;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error(`${this.name} is not running`);
    return pid;
  }

  /** @throws with what it printed when it does not come up */
  async start(): Promise<void> {
    this.port = await freePort();
    const { args, env } = this.peer.command(this);
    const profile = this.profileDir
      ? ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${this.profileDir}`]
      : [];
    const child = spawn(process.execPath, ['--import', COLLECTOR, ...profile, ...args], {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#output = '';
    running.add(child);
    child.once('exit', () => running.delete(child));
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        this.#output = (this.#output + chunk.toString()).slice(-10_000);
        if (this.#output.includes(this.peer.ready)) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => reject(new Error(`${this.name} ended with ${code}:\n${this.#output}`)));
      setTimeout(() => reject(new Error(`${this.name} did not start`)), START_DEADLINE).unref();
    });
  }

  /** Lets go of garbage. */
  async collect(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#output = '';
    child.kill('SIGUSR2');
    const end = performance.now() + START_DEADLINE;
    while (!this.#output.includes('collected') && performance.now() < end) await wait(10);
  }

  /** Ends it as its operator would, and waits until it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE);
    await exited;
    clearTimeout(timer);
  }
}
