import { defineConfig } from 'vite';

/** One bundle of the server and the house's own packages; libraries stay in node_modules. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    target: 'node20',
    emptyOutDir: true,
    rolldownOptions: {
      // What the server does not use of the house's packages (the editor's schema) is not loaded.
      treeshake: { moduleSideEffects: 'no-external' },
      input: {
        main: 'src/main.ts',
        zerodraft: 'src/cli.ts',
        // Started by path, as threads.
        'merge-worker': 'src/workers/merge-worker.ts',
        'log-worker': 'src/workers/log-worker.ts',
        'document-worker': 'src/workers/document-worker.ts',
        'import-worker': 'src/workers/import-worker.ts',
        'library-worker': 'src/workers/library-worker.ts',
        'suggest-worker': 'src/workers/suggest-worker.ts',
        'footprint-worker': 'src/workers/footprint-worker.ts',
        'read-worker': 'src/workers/read-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: [/^@zerodraft\//] },
});
