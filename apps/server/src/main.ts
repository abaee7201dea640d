import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from './env.ts';
import { startServer } from './server.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

try {
  const config = readConfig(process.env, process.argv.slice(2), join(here, '../sample'));
  const starting = startServer(config, join(here, '../../web/dist'), (text) => console.log(text));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 10_000).unref();
    // What does not start says so below.
    starting.then(
      (server) => server.close().then(() => process.exit(0)),
      () => undefined,
    );
  };
  // From the first moment on: what the start has begun is ended in good order too.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const server = await starting;
  const demo = server.demo ? ' (demo: sample people sign in with one click)' : '';
  const setup = server.setupLink
    ? `Nobody has an account yet. Make the first here, within a day:\n${server.setupLink}\n`
    : '';
  console.log(`\nZerodraft is at ${server.url}${demo}\n${setup}`);
} catch (error) {
  console.error(`\nZerodraft cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
