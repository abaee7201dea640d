import { contentOf, readBlocks } from '@zerodraft/schema';
import { addLink, readLinks } from '@zerodraft/trace';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
const clients: TestClient[] = [];

beforeAll(async () => {
  server = await TestServer.start();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => server.remove());

async function join(personId: string, options: { status?: boolean } = {}): Promise<TestClient> {
  const client = new TestClient(server, await server.signIn(personId), options);
  clients.push(client);
  await client.synced();
  return client;
}

function append(doc: Y.Doc, id: string, text: string): void {
  doc.transact(() => {
    const block = new Y.XmlElement('block');
    block.setAttribute('id', id);
    block.setAttribute('kind', 'paragraph');
    block.insert(0, [new Y.XmlText(text)]);
    contentOf(doc).push([block]);
  });
}

const texts = (client: TestClient): string[] => readBlocks(client.doc).map(({ text }) => text);

describe('the sync socket', () => {
  it('brings one person’s edit to another, and what is called durable survives kill -9', async () => {
    const amara = await join('amara', { status: true });
    const tomas = await join('tomas');
    append(amara.doc, 'killed', 'Kept through a crash');
    await until(() => texts(tomas).includes('Kept through a crash'));
    await amara.saved(1);
    await server.stop('SIGKILL');
    for (const client of clients.splice(0)) client.destroy();
    await server.run();
    const again = await join('mei');
    expect(texts(again)).toContain('Kept through a crash');
  });

  it('RGT-1 never applies an observer’s or a delegate’s edit', async () => {
    const amara = await join('amara', { status: true });
    for (const reader of ['leila', 'jonas']) {
      const client = await join(reader, { status: true });
      append(client.doc, `by-${reader}`, `Not allowed: ${reader}`);
      await client.saved(1);
    }
    append(amara.doc, 'after', 'Allowed');
    await amara.saved(1);
    const fresh = await join('tomas');
    expect(texts(fresh)).toContain('Allowed');
    expect(texts(fresh).some((text) => text.startsWith('Not allowed'))).toBe(false);
  });

  it('gives one of two clauses with the same id another, with the links', async () => {
    const amara = await join('amara');
    const tomas = await join('tomas');
    addLink(amara.doc, { clauseId: 'twin', recommendationId: 'r', relation: 'adapted' });
    amara.provider.disconnect();
    tomas.provider.disconnect();
    append(amara.doc, 'twin', 'Twin of Amara');
    append(tomas.doc, 'twin', 'Twin of Tomas');
    amara.provider.connect();
    tomas.provider.connect();
    const twins = (client: TestClient) =>
      readBlocks(client.doc).filter(({ text }) => text.startsWith('Twin'));
    await until(() =>
      [amara, tomas].every((client) => new Set(twins(client).map(({ id }) => id)).size === 2),
    );
    await until(
      () =>
        readLinks(amara.doc, readBlocks(amara.doc)).filter((link) => link.recommendationId === 'r').length ===
        2,
    );
    await until(() => JSON.stringify(texts(amara)) === JSON.stringify(texts(tomas)));
  });

  it('RGT-3 shows the session’s name on a cursor, whatever the client says', async () => {
    const amara = await join('amara');
    const leila = await join('leila');
    leila.provider.awareness.setLocalStateField('user', {
      id: 'amara',
      name: 'Amara Nwosu-Lind',
      color: '#000000',
    });
    await until(() => amara.provider.awareness.getStates().has(leila.doc.clientID));
    expect(amara.provider.awareness.getStates().get(leila.doc.clientID)?.user).toMatchObject({
      id: 'leila',
      name: 'Leila Brandt, Migration research institute',
    });
  });

  it('RGT-5 LIM-1 opens to no stranger, no other site and no broken frame', async () => {
    const status = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}`, { headers });
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('open', () => resolve(101));
        socket.on('error', () => undefined);
      });
    const cookie = await server.signIn('amara');
    expect(await status({})).toBe(401);
    expect(await status({ cookie, origin: 'https://elsewhere.example' })).toBe(403);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}`, {
      headers: { cookie },
    });
    const code = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('open', () => socket.send(new Uint8Array([0, 2, 255, 255, 255])));
    expect(await code).toBe(4400);
    const alive = await join('tomas');
    expect(texts(alive).length).toBeGreaterThan(1);
  });
});

