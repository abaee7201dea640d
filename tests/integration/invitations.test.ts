import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PROCESS = 'global-compact-sample';
const INVITATIONS = `/api/processes/${PROCESS}/invitations`;
const PASSWORD = 'seven grey lighthouses';

let server: TestServer;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterAll(() => server?.remove());

function sql(statement: string, ...values: unknown[]): void {
  const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
  db.prepare(statement).run(...values);
  db.close();
}

const guest = (email: string, over: object = {}) => ({
  name: 'A Guest',
  email,
  organisation: 'Mission of Atlantis',
  role: 'delegate',
  ...over,
});

/** Invites somebody and gives the secret of the link that the facilitator is shown. */
async function invite(email: string, over: object = {}): Promise<{ id: string; token: string }> {
  const { status, body } = await amara.post(INVITATIONS, { invitations: [guest(email, over)] });
  expect(status).toBe(201);
  expect(body.sent[0]).toMatchObject({ email, delivery: 'shown' });
  return { id: body.sent[0].id, token: linkIn(body.sent[0].link, 'invite/').split('/invite/')[1] ?? '' };
}

const open = (token: string, person = new Person(server)) => person.get(`/api/invitations/${token}`);
const accept = (token: string, body: object = {}, person = new Person(server)) =>
  person.post(`/api/invitations/${token}/accept`, body);

describe('a pasted list', () => {
  it('is previewed with what is wrong in each line', async () => {
    await invite('pending@x.example');
    const { body } = await amara.post(`${INVITATIONS}/preview`, {
      text: [
        'Ana Lopez <ANA@x.example>, Ministry of Sea, Isles, delegate',
        'Bo <bo@x.example>, observer',
        'Cy <cy@x.example>, delegate',
        'Di <di@x.example>, A Mission, delegat',
        'Ed <not an address>, observer',
        'Bo again <bo@x.example>, observer',
        'Pe <pending@x.example>, observer',
        'Am <amara@demo.invalid>, observer',
        'fay@x.example',
      ].join('\n'),
    });
    expect(body.invitations).toEqual([
      {
        line: 1,
        name: 'Ana Lopez',
        email: 'ana@x.example',
        organisation: 'Ministry of Sea, Isles',
        role: 'delegate',
      },
      { line: 2, name: 'Bo', email: 'bo@x.example', organisation: null, role: 'observer' },
    ]);
    expect(
      body.errors.map(({ line, message }: { line: number; message: string }) => `${line}: ${message}`),
    ).toEqual([
      '3: A delegate belongs to a delegation or organisation; name it.',
      '4: "delegat" is no role. Use facilitator, drafter, delegate or observer.',
      '5: This is not an email address.',
      '6: bo@x.example stands on line 2 already.',
      '7: pending@x.example is invited already; you can send that again.',
      '8: amara@demo.invalid is a member already.',
      '9: The role is missing. End the line with facilitator, drafter, delegate or observer.',
    ]);
  });

  it('invites all of it or nobody', async () => {
    const refused = await amara.post(INVITATIONS, {
      invitations: [guest('new@x.example'), guest('amara@demo.invalid')],
    });
    expect(refused.status).toBe(409);
    expect(refused.body.error).toContain('amara@demo.invalid');
    const bare = await amara.post(INVITATIONS, {
      invitations: [guest('new@x.example'), guest('other@x.example', { organisation: null })],
    });
    expect(bare.status).toBe(400);
    expect(bare.body.error).toContain('A delegate belongs to a delegation');
    const { body } = await amara.get(INVITATIONS);
    const addresses = body.invitations.map(({ email }: { email: string }) => email);
    expect(addresses).not.toContain('new@x.example');
  });
});

