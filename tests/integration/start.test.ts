import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TestServer } from '../support/server.ts';

const servers: TestServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.remove();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function start(options: Parameters<typeof TestServer.start>[0] = {}): Promise<TestServer> {
  const server = await TestServer.start(options);
  servers.push(server);
  return server;
}

const json = { 'content-type': 'application/json' };
const facilitator = {
  ZERODRAFT_FACILITATOR_EMAIL: 'first@example.org',
  ZERODRAFT_FACILITATOR_PASSWORD: 'a long pass phrase',
};

async function session(server: TestServer, cookie = '') {
  return (await fetch(`${server.url}/api/session`, { headers: { cookie } })).json();
}

describe('start', () => {
  it('says that the port is in use and which to take', async () => {
    const running = await start();
    await expect(start({ env: { PORT: String(running.port) } })).rejects.toThrow(
      new RegExp(`Port ${running.port} is in use.*PORT=${running.port + 1}`),
    );
  });

  it('offers the demo on this machine only', async () => {
    await expect(start({ env: { HOST: '0.0.0.0' } })).rejects.toThrow(/this machine only.*ZERODRAFT_DEMO=0/s);
  });

  it('names a wrong variable and an unknown argument', async () => {
    await expect(start({ env: { PORT: 'eighty' } })).rejects.toThrow(/PORT/);
    await expect(start({ args: ['--proces'] })).rejects.toThrow(/--proces.*--process DIR/);
  });

  it('keeps all data over a restart, and without the demo nobody comes in by a click', async () => {
    const server = await start();
    const cookie = await server.signIn('amara');
    const list = () =>
      fetch(`${server.url}/api/processes/global-compact-sample/recommendations`, {
        headers: { cookie },
      }).then((response) => response.text());
    const before = await list();
    await server.stop();
    await server.run({ env: { ZERODRAFT_DEMO: '0', ...facilitator } });
    expect(await list()).toBe(before);
    expect(await session(server)).toMatchObject({ demo: false, demoPeople: [] });
    await expect(server.signIn('amara')).rejects.toThrow(/404/);
    const signIn = (password: string) =>
      fetch(`${server.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { ...json, origin: server.url },
        body: JSON.stringify({ email: facilitator.ZERODRAFT_FACILITATOR_EMAIL, password }),
      });
    expect((await signIn('another pass phrase')).status).toBe(401);
    const signedIn = await signIn(facilitator.ZERODRAFT_FACILITATOR_PASSWORD);
    expect(signedIn.status).toBe(200);
    const own = signedIn.headers.getSetCookie().join('; ');
    const { account } = await session(server, own);
    expect(account.mayCreateProcesses).toBe(true);
    const listed = await fetch(`${server.url}/api/processes`, { headers: { cookie: own } });
    expect((await listed.json()).processes[0].viewer).toMatchObject({ id: account.id, role: 'facilitator' });

    // Back in the demo, a click signs sample people in and nobody else.
    await server.stop();
    await server.run();
    await expect(server.signIn(account.id)).rejects.toThrow(/404/);
    expect(await server.signIn('amara')).not.toBe('');
  });

  it('loads another process from a folder, or names file and line and loads nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'process-'));
    folders.push(folder);
    const settings = (themes: string) =>
      writeFile(
        join(folder, 'process.yaml'),
        `slug: fisheries\nname: Fisheries accord\n${themes}\ndimensions: [Coast, Sea]\npeople:\n  - { id: ada, name: Ada, role: facilitator }\n`,
      );
    await settings('themes: []');
    await writeFile(
      join(folder, 'draft.md'),
      '# Accord\n\n## Preamble\n\nA first paragraph. {F-1}\n\nA second. {F-9}\n',
    );
    await writeFile(join(folder, 'draft.csv'), 'ignored');
    const args = ['--process', folder];
    const failed = start({ args });
    await expect(failed).rejects.toThrow(/process\.yaml:3: /);
    await settings('themes: [Quotas]');
    await expect(start({ args })).rejects.toThrow(/nothing was loaded/);
  });
});
