import { join, resolve } from 'node:path';
import { pnpm, root, run } from './tools.mjs';

/**
 * `pnpm bench` measures the main job, `pnpm bench comments` a draft with many threads, `pnpm bench sync` the sync server
 * against others, `pnpm bench library` search in a large library, `pnpm bench suggest [labels [recommendations]]` how good and
 * how quick suggested links are, `pnpm bench trace` a draft with many links.
 */
const BENCHES = {
  main: () => pnpm('--filter', '@zerodraft/tests', 'run', 'bench', 'bench/main-job.bench.ts'),
  comments: () => pnpm('--filter', '@zerodraft/tests', 'run', 'bench', 'bench/comments.bench.ts'),
  trace: () => pnpm('--filter', '@zerodraft/tests', 'run', 'bench', 'bench/trace.bench.ts'),
  sync: (args) => {
    const built = pnpm('--filter', '@zerodraft/tests', 'run', '--silent', 'build:sync-bench');
    if (built !== 0) return built;
    const status = run(process.execPath, [join(root, 'tests/dist/sync.js'), ...args]);
    // The table is written as it comes; what is committed is checked for its format like every file.
    pnpm('exec', 'biome', 'format', '--write', 'docs/benchmarks.md');
    return status;
  },
  library: (args) => {
    const built = pnpm('--filter', '@zerodraft/tests', 'run', '--silent', 'build:library-bench');
    return built === 0 ? run(process.execPath, [join(root, 'tests/dist/library.js'), ...args]) : built;
  },
  suggest: (args) => {
    const built = pnpm('--filter', '@zerodraft/tests', 'run', '--silent', 'build:suggest-bench');
    // Where it was called from: the files it is given may be named from there.
    const files = args.map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file));
    return built === 0 ? run(process.execPath, [join(root, 'tests/dist/suggest.js'), ...files]) : built;
  },
};

const [name = 'main', ...args] = process.argv.slice(2);
if (!Object.hasOwn(BENCHES, name)) {
  console.error(`There is no bench "${name}". Known: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}
process.exit(BENCHES[name](args));
