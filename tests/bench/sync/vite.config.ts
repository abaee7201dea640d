import { defineConfig } from 'vite';

/** The bench and the peers' processes, bundled as the server is; libraries stay in node_modules. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: '../../dist',
    target: 'node20',
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        sync: 'main.ts',
        collector: 'servers/collector.ts',
        'websocket-server': 'servers/websocket-server-main.ts',
        hocuspocus: 'servers/hocuspocus-main.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: [/^@zerodraft\//] },
});
