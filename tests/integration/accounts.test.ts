import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { z } from 'zod';
import { codeFor, enrol, PASSWORD, secretOf } from '../support/account.ts';
import { DRAFT } from '../support/client.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await Mailbox.start();
  server = await TestServer.start({ env: mailbox.env });
});
afterAll(async () => {
  await server?.remove();
  await mailbox?.close();
});

const fresh = () => new Person(server);
const signIn = (email: string, password = PASSWORD, person = fresh()) =>
  person.post('/api/auth/sign-in/email', { email, password });
const isSignedIn = async (person: Person) => (await person.get('/api/session')).body.account !== null;

describe('a link by mail', () => {
  const ask = (email: string) =>
    fresh().post('/api/auth/sign-in/magic-link', {
      email,
      callbackURL: '/',
      errorCallbackURL: '/sign-in',
    });
  const use = (token: string, person: Person) =>
    person.get(`/api/auth/magic-link/verify?token=${token}&callbackURL=/&errorCallbackURL=/sign-in`);

  it('signs in once', async () => {
    await enrol(server, mailbox, 'magic@x.example');
    await ask('Magic@X.example');
    const link = linkIn((await mailbox.to('magic@x.example', 2)).raw, 'magic-link');
    const token = new URL(link).searchParams.get('token') ?? '';
    const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
    expect(JSON.stringify(db.prepare('select * from verification').all())).not.toContain(token);
    db.close();
    const [first, second] = [fresh(), fresh()];
    const opened = await use(token, first);
    expect([opened.status, opened.headers.get('location')]).toEqual([302, `${server.url}/`]);
    expect(await isSignedIn(first)).toBe(true);
    const again = await use(token, second);
    expect(again.headers.get('location')).toContain('/sign-in?error=INVALID_TOKEN');
    expect(await isSignedIn(second)).toBe(false);
  });

  it('leads to this server only', async () => {
    const answer = await fresh().post('/api/auth/sign-in/magic-link', {
      email: 'magic@x.example',
      callbackURL: 'https://elsewhere.example/',
    });
    expect(answer.status).toBe(403);
  });
});

describe('a forgotten password', () => {
  it('is set anew by a link that works once; sessions end, a common one is refused', async () => {
    const email = 'forgot@x.example';
    const person = await enrol(server, mailbox, email);
    await fresh().post('/api/auth/request-password-reset', { email, redirectTo: '/reset-password' });
    const link = linkIn((await mailbox.to(email, 2)).raw, 'reset-password');
    const token = new URL(link).searchParams.get('token');
    const reset = (newPassword: string) => fresh().post('/api/auth/reset-password', { newPassword, token });
    expect((await reset('football2018')).body.code).toBe('PASSWORD_COMMON');
    expect((await reset('short')).status).toBe(400);
    expect((await reset('nine quiet harbours')).status).toBe(200);
    expect((await reset('ten quiet harbours')).status).toBe(400);
    expect(await isSignedIn(person)).toBe(false);
    expect((await signIn(email)).status).toBe(401);
    expect((await signIn(email, 'nine quiet harbours')).status).toBe(200);
    expect((await mailbox.to(email, 3)).raw).toContain('was changed');
  });
});

describe('a password', () => {
  it('is changed with the old one; other devices are signed out', async () => {
    const email = 'change@x.example';
    const [here, there] = [await enrol(server, mailbox, email), fresh()];
    await signIn(email, PASSWORD, there);
    const change = (currentPassword: string, newPassword: string) =>
      here.post('/api/auth/change-password', { currentPassword, newPassword });
    expect((await change('not the password', 'four green ferries')).status).toBe(400);
    expect((await change(PASSWORD, 'change2024!!')).body.code).toBe('PASSWORD_COMMON');
    expect((await change(PASSWORD, 'four green ferries')).status).toBe(200);
    expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
  });
});

