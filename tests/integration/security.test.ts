import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { PROCESS, secretOf } from '../support/account.ts';
import { DRAFT } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterAll(() => server?.remove());

/** A request with headers that fetch does not let one write. */
function raw(
  target: TestServer,
  path: string,
  headers: Record<string, string>,
  { method = 'GET', body = '' } = {},
): Promise<{ status: number; headers: Record<string, string | string[] | undefined> }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: target.port, path, method, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('another site', () => {
  const CHANGES: [string, string, unknown][] = [
    ['POST', `/api/processes/${PROCESS}/drafts`, { title: 'Forged' }],
    ['PATCH', `/api/drafts/${DRAFT}`, { title: 'Forged' }],
    ['PUT', `/api/drafts/${DRAFT}/state`, { state: 'deleted' }],
    ['DELETE', `/api/processes/${PROCESS}/members/mei`, undefined],
    ['POST', '/api/auth/sign-out', {}],
    ['POST', '/api/auth/sign-in/demo', { personId: 'mei' }],
  ];

  it.each(CHANGES)('changes nothing with the visitor’s cookie: %s %s', async (method, path, body) => {
    const forged: Record<string, string>[] = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { origin: `${server.url}0` },
      { origin: server.url, 'sec-fetch-site': 'cross-site' },
      { origin: server.url, 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of forged)
      expect(await amara.send(method, path, body, headers)).toMatchObject({
        status: 403,
        body: { code: 'cross-site' },
      });
    expect((await amara.get('/api/session')).body.account.id).toBe('amara');
    expect((await amara.get(`/api/drafts/${DRAFT}`)).body.draft.state).toBe('active');
  });

  it('cannot send what a form sends', async () => {
    const body = JSON.stringify({ title: 'Forged' });
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];
    for (const type of [...types, null]) {
      const headers = {
        host: `127.0.0.1:${server.port}`,
        cookie: amara.cookie,
        'content-length': String(body.length),
        ...(type === null ? {} : { 'content-type': type }),
      };
      const answer = await raw(server, `/api/processes/${PROCESS}/drafts`, headers, { method: 'POST', body });
      expect(answer.status).toBe(415);
    }
  });

  it('opens no socket, nor does a page under another name of this machine', async () => {
    const status = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}`, { headers });
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('open', () => {
          resolve(101);
          socket.close();
        });
        socket.on('error', () => undefined);
      });
    const { cookie } = amara;
    expect(await status({ cookie, origin: server.url })).toBe(101);
    expect(await status({ cookie, origin: 'https://elsewhere.example' })).toBe(403);
    expect(await status({ cookie, origin: 'null' })).toBe(403);
    const rebound = `rebound.example:${server.port}`;
    expect(await status({ cookie, origin: `http://${rebound}`, host: rebound })).toBe(421);
    expect((await raw(server, '/api/session', { host: rebound })).status).toBe(421);
  });
});

