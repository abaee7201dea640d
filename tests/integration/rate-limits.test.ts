import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, PROCESS } from '../support/account.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterAll(() => server?.remove());

describe('too many tries', () => {
  const signIn = (email: string, ip: string, password = 'not the password') =>
    new Person(server).send(
      'POST',
      '/api/auth/sign-in/email',
      { email, password },
      { 'x-forwarded-for': ip },
    );

  it('are answered with when to come back; a success is not held against anybody', async () => {
    const own = await TestServer.start({
      env: {
        ZERODRAFT_TRUST_PROXY: '1',
        ZERODRAFT_FACILITATOR_EMAIL: 'first@x.example',
        ZERODRAFT_FACILITATOR_PASSWORD: PASSWORD,
      },
    });
    try {
      const tries = (email: string, ip: string, password?: string) =>
        new Person(own).send(
          'POST',
          '/api/auth/sign-in/email',
          { email, password: password ?? 'not the password' },
          { 'x-forwarded-for': ip },
        );
      for (let i = 0; i < 12; i += 1)
        expect((await tries('first@x.example', '203.0.113.1', PASSWORD)).status).toBe(200);
      for (const email of ['first@x.example', 'unknown@x.example']) {
        const statuses: number[] = [];
        for (let i = 0; i < 11; i += 1) statuses.push((await tries(email, '203.0.113.2')).status);
        expect(statuses).toEqual([...Array(10).fill(401), 429]);
        const refused = await tries(email, '203.0.113.2', PASSWORD);
        expect(refused.body).toMatchObject({ code: 'too-many', error: expect.stringContaining('Wait') });
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      // Somebody else's tries do not lock the owner out at home.
      expect((await tries('first@x.example', '203.0.113.3', PASSWORD)).status).toBe(200);

      const link = () => new Person(own).post('/api/auth/sign-in/magic-link', { email: 'first@x.example' });
      const links: number[] = [];
      for (let i = 0; i < 6; i += 1) links.push((await link()).status);
      expect(links).toEqual([...Array(5).fill(200), 429]);
    } finally {
      await own.remove();
    }
  });

  it('are counted by the caller’s own address, not by what a header says', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i += 1)
      statuses.push((await signIn('nobody@x.example', `203.0.113.${i}`)).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it('bound invitations, public links and files', async () => {
    const guests = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: 'G',
        email: `many-${from + index}@x.example`,
        organisation: null,
        role: 'observer',
      }));
    const invite = (from: number, count: number) =>
      amara.post(`/api/processes/${PROCESS}/invitations`, { invitations: guests(from, count) });
    const invited: number[] = [];
    for (let i = 0; i < 5; i += 1) invited.push((await invite(i * 500, 500)).status);
    expect(invited).toContain(429);
    const publics = await Promise.all(
      Array.from({ length: 320 }, () => new Person(server).get(`/api/public/${'x'.repeat(43)}`)),
    );
    expect(new Set(publics.map(({ status }) => status))).toEqual(new Set([404, 429]));
    const files: number[] = [];
    for (let i = 0; i < 61; i += 1)
      files.push((await amara.send('POST', `/api/processes/${PROCESS}/imports`, new FormData())).status);
    expect(files.at(-1)).toBe(429);
  });
});
