import { defineConfig } from 'vite';

/** The bench, bundled as the server is; libraries stay in node_modules. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: '../../dist',
    target: 'node20',
    // The sync bench is built into the same folder.
    emptyOutDir: false,
    rolldownOptions: {
      input: { suggest: 'main.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: [/^@zerodraft\//] },
});