describe('an invitation', () => {
  it('makes an account and a member, once', async () => {
    const { token } = await invite('once@x.example');
    expect((await open(token)).body).toMatchObject({
      email: 'once@x.example',
      organisation: 'Mission of Atlantis',
      role: 'delegate',
      invitedBy: 'Amara Nwosu-Lind',
      next: 'sign-up',
    });
    const person = new Person(server);
    const accepted = await accept(token, { name: 'Oda Once', password: PASSWORD }, person);
    expect(accepted.body).toEqual({ processId: PROCESS });
    expect((await person.get('/api/session')).body.account).toMatchObject({
      name: 'Oda Once',
      email: 'once@x.example',
      mayCreateProcesses: false,
    });
    const { body } = await person.get(`/api/processes/${PROCESS}`);
    expect(body.viewer).toMatchObject({ role: 'delegate', organisation: 'Mission of Atlantis' });

    for (const answer of [await open(token), await accept(token, { password: PASSWORD })]) {
      expect(answer.status).toBe(404);
      expect(answer.body.code).toBe('invitation-ended');
    }
    const signedIn = await new Person(server).post('/api/auth/sign-in/email', {
      email: 'once@x.example',
      password: PASSWORD,
    });
    expect(signedIn.status).toBe(200);
  });

  it('is used by one of two who accept at once', async () => {
    const { token } = await invite('race@x.example');
    const answers = await Promise.all([1, 2, 3].map(() => accept(token, { name: 'R', password: PASSWORD })));
    expect(answers.map(({ status }) => status).sort()).not.toContain(500);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('ends when it is revoked, sent again or expired; all ends look alike', async () => {
    const revoked = await invite('revoked@x.example');
    await amara.delete(`${INVITATIONS}/${revoked.id}`);
    const expired = await invite('expired@x.example');
    sql('update invitation set expiresAt = ? where id = ?', '2020-01-01T00:00:00.000Z', expired.id);
    const renewed = await invite('renewed@x.example');
    const again = await amara.post(`${INVITATIONS}/${renewed.id}/resend`);
    const unknown = await open('x'.repeat(43));
    for (const { token } of [revoked, expired, renewed]) {
      expect(await open(token)).toMatchObject({ status: 404, body: unknown.body });
      expect((await accept(token, { password: PASSWORD })).status).toBe(404);
    }
    const fresh = linkIn(again.body.link, 'invite/').split('/invite/')[1] ?? '';
    expect((await accept(fresh, { password: PASSWORD })).status).toBe(200);
    // What has ended cannot be sent again; what expired can.
    expect((await amara.post(`${INVITATIONS}/${revoked.id}/resend`)).status).toBe(404);
    expect((await amara.post(`${INVITATIONS}/${expired.id}/resend`)).status).toBe(200);
  });

  it('is for the person whose address it names', async () => {
    const { token } = await invite('mine@x.example');
    const leila = await Person.demo(server, 'leila');
    expect((await open(token, leila)).body.next).toBe('other-account');
    expect(await accept(token, {}, leila)).toMatchObject({ status: 403, body: { code: 'other-account' } });
    expect((await open(token)).status).toBe(200);
  });

  it('asks somebody who has an account to sign in, and then lets them join', async () => {
    const own = await amara.post('/api/processes', { name: 'Another accord', copyFrom: PROCESS });
    const { body } = await amara.post(`/api/processes/${own.body.id}/invitations`, {
      invitations: [guest('leila@demo.invalid', { role: 'drafter', organisation: null })],
    });
    const token = linkIn(body.sent[0].link, 'invite/').split('/invite/')[1] ?? '';
    expect((await open(token)).body.next).toBe('sign-in');
    expect(await accept(token, { password: PASSWORD })).toMatchObject({
      status: 409,
      body: { code: 'sign-in-first' },
    });
    const leila = await Person.demo(server, 'leila');
    expect((await open(token, leila)).body.next).toBe('join');
    expect((await accept(token, {}, leila)).body).toEqual({ processId: own.body.id });
    const { processes } = (await leila.get('/api/processes')).body;
    const roles = processes.map((view: { process: { id: string }; viewer: { role: string } }) => [
      view.process.id,
      view.viewer.role,
    ]);
    expect(Object.fromEntries(roles)).toEqual({ [PROCESS]: 'observer', [own.body.id]: 'drafter' });
  });

  it('refuses a common password and a short one, and stays open', async () => {
    const { token } = await invite('weak@x.example');
    expect((await accept(token, { password: 'password2024!' })).body).toMatchObject({
      code: 'PASSWORD_COMMON',
    });
    expect((await accept(token, { password: 'short' })).status).toBe(400);
    // A passkey or a link can come in a password's place.
    const person = new Person(server);
    expect((await accept(token, {}, person)).status).toBe(200);
    expect((await person.get('/api/session')).body.account).toMatchObject({
      name: 'A Guest',
      hasPassword: false,
    });
  });

  it('keeps no secret: the database holds hashes', async () => {
    const { token } = await invite('hash@x.example');
    const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
    const dump = db
      .prepare("select name from sqlite_master where type = 'table' and name not like '%_fts%'")
      .all()
      .map((row) => {
        const { name } = z.object({ name: z.string() }).parse(row);
        return JSON.stringify(db.prepare(`select * from "${name}"`).all());
      })
      .join('\n');
    db.close();
    expect(dump).not.toContain(token);
    expect(dump).toContain('hash@x.example');
  });
});

describe('with a mail server', () => {
  it('the link goes by mail and to nobody else; when mail fails, that is said', async () => {
    const mailbox = await Mailbox.start();
    await server.stop();
    await server.run({ env: mailbox.env });
    try {
      const { body } = await amara.post(INVITATIONS, { invitations: [guest('mailed@x.example')] });
      expect(body.sent).toEqual([
        { id: body.sent[0].id, email: 'mailed@x.example', delivery: 'mailed', link: null },
      ]);
      const mail = await mailbox.to('mailed@x.example');
      expect(mail.from).toBe('drafts@server.example');
      expect(mail.raw).toContain('Amara Nwosu-Lind invites you');
      const token = linkIn(mail.raw, 'invite/').split('/invite/')[1] ?? '';
      expect(server.output).not.toContain(token);
      expect((await accept(token, { name: 'M', password: PASSWORD })).status).toBe(200);

      mailbox.open = false;
      const failed = await amara.post(INVITATIONS, { invitations: [guest('failed@x.example')] });
      expect(failed.body.sent[0]).toMatchObject({ delivery: 'failed', link: null });
    } finally {
      await mailbox.close();
    }
  });
});
