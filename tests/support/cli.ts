import { execFile } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../../apps/server/dist/zerodraft.js');

/** Runs the built maintenance command on a data folder; answers what it printed and its exit code. */
export function zerodraft(dataDir: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, ZERODRAFT_DATA: dataDir };
  return new Promise((resolve) =>
    execFile(process.execPath, [CLI, ...args], { env }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      resolve({ code, output: stdout + stderr });
    }),
  );
}
