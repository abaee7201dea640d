import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { letCreate } from './accounts/let-create.ts';
import { readConfig } from './env.ts';
import { backup, restore, verify } from './maintenance.ts';
import { traceCheck, traceRebuild } from './trace/command.ts';

const USAGE = `Usage:
  pnpm zerodraft backup FILE          a consistent copy of the database, also while the server runs
  pnpm zerodraft restore FILE         verifies a copy, then puts it in the place of the database (server stopped)
  pnpm zerodraft verify [--set-aside] reads every draft's log; sets damaged records aside on request
  pnpm zerodraft trace check [--all]  checks every draft's links; exits with 1 when something is wrong
  pnpm zerodraft trace rebuild        makes the index of links anew from the drafts
  pnpm zerodraft creator EMAIL yes|no whether the account with this address may create processes`;

const [command, argument, answer] = process.argv.slice(2);
const sample = join(fileURLToPath(new URL('.', import.meta.url)), '../sample');

async function run(): Promise<number> {
  const { dataDir } = readConfig(process.env, [], sample);
  const print = (line: string): void => console.log(line);
  if (command === 'backup' && argument) return backup(dataDir, argument, print);
  if (command === 'restore' && argument) return restore(dataDir, argument, print);
  if (command === 'verify' && (argument === undefined || argument === '--set-aside'))
    return verify(dataDir, argument !== undefined, print);
  if (command === 'trace' && argument === 'check' && (answer === undefined || answer === '--all'))
    return traceCheck(dataDir, answer !== undefined, print);
  if (command === 'trace' && argument === 'rebuild') return traceRebuild(dataDir, print);
  if (command === 'creator' && argument && (answer === 'yes' || answer === 'no'))
    return letCreate(dataDir, argument, answer === 'yes', print);
  console.error(USAGE);
  return 2;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
