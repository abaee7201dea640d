import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FULL, QUICK } from './config.ts';
import { report } from './report.ts';
import { type Results, runRounds } from './rounds.ts';
import { hocuspocus } from './servers/hocuspocus.ts';
import { endAll } from './servers/server.ts';
import { websocketServer } from './servers/websocket-server.ts';
import { zerodraft } from './servers/zerodraft.ts';

/** Milliseconds after which the bench gives up. */
const LIMIT = 20 * 60_000;

/**
 * `--quick`: one round, small. For whoever works on the server: `--only steady-100,storm`, `--server zerodraft`, and
 * `--profile DIR`, which keeps a CPU profile of every server process.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    server: { type: 'string' },
    profile: { type: 'string' },
  },
});
const PEERS = [zerodraft, websocketServer, hocuspocus];
const peers = PEERS.filter(({ name }) => values.server === undefined || name.includes(values.server));
const sizes = values.quick ? QUICK : FULL;
const dir = mkdtempSync(join(tmpdir(), 'zerodraft-bench-'));

const results: Results = new Map();
setTimeout(() => {
  report(results, sizes, peers, false);
  console.error(`\nThe bench is not over after ${LIMIT / 60_000} minutes; this is of the rounds until now.`);
  process.exit(1);
}, LIMIT).unref();
// The server processes and their folders are this one's: none is left behind, whatever ends it.
process.on('exit', () => {
  endAll();
  rmSync(dir, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
try {
  const profileDir = values.profile === undefined ? null : resolve(values.profile);
  const plan = { sizes, peers, only: values.only ?? null, dir, profileDir, say: console.log };
  await runRounds(plan, results);
  // A part of the bench, or a small one, is no record.
  const record = !values.quick && values.only === undefined && peers.length === PEERS.length;
  report(results, sizes, peers, record);
} catch (error) {
  console.error(`\nThe bench failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  // A failure leaves sockets open; nothing of them is needed any more.
  process.exit();
}
