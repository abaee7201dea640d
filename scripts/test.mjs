import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install, pnpm, root, run } from './tools.mjs';

const CHROMIUM = '/usr/bin/chromium';
const REPORT = join(root, 'test-results/vitest.json');

let passed = 0;
let failed = 0;
const check = (name, status) => {
  if (status === 0) passed += 1;
  else failed += 1;
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name}`);
  return status === 0;
};
const finish = () => {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
};

if (!existsSync(CHROMIUM)) {
  console.log('Installing Debian’s chromium for the browser tests…');
  run('apt-get', ['update', '-qq']);
  if (run('apt-get', ['install', '-y', '-qq', 'chromium']) !== 0)
    console.log('chromium could not be installed; run as root or install it by hand.');
}
if (!check('install', install())) finish();
check('types', pnpm('run', '--silent', 'typecheck'));
check('lint', pnpm('run', '--silent', 'lint'));
if (!check('build', pnpm('run', '--silent', 'build'))) finish();

rmSync(REPORT, { force: true });
pnpm('exec', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`);
if (existsSync(REPORT)) {
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  // A file that does not even load has no tests to count as failed.
  if (!report.success && report.numFailedTests === 0) failed += 1;
} else failed += 1;
finish();
