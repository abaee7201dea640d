import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc === 'function') for (let i = 0; i < 3; i += 1) gc();
  process.stderr.write(`collected ${JSON.stringify(process.memoryUsage())}\n`);
}

/** On SIGUSR2: collects all garbage, then says so. Costs a server, and its threads, nothing until then. */
if (isMainThread) process.on('SIGUSR2', collect);
