import { defineConfig } from 'vite';

/** One bundle of the server and the house's own packages; libraries stay in node_modules. */
export default defineConfig({
  build: { ssr: 'src/main.ts', outDir: 'dist', target: 'node20', emptyOutDir: true },
  ssr: { noExternal: [/^@zerodraft\//] },
});