describe('a second factor', () => {
  it('is asked for after the password, not instead; a code of the backup works once', async () => {
    const email = 'totp@x.example';
    const person = await enrol(server, mailbox, email);
    const enabled = await person.post('/api/auth/two-factor/enable', { password: PASSWORD });
    const { totpURI, backupCodes } = enabled.body;
    expect(new URL(totpURI).searchParams.get('issuer')).toBe('Zerodraft');
    // Not before the authenticator has shown that it works.
    expect((await signIn(email)).body.twoFactorRedirect).toBeUndefined();
    await person.post('/api/auth/two-factor/verify-totp', { code: codeFor(totpURI) });

    const half = fresh();
    expect((await signIn(email, PASSWORD, half)).body).toMatchObject({ twoFactorRedirect: true });
    expect(await isSignedIn(half)).toBe(false);
    const wrong = codeFor(totpURI) === '000000' ? '000001' : '000000';
    expect((await half.post('/api/auth/two-factor/verify-totp', { code: wrong })).status).toBe(401);
    const right = await half.post('/api/auth/two-factor/verify-totp', { code: codeFor(totpURI) });
    expect(right.status).toBe(200);
    expect((await half.get('/api/session')).body.account).toMatchObject({ email, twoFactor: true });

    const backup = async () => {
      const lost = fresh();
      await signIn(email, PASSWORD, lost);
      return (await lost.post('/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status;
    };
    expect(await backup()).toBe(200);
    expect(await backup()).toBe(401);

    // A link by mail would go around it.
    await fresh().post('/api/auth/sign-in/magic-link', { email });
    expect((await mailbox.to(email, 2)).raw).toContain('second factor');
  });

  it('is not given to whoever guesses: a challenge ends after a few codes', async () => {
    const email = 'guess@x.example';
    const person = await enrol(server, mailbox, email);
    const { body } = await person.post('/api/auth/two-factor/enable', { password: PASSWORD });
    await person.post('/api/auth/two-factor/verify-totp', { code: codeFor(body.totpURI) });
    const guesser = fresh();
    await signIn(email, PASSWORD, guesser);
    for (let i = 0; i < 6; i += 1)
      await guesser.post('/api/auth/two-factor/verify-totp', { code: `99999${i}` });
    const right = await guesser.post('/api/auth/two-factor/verify-totp', { code: codeFor(body.totpURI) });
    expect(right.status).toBeGreaterThanOrEqual(400);
    expect(await isSignedIn(guesser)).toBe(false);
  });
});

describe('sessions', () => {
  it('are listed and revoked one by one or all but this; a revoked one opens nothing', async () => {
    const email = 'sessions@x.example';
    const here = await enrol(server, mailbox, email);
    const others = [fresh(), fresh(), fresh()];
    for (const other of others) {
      await other.send(
        'POST',
        '/api/auth/sign-in/email',
        { email, password: PASSWORD },
        {
          'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        },
      );
    }
    const list = async () => (await here.get('/api/account/sessions')).body.sessions;
    const sessions = await list();
    expect(sessions).toHaveLength(4);
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ device: 'Firefox on Linux', ip: '127.0.0.1', current: false });
    expect(JSON.stringify(sessions)).not.toContain('token');
    const [last] = others.slice(-1);
    expect((await here.delete(`/api/account/sessions/${sessions[0].id}`)).status).toBe(200);
    expect(last && (await isSignedIn(last))).toBe(false);
    // Nobody ends the session of somebody else.
    const stranger = await Person.demo(server, 'amara');
    expect((await stranger.delete(`/api/account/sessions/${sessions[1].id}`)).status).toBe(404);
    await here.delete('/api/account/sessions');
    expect(await list()).toHaveLength(1);
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false, false]);
    expect((await others[0]?.get('/api/processes'))?.status).toBe(401);
  });

  it('that were stolen, altered or have expired open nothing: neither HTTP nor the socket', async () => {
    const mei = await Person.demo(server, 'mei');
    const socketStatus = (cookie: string): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}`, {
          headers: { cookie },
        });
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('open', () => {
          resolve(101);
          socket.close();
        });
        socket.on('error', () => undefined);
      });
    const answers = async (cookie: string) => [
      (await fresh().send('GET', `/api/drafts/${DRAFT}`, undefined, { cookie })).status,
      await socketStatus(cookie),
    ];
    expect(await answers(mei.cookie)).toEqual([200, 101]);
    const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
    const { token } = z
      .object({ token: z.string() })
      .parse(db.prepare("select token from session where userId = 'mei'").get());
    // The database alone is not enough: the cookie is signed with a key beside it.
    const [name = ''] = mei.cookie.split('=');
    expect(await answers(`${name}=${token}`)).toEqual([401, 401]);
    expect(await answers(mei.cookie.replace(/.$/, 'x'))).toEqual([401, 401]);
    db.prepare("update session set expiresAt = '2020-01-01T00:00:00.000Z' where userId = 'mei'").run();
    db.close();
    expect(await answers(mei.cookie)).toEqual([401, 401]);
  });
});

describe('nobody learns who has an account', () => {
  it('signing in, asking for a link and for a new password answer alike for known and unknown addresses', async () => {
    await enrol(server, mailbox, 'known@x.example');
    const compare = async (path: string, body: object) => {
      const [known, unknown] = [
        await fresh().post(path, { email: 'known@x.example', ...body }),
        await fresh().post(path, { email: 'unknown@x.example', ...body }),
      ];
      expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
      const names = (headers: Headers) => [...headers.keys()].sort();
      expect(names(known.headers)).toEqual(names(unknown.headers));
      return known.status;
    };
    expect(await compare('/api/auth/sign-in/email', { password: 'not the password' })).toBe(401);
    expect(await compare('/api/auth/sign-in/magic-link', {})).toBe(200);
    expect(await compare('/api/auth/request-password-reset', {})).toBe(200);
    await mailbox.to('known@x.example', 3);
    expect(mailbox.mails.some(({ to }) => to.includes('unknown@x.example'))).toBe(false);
  });

  it('nobody signs up without an invitation, nor uses what is not offered', async () => {
    const person = { name: 'X', email: 'new@x.example', password: PASSWORD };
    for (const path of [
      'sign-up/email',
      'update-user',
      'change-email',
      'delete-user',
      'list-sessions',
      'start-session',
    ])
      expect((await fresh().post(`/api/auth/${path}`, person)).status).toBe(404);
    expect((await fresh().get('/api/auth/get-session')).status).toBe(404);
  });
});

describe('a new server without the demo', () => {
  it('prints a link that makes the first facilitator, once', async () => {
    const own = await TestServer.start({ env: { ZERODRAFT_DEMO: '0' } });
    try {
      const first = secretOf(linkIn(own.output, 'setup/'));
      await own.stop();
      await own.run({ env: { ZERODRAFT_DEMO: '0' } });
      const token = secretOf(linkIn(own.output, 'setup/'));
      const person = new Person(own);
      expect((await person.get(`/api/setup/${first}`)).status).toBe(404);
      expect((await person.get(`/api/setup/${token}`)).status).toBe(200);
      const input = { name: 'Ida First', email: 'ida@x.example', password: PASSWORD };
      const setUp = (over: object) => person.post(`/api/setup/${token}`, { ...input, ...over });
      expect((await setUp({ password: 'password2024!' })).body.code).toBe('PASSWORD_COMMON');
      expect((await setUp({ email: 'nobody' })).status).toBe(400);
      expect((await setUp({})).status).toBe(200);
      expect((await person.get('/api/session')).body.account).toMatchObject({ mayCreateProcesses: true });
      expect((await person.get('/api/processes')).body.processes[0].viewer.role).toBe('facilitator');
      expect((await new Person(own).post(`/api/setup/${token}`, input)).status).toBe(404);
      await own.stop();
      await own.run({ env: { ZERODRAFT_DEMO: '0' } });
      expect(own.output).not.toContain('/setup/');
      expect((await person.get('/api/session')).body.account.name).toBe('Ida First');
    } finally {
      await own.remove();
    }
  });
});
