import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { secretOf } from '../support/account.ts';
import { DRAFT } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const LINKS = `/api/drafts/${DRAFT}/links`;

let server: TestServer;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterAll(() => server?.remove());

const read = (token: string) => new Person(server).get(`/api/public/${token}`);

async function share(expiresAt: string | null = null): Promise<{ id: string; token: string }> {
  const { status, body } = await amara.post(LINKS, { expiresAt });
  expect(status).toBe(201);
  return { id: body.id, token: secretOf(body.link) };
}

it('reads the text with its numbers, and no comment and nobody’s name', async () => {
  await amara.post(`/api/drafts/${DRAFT}/threads`, {
    id: crypto.randomUUID(),
    commentId: crypto.randomUUID(),
    clauseId: 'c',
    anchor: { start: {}, end: {} },
    quote: 'q',
    body: 'A confidential remark',
  });
  const { token } = await share();
  const { status, body, headers } = await read(token);
  expect(status).toBe(200);
  expect(body).toMatchObject({ illustrative: true, expiresAt: null });
  expect(body.blocks[0]).toMatchObject({ kind: 'title', label: '' });
  expect(body.blocks.filter(({ citation }: { citation: string }) => citation !== '').length).toBeGreaterThan(
    50,
  );
  const text = JSON.stringify(body);
  for (const hidden of ['confidential', 'Amara', 'amara']) expect(text).not.toContain(hidden);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.getSetCookie()).toEqual([]);
});

it('opens nothing else: neither the socket nor a route', async () => {
  const { token } = await share();
  const stranger = new Person(server);
  for (const path of [
    `/api/drafts/${DRAFT}`,
    `/api/drafts/${DRAFT}/threads`,
    `/sync/${DRAFT}?token=${token}`,
  ])
    expect((await stranger.get(path)).status).toBe(401);
  expect((await stranger.post(`/api/public/${token}`)).status).toBe(404);
});

it('ends when it is revoked or expires, and all ends look alike', async () => {
  const [revoked, expired] = [await share(), await share(new Date(Date.now() + 60_000).toISOString())];
  expect((await read(expired.token)).body.expiresAt).not.toBeNull();
  expect((await amara.delete(`${LINKS}/${revoked.id}`)).status).toBe(200);
  expect((await amara.delete(`${LINKS}/${revoked.id}`)).status).toBe(404);
  const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
  db.prepare("update public_link set expiresAt = '2020-01-01T00:00:00.000Z' where id = ?").run(expired.id);
  db.close();
  const unknown = await read('x'.repeat(43));
  expect(unknown).toMatchObject({ status: 404, body: { code: 'link-ended' } });
  for (const { token } of [revoked, expired]) expect((await read(token)).body).toEqual(unknown.body);
  expect((await amara.post(LINKS, { expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(422);
  const { links } = (await amara.get(LINKS)).body;
  expect(links.find(({ id }: { id: string }) => id === revoked.id)).toMatchObject({
    createdBy: 'Amara Nwosu-Lind',
    revokedAt: expect.any(String),
  });
  expect(JSON.stringify(links)).not.toContain(revoked.token);
});

it('follows the draft: read while it is archived, ended while it is in the bin', async () => {
  const { token } = await share();
  const state = (name: string) => amara.put(`/api/drafts/${DRAFT}/state`, { state: name });
  await state('archived');
  expect((await read(token)).status).toBe(200);
  await state('deleted');
  expect((await read(token)).status).toBe(404);
  await state('active');
  expect((await read(token)).status).toBe(200);
});
