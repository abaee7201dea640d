import { MESSAGE_SYNC } from '@zerodraft/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';
import { draftOnDisk } from './log-file.ts';
import { appendWord, wordsIn } from './writer.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server?.remove());

it('ACK-3 a change that came before what it builds on is acknowledged only once it is in the log', async () => {
  const client = new TestClient(server, await server.signIn('mei'), { status: true });
  await client.synced();
  const { doc, provider } = client;
  // What the provider is named the origin of, it does not send: the server misses the first of two changes.
  appendWord(doc, '‹first›', '', provider);
  let asked = 0;
  const answer = provider.messageHandlers[MESSAGE_SYNC];
  provider.messageHandlers[MESSAGE_SYNC] = () => {
    asked += 1;
  };
  appendWord(doc, '‹second›');
  client.ask(1);
  await until(() => asked > 0 && client.received === 1);
  // Somebody else's change is written meanwhile, and the question is put again.
  const other = new TestClient(server, await server.signIn('tomas'), { status: true });
  await other.synced();
  appendWord(other.doc, '‹other›');
  await other.saved(1);
  client.ask(2);
  await until(() => client.received === 2);
  expect(client.durable).toBe(0);
  // It answers what it is asked, and everything is saved.
  if (answer) provider.messageHandlers[MESSAGE_SYNC] = answer;
  provider.disconnect();
  provider.connect();
  await client.synced();
  await client.saved(3);
  await server.stop('SIGKILL');
  const words = wordsIn(await draftOnDisk(server.dataDir));
  expect(words.sort()).toEqual(['‹first›', '‹other›', '‹second›']);
  for (const each of [client, other]) each.destroy();
});
