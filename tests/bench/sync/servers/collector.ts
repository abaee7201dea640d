import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** On SIGUSR2: collects all garbage, then says so. The signal's handler costs a server nothing until then. */
process.on('SIGUSR2', () => {
  if (typeof collect === 'function') for (let i = 0; i < 3; i += 1) collect();
  process.stderr.write(`collected ${JSON.stringify(process.memoryUsage())}\n`);
});
