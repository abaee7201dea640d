import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, pnpm, root } from './tools.mjs';

const step = (name, status) => {
  if (status === 0) return;
  console.error(`\n${name} failed; see the lines above.`);
  process.exit(status);
};

console.log('Zerodraft: installing (the first time takes a minute or two)…');
step('Installing', install());
console.log('Zerodraft: building…');
step('Building', pnpm('run', '--silent', 'build'));
const server = spawn(process.execPath, [join(root, 'apps/server/dist/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ZERODRAFT_DATA: join(root, 'data'), ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));
