import { contentOf } from '@zerodraft/schema';
import { MESSAGE_AUTH, MESSAGE_SYNC } from '@zerodraft/sync';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';
import { draftOnDisk } from './log-file.ts';
import { appendWord, wordsIn } from './writer.ts';

let server: TestServer;
const clients: TestClient[] = [];
beforeAll(async () => {
  server = await TestServer.start();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => server?.remove());

async function enter(personId: string): Promise<TestClient> {
  const client = new TestClient(server, await server.signIn(personId), { status: true });
  clients.push(client);
  await client.synced();
  return client;
}

/** A word that this client has from somebody else and the server has not, as after a kill: nothing sends it on. */
function receive(client: TestClient, word: string): void {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(client.doc));
  appendWord(other, word);
  // What the provider is named the origin of, it does not send.
  Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(other), client.provider);
}

const end = (doc: Y.Doc): number => contentOf(doc).length;

it.each<[string, (client: TestClient) => void, string[]]>([
  [
    'the writer’s own',
    (client) => {
      appendWord(client.doc, '‹own 1›', '', client.provider);
      appendWord(client.doc, '‹own 2›');
    },
    ['‹own 1›', '‹own 2›'],
  ],
  [
    'what it is put before',
    (client) => {
      receive(client, '‹before 1›');
      appendWord(client.doc, '‹before 2›', '', null, end(client.doc) - 1);
    },
    ['‹before 2›', '‹before 1›'],
  ],
  [
    'what it deletes',
    (client) => {
      receive(client, '‹deleted›');
      contentOf(client.doc).delete(end(client.doc) - 1);
    },
    [],
  ],
])(
  'ACK-4 GRD-3 a change that comes before what it builds on (%s) is acknowledged only once it is in the log',
  async (_name, change, words) => {
    const [client, witness] = [await enter('mei'), await enter('tomas')];
    const before = wordsIn(witness.doc);
    const { provider } = client;
    let asked = 0;
    const handleSync = provider.messageHandlers[MESSAGE_SYNC];
    provider.messageHandlers[MESSAGE_SYNC] = () => {
      asked += 1;
    };
    change(client);
    client.ask(1);
    await until(() => asked > 0 && client.received === 1);
    // Somebody else's change is saved meanwhile, and the question is put again.
    appendWord(witness.doc, '‹meanwhile›');
    await witness.saved(1);
    client.ask(2);
    await until(() => client.received === 2);
    expect(client.durable).toBe(0);
    expect(wordsIn(witness.doc)).toEqual([...before, '‹meanwhile›']);
    // It answers what it is asked, and everything is saved.
    if (handleSync) provider.messageHandlers[MESSAGE_SYNC] = handleSync;
    provider.disconnect();
    provider.connect();
    await client.synced();
    await client.saved(3);
    const expected = [...before, ...words, '‹meanwhile›'].sort();
    await until(() => wordsIn(witness.doc).length === expected.length);
    await server.stop('SIGKILL');
    expect(wordsIn(await draftOnDisk(server.dataDir)).sort()).toEqual(expected);
    await server.run();
  },
);

it('RGT-2 a reader who comes back is not taken for a writer because somebody sent what the server has not seen', async () => {
  const [writer, reader] = [await enter('mei'), await enter('leila')];
  receive(writer, '‹unseen›');
  contentOf(writer.doc).delete(end(writer.doc) - 1);
  await writer.saved(1);
  let refused = false;
  reader.provider.messageHandlers[MESSAGE_AUTH] = () => {
    refused = true;
  };
  for (const step of [1, 2]) {
    reader.provider.disconnect();
    reader.provider.connect();
    await reader.synced();
    reader.ask(step);
    await until(() => reader.received === step);
  }
  expect(refused).toBe(false);
  expect(reader.doc.store.pendingDs).toBeNull();
});