describe('HTTP', () => {
  const api = (path: string, cookie: string, init: RequestInit = {}) =>
    fetch(`${server.url}/api${path}`, {
      ...init,
      headers: { cookie, 'content-type': 'application/json', ...init.headers },
    });
  const thread = () => ({
    id: crypto.randomUUID(),
    commentId: crypto.randomUUID(),
    clauseId: 'c',
    anchor: { start: {}, end: {} },
    quote: 'q',
    body: 'A comment',
  });

  it('lets a delegate comment and not resolve, an observer only read', async () => {
    const [delegate, observer] = [await server.signIn('jonas'), await server.signIn('leila')];
    const body = thread();
    const send = (cookie: string) =>
      api(`/drafts/${DRAFT}/threads`, cookie, { method: 'POST', body: JSON.stringify(body) });
    expect((await send(observer)).status).toBe(403);
    expect((await send(delegate)).status).toBe(201);
    expect((await send(delegate)).status).toBe(201);
    const state = (cookie: string) =>
      api(`/drafts/${DRAFT}/threads/${body.id}/state`, cookie, { method: 'PUT', body: '{"resolved":true}' });
    expect((await state(delegate)).status).toBe(403);
    const listed = await (await api(`/drafts/${DRAFT}/threads`, observer)).json();
    const [kept] = listed.threads.filter(({ id }: { id: string }) => id === body.id);
    expect(kept.comments).toHaveLength(1);
    expect(kept.comments[0].author).toMatchObject({
      id: 'jonas',
      organisation: 'A delegation from the Pacific region',
    });
  });

  it('refuses strangers, other sites and unknown drafts', async () => {
    const cookie = await server.signIn('amara');
    expect((await api(`/drafts/${DRAFT}/threads`, '')).status).toBe(401);
    expect((await api('/drafts/none/threads', cookie)).status).toBe(404);
    const crossSite = {
      method: 'POST',
      body: JSON.stringify(thread()),
      headers: { origin: 'https://elsewhere.example' },
    };
    expect((await api(`/drafts/${DRAFT}/threads`, cookie, crossSite)).status).toBe(403);
  });

  it('imports a file by reference: again is no duplicate; nobody but the team may', async () => {
    const csv =
      'Reference,Text,Source,Themes\nIMP-1,Zanzibar lighthouse keepers,A network,Drivers\nIMP-2,,A network,\n';
    const send = async (person: string, commit: boolean) => {
      const form = new FormData();
      form.set('file', new File([csv], 'a.csv'));
      form.set('commit', String(commit));
      const headers = { cookie: await server.signIn(person) };
      return fetch(`${server.url}/api/processes/global-compact-sample/imports`, {
        method: 'POST',
        body: form,
        headers,
      });
    };
    expect((await send('jonas', true)).status).toBe(403);
    expect(await (await send('amara', false)).json()).toMatchObject({
      added: 1,
      committed: false,
      errors: [{ row: 3, field: 'Text' }],
    });
    expect(await (await send('amara', true)).json()).toMatchObject({ added: 1, updated: 0, committed: true });
    expect(await (await send('amara', true)).json()).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
    const found = await (
      await api('/processes/global-compact-sample/search?q=lighthouses%20zanz', await server.signIn('leila'))
    ).json();
    expect(found.hits).toHaveLength(1);
    expect(found.hits[0].excerpt).toContain('\ue000Zanzibar\ue001');
  });
});