describe('what browsers are told', () => {
  it('on every answer: scripts from here alone, no frames, no guessing of types', async () => {
    for (const path of ['/', '/api/session', '/api/nothing', '/assets/nothing.js', `/p/${'x'.repeat(43)}`]) {
      const { headers } = await new Person(server).get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/default-src 'self'; script-src 'self'; script-src-attr 'none';/);
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy.replace(/style-src[^;]*/, '')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  it('the page itself has no inline script', async () => {
    const page = await readFile(join(import.meta.dirname, '../../apps/web/dist/index.html'), 'utf8');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i);
  });

  it('behind encryption: secure cookies, and encryption from then on', async () => {
    const sign = { host: '127.0.0.1', 'content-type': 'application/json' };
    const post = { method: 'POST', body: '{"personId":"amara"}' };
    const behind = await TestServer.start({ env: { ZERODRAFT_TRUST_PROXY: '1' } });
    const named = await TestServer.start({ env: { ZERODRAFT_URL: 'https://drafts.example' } });
    try {
      const proxied = { ...sign, 'x-forwarded-proto': 'https' };
      for (const [target, headers] of [
        [behind, proxied],
        [named, { ...sign, host: 'drafts.example', origin: 'https://drafts.example' }],
      ] as const) {
        const answer = await raw(target, '/api/auth/sign-in/demo', headers, post);
        expect(answer.status).toBe(200);
        expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
        const cookies = [answer.headers['set-cookie'] ?? []].flat();
        expect(cookies.length).toBeGreaterThan(0);
        for (const cookie of cookies) {
          expect(cookie).toMatch(/; *Secure/i);
          expect(cookie).toMatch(/; *HttpOnly/i);
          expect(cookie).toMatch(/; *SameSite=Lax/i);
        }
      }
      // Without a trusted proxy nobody is believed who says so.
      const plain = await raw(server, '/api/auth/sign-in/demo', proxied, post);
      expect([plain.headers['set-cookie'] ?? []].flat().some((cookie) => /secure/i.test(cookie))).toBe(false);
    } finally {
      await behind.remove();
      await named.remove();
    }
  });
});

describe('markup', () => {
  const PAYLOADS = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    "'-alert(1)-'",
    'javascript:alert(1)',
    '<a href="javascript:alert(1)">x</a>',
    '{{constructor.constructor("alert(1)")()}}',
    '<style>@import "//x.example"</style>',
    '</title><script>alert(1)</script>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<iframe srcdoc="<script>alert(1)</script>">',
    '<math><mtext></mtext><script>alert(1)</script></math>',
  ];

  it.each(PAYLOADS)('is text wherever it comes in, and leaves as JSON: %s', async (payload) => {
    const json = async (path: string) => {
      const answer = await amara.get(path);
      expect(answer.headers.get('content-type')).toContain('application/json');
      return JSON.stringify(answer.body);
    };
    const own = (await amara.post('/api/processes', { name: payload, copyFrom: PROCESS })).body.id;
    const draft = (await amara.post(`/api/processes/${own}/drafts`, { title: payload })).body.id;
    expect((await amara.patch('/api/account', { name: payload })).status).toBe(200);
    const thread = {
      id: crypto.randomUUID(),
      commentId: crypto.randomUUID(),
      clauseId: 'c',
      anchor: { start: {}, end: {} },
      quote: payload,
      body: payload,
    };
    expect((await amara.post(`/api/drafts/${draft}/threads`, thread)).status).toBe(201);
    const csv = `Reference,Title,Text,Source,Themes\n"${payload.replaceAll('"', '""')}","${payload.replaceAll('"', '""')}","${payload.replaceAll('"', '""')}",S,Drivers of migration\n`;
    const form = new FormData();
    form.set('file', new File([csv], `${payload}.csv`));
    form.set('commit', 'true');
    const imported = await amara.send('POST', `/api/processes/${own}/imports`, form);
    expect(imported.body).toMatchObject({ added: 1, errors: [] });
    const invitations = [{ name: payload, email: 'x@x.example', organisation: payload, role: 'observer' }];
    const sent = await amara.post(`/api/processes/${own}/invitations`, { invitations });
    const round = { opensAt: null, closesAt: null, timeZone: 'UTC', comments: true, proposals: true };
    await amara.post(`/api/processes/${own}/rounds`, { ...round, name: payload });
    const shared = (await amara.post(`/api/drafts/${draft}/links`, { expiresAt: null })).body.link;

    const inside = JSON.stringify(payload).slice(1, -1);
    for (const path of [
      `/api/processes/${own}`,
      `/api/drafts/${draft}`,
      `/api/drafts/${draft}/threads`,
      `/api/processes/${own}/recommendations`,
      `/api/processes/${own}/invitations`,
      `/api/processes/${own}/members`,
      `/api/processes/${own}/rounds`,
      `/api/processes/${own}/audit`,
      `/api/invitations/${secretOf(sent.body.sent[0].link)}`,
      `/api/public/${secretOf(shared)}`,
    ])
      expect(await json(path)).toContain(inside);
  });

  it('cannot break a line in a name, where mails and logs would show another', async () => {
    const names = ['A\nBcc: x@x.example', 'A\u2028B', 'A\u202eB', '', '     ', 'x'.repeat(500)];
    for (const name of names) expect((await amara.patch('/api/account', { name })).status).toBe(400);
  });
});

describe('uploads', () => {
  it('are of bounded size and of the kinds they say', async () => {
    const send = async (bytes: Uint8Array<ArrayBuffer>, name: string) => {
      const form = new FormData();
      form.set('file', new File([bytes], name));
      form.set('commit', 'true');
      return amara.send('POST', `/api/processes/${PROCESS}/imports`, form);
    };
    expect((await send(new Uint8Array(11 * 1024 * 1024), 'large.csv')).status).toBe(413);
    expect(
      (await send(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'a.csv')).status,
    ).toBe(422);
    expect((await send(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), 'a.xlsx')).status).toBe(422);
    const long = await amara.patch('/api/account', { name: 'x'.repeat(2 * 1024 * 1024) });
    expect(long.status).toBe(413);
  });
});
