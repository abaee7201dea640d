import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Runs a program in the repository's root, its output shown. Returns its exit status. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) console.error(`${program}: ${result.error.message}`);
  return result.status ?? 1;
}

/** Runs the pnpm that package.json pins, fetched by npx when the machine has none. */
export function pnpm(...args) {
  return run('npx', ['--yes', packageManager, ...args]);
}

/** Installs what the lockfile names. */
export function install() {
  return pnpm(
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
    '--reporter',
    'append-only',
    '--loglevel',
    'warn',
  );
}
