import { TestServer } from '../../support/server.ts';
import { importLibraries } from './imports.ts';

const server = await TestServer.start();
try {
  console.table(await importLibraries(server));
} catch (e) {
  console.error(e);
} finally {
  await server.remove();
  process.exit();
}
