import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrol, PROCESS, secretOf } from '../support/account.ts';
import { IdentityProvider } from '../support/identity-provider.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let mailbox: Mailbox;
let ministry: IdentityProvider;
beforeAll(async () => {
  mailbox = await Mailbox.start();
  // The provider is told the server's address, and the server the provider's.
  server = await TestServer.start();
  ministry = await IdentityProvider.start(`${server.url}/api/auth/callback/oidc`);
  await server.stop();
  await server.run({ env: { ...mailbox.env, ...ministry.env } });
});
afterAll(async () => {
  await server?.remove();
  await ministry?.close();
  await mailbox?.close();
});

const identity = (email: string, over: object = {}) => ({
  sub: `subject of ${email}`,
  email,
  emailVerified: true,
  name: 'Ilse Provided',
  ...over,
});
const account = async (person: Person) => (await person.get('/api/session')).body.account;

it('is offered by its name', async () => {
  expect((await new Person(server).get('/api/session')).body.identityProvider).toBe('Ministry of Sea');
});

it('lets nobody in who is neither known nor invited', async () => {
  const stranger = new Person(server);
  const end = await ministry.signIn(stranger, identity('stranger@sea.example'));
  expect(end).toContain('/sign-in?error=not_invited');
  expect(await account(stranger)).toBeNull();
});

it('brings in somebody invited, who then joins', async () => {
  const amara = await Person.demo(server, 'amara');
  const email = 'invited@sea.example';
  await amara.post(`/api/processes/${PROCESS}/invitations`, {
    invitations: [{ name: 'I', email, organisation: 'Ministry of Sea', role: 'delegate' }],
  });
  const token = secretOf(linkIn((await mailbox.to(email)).raw, 'invite/'));
  const person = new Person(server);
  expect(await ministry.signIn(person, identity(email, { emailVerified: false }))).toContain(
    'error=email_not_verified',
  );
  expect(await ministry.signIn(person, identity(email))).toBe('/welcome');
  expect(await account(person)).toMatchObject({ email, name: 'Ilse Provided', hasPassword: false });
  expect((await person.get('/api/processes')).body.processes).toEqual([]);
  expect((await person.post(`/api/invitations/${token}/accept`)).status).toBe(200);
  expect((await person.get(`/api/processes/${PROCESS}`)).body.viewer.organisation).toBe('Ministry of Sea');
  // Next time without an invitation.
  const again = new Person(server);
  expect(await ministry.signIn(again, identity(email))).toBe('/welcome');
  const { entries } = (await amara.get(`/api/processes/${PROCESS}/audit?action=sign-in`)).body;
  const made = (await amara.get(`/api/processes/${PROCESS}/audit?action=account.create`)).body.entries;
  expect(made[0]).toMatchObject({ userName: 'Ilse Provided', ip: '127.0.0.1' });
  expect(entries[0]).toMatchObject({ userName: 'Ilse Provided', details: { method: 'identity provider' } });
});

it('signs in who has an account with a verified address, and only with that address verified there', async () => {
  const email = 'both@sea.example';
  await enrol(server, mailbox, email, { name: 'Bo Both' });
  const person = new Person(server);
  const unproven = identity(email, { emailVerified: false, sub: 'somebody else' });
  expect(await ministry.signIn(person, unproven)).toMatch(/\/sign-in\?error=/);
  expect(await account(person)).toBeNull();
  await ministry.signIn(person, identity(email));
  expect(await account(person)).toMatchObject({ email, name: 'Bo Both', hasPassword: true });
});

it('takes no answer that the browser did not ask for', async () => {
  const victim = new Person(server);
  const answer = await victim.get('/api/auth/callback/oidc?code=forged&state=forged');
  expect(answer.headers.get('location')).toContain('error=');
  expect(await account(victim)).toBeNull();
});

it('that does not answer at start is asked again, and the rest works without it', async () => {
  await server.stop();
  await server.run({ env: { ...mailbox.env, ...ministry.env, ZERODRAFT_OIDC_ISSUER: 'http://127.0.0.1:9' } });
  const answer = await new Person(server).post('/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: '/',
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(await Person.demo(server, 'amara')).toBeDefined();
});
