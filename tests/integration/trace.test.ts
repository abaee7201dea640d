import { readBlocks } from '@zerodraft/schema';
import {
  addLink,
  changeLink,
  confirmLinks,
  type MergedInto,
  readLinks,
  type Wordings,
  wordingAt,
} from '@zerodraft/trace';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zerodraft } from '../support/cli.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PROCESS = '/api/processes/global-compact-sample';
const TRACE = `/api/drafts/${DRAFT}/trace`;

let server: TestServer;
let amara: Person;
let mei: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
  mei = await Person.demo(server, 'mei');
});
afterAll(async () => {
  await server?.remove();
});

interface View {
  links: { key: string; madeBy: { id: string } | null; madeAt: string; changedBy: { id: string } | null }[];
  state: { links: number; library: number };
  whole: boolean;
  wordings: Record<string, Wordings>;
  merges: Record<string, MergedInto>;
}
const view = async (person = amara): Promise<View> => (await person.get(TRACE)).body;

async function open(person: Person): Promise<TestClient> {
  const client = new TestClient(server, person.cookie, { status: true });
  await client.synced();
  return client;
}

/** A clause and a recommendation that are not linked. */
async function pairFor(
  client: TestClient,
  at: number,
): Promise<{ clauseId: string; recommendationId: string }> {
  const { items } = (await amara.post(`${PROCESS}/library/search`, { filters: { linked: ['open'] } })).body;
  const clauses = readBlocks(client.doc).filter(({ kind, text }) => kind === 'paragraph' && text !== '');
  return { clauseId: clauses[at]?.id ?? '', recommendationId: items[at]?.id ?? '' };
}

const keyOf = (client: TestClient, recommendationId: string): string =>
  readLinks(client.doc, readBlocks(client.doc)).find((link) => link.recommendationId === recommendationId)
    ?.key ?? '';

describe('who made a link', () => {
  it('is who sent it, and stays so when another changes it and when the log is folded', async () => {
    const [hers, others] = [await open(amara), await open(mei)];
    const pair = await pairFor(hers, 0);
    addLink(hers.doc, { ...pair, relation: 'adapted' });
    await until(() => keyOf(others, pair.recommendationId) !== '');
    changeLink(others.doc, pair, { note: 'Heard in Geneva.' });
    const key = keyOf(hers, pair.recommendationId);
    const told = async () => (await view()).links.find((link) => link.key === key);
    await until(async () => (await told())?.changedBy?.id === 'mei');
    expect(await told()).toMatchObject({ madeBy: { id: 'amara' }, changedBy: { id: 'mei' } });
    for (const client of [hers, others]) client.destroy();
    // A clean stop folds the log.
    await server.stop();
    await server.run();
    [amara, mei] = [await Person.demo(server, 'amara'), await Person.demo(server, 'mei')];
    const third = await open(mei);
    const next = await pairFor(third, 1);
    addLink(third.doc, { ...next, relation: 'inspired' });
    await until(async () => (await view()).links.length > 0 && (await told()) !== undefined);
    const own = keyOf(third, next.recommendationId);
    await until(async () => (await view()).links.some((link) => link.key === own));
    expect(await told()).toMatchObject({ madeBy: { id: 'amara' }, changedBy: { id: 'mei' } });
    third.destroy();
  });
});

describe('who knows a state of the links', () => {
  it('is told what came since, and all when the state is none of this server', async () => {
    const client = await open(amara);
    const first = await view();
    expect(first.whole).toBe(true);
    const after = async ({ links, library }: View['state']): Promise<View> =>
      (await amara.get(`${TRACE}?links=${links}&library=${library}`)).body;
    expect(await after(first.state)).toEqual({
      ...{ state: first.state, whole: false, links: [], wordings: {}, merges: null },
    });
    const pair = await pairFor(client, 6);
    addLink(client.doc, { ...pair, relation: 'adapted', recommendationVersion: 1 });
    await until(async () => (await after(first.state)).links.length > 0);
    const second = await after(first.state);
    expect(second.links.map(({ key }) => key)).toEqual([keyOf(client, pair.recommendationId)]);
    expect((await after(second.state)).links).toEqual([]);

    const address = `${PROCESS}/recommendations/${pair.recommendationId}`;
    const { version } = (await amara.get(address)).body;
    await amara.patch(address, { version, text: 'Worded anew.' });
    const third = await after(second.state);
    expect(Object.keys(third.wordings)).toEqual([pair.recommendationId]);
    expect(third.links).toEqual([]);
    expect((await after(third.state)).wordings).toEqual({});
    expect((await after({ ...third.state, links: third.state.links + 1 })).whole).toBe(true);
    expect((await amara.get(`${TRACE}?links=-1&library=0`)).status).toBe(400);
    client.destroy();
  });
});

describe('what recommendations said', () => {
  it('is told of those that were worded anew, with the versions until which they said it', async () => {
    const client = await open(amara);
    const pair = await pairFor(client, 2);
    addLink(client.doc, { ...pair, relation: 'adapted', recommendationVersion: 1 });
    const address = `${PROCESS}/recommendations/${pair.recommendationId}`;
    const { body: was } = await amara.get(address);
    await amara.patch(address, { version: was.version, session: 'Geneva' });
    await amara.patch(address, { version: was.version + 1, text: 'Said otherwise.' });
    await amara.patch(address, { version: was.version + 2, title: 'Titled otherwise' });
    await until(async () => pair.recommendationId in (await view()).wordings);
    const told = (await view()).wordings[pair.recommendationId];
    if (!told) throw new Error('no wordings');
    expect(told.text).toBe('Titled otherwise\nSaid otherwise.');
    expect(wordingAt(told, was.version)).toBe(`${was.title}\n${was.text}`);
    expect(wordingAt(told, was.version + 1)).toBe(`${was.title}\n${was.text}`);
    expect(wordingAt(told, was.version + 2)).toBe(`${was.title}\nSaid otherwise.`);
    expect(wordingAt(told, was.version + 3)).toBe(told.text);

    const { findings } = (await amara.get(`${TRACE}/check`)).body;
    expect(findings).toContainEqual(
      expect.objectContaining({
        kind: 'suspect',
        recommendationId: pair.recommendationId,
        clauseId: pair.clauseId,
      }),
    );
    client.destroy();
  });
});

describe('a recommendation that was merged into another', () => {
  it('is spoken for by that one from then on: its links are suspect once that is worded anew', async () => {
    const client = await open(amara);
    const [own, other] = [await pairFor(client, 3), await pairFor(client, 4)];
    const address = (id: string) => `${PROCESS}/recommendations/${id}`;
    const say = async (id: string, text: string): Promise<void> => {
      const { version } = (await amara.get(address(id))).body;
      expect((await amara.patch(address(id), { version, text })).status).toBe(200);
    };
    const doubts = async (): Promise<number> => {
      const { findings } = (await amara.get(`${TRACE}/check`)).body;
      return findings.filter(
        (found: { kind: string; recommendationId: string }) =>
          found.kind === 'suspect' && found.recommendationId === own.recommendationId,
      ).length;
    };
    addLink(client.doc, { ...own, relation: 'adapted', recommendationVersion: 1 });
    await until(async () => (await view()).links.some(({ key }) => key.includes(own.recommendationId)));
    await say(other.recommendationId, 'Said before the merge.');
    const versions = await Promise.all(
      [own, other].map(
        async ({ recommendationId }) => (await amara.get(address(recommendationId))).body.version,
      ),
    );
    const merged = await amara.post(`${address(other.recommendationId)}/merges`, {
      version: versions[1],
      from: [{ id: own.recommendationId, version: versions[0] }],
    });
    expect(merged.status).toBe(200);
    expect(await doubts()).toBe(0);
    await say(other.recommendationId, 'Said after it, in quite other words.');
    expect(await doubts()).toBe(1);
    const { merges, wordings } = await view();
    expect(merges[own.recommendationId]?.id).toBe(other.recommendationId);
    const { version } = wordings[other.recommendationId] ?? {};
    confirmLinks(client.doc, readBlocks(client.doc), [
      { ...own, recommendationVersion: version, recommendationOf: other.recommendationId },
    ]);
    await client.saved(2);
    expect(await doubts()).toBe(0);
    client.destroy();
  });
});

describe('the check on the command line', () => {
  it('fails on what is wrong, and on an index that was changed behind the server; rebuilding mends that', async () => {
    const client = await open(amara);
    const clause = readBlocks(client.doc).find(({ kind }) => kind === 'paragraph');
    const before = await zerodraft(server.dataDir, 'trace', 'check');
    addLink(client.doc, { clauseId: clause?.id ?? '', recommendationId: 'nowhere', relation: 'adapted' });
    await client.saved(1);
    await until(async () => (await view()).links.some(({ key }) => key.includes('/nowhere/')));
    client.destroy();
    await server.stop();
    const found = await zerodraft(server.dataDir, 'trace', 'check', '--all');
    expect(found.code).toBe(1);
    expect(found.output).toContain('Links to what is not in the library: 1');
    expect(found.output).toContain('has no answer yet.');
    expect(found.output).not.toContain('Index that differs');
    expect(before.output).not.toContain('not in the library');

    const db = new BetterSqlite(`${server.dataDir}/zerodraft.db`);
    db.exec("delete from clause_link where recommendationId = 'nowhere'");
    db.close();
    expect((await zerodraft(server.dataDir, 'trace', 'check')).output).toContain('The index lacks 1 links');
    expect((await zerodraft(server.dataDir, 'trace', 'rebuild')).code).toBe(0);
    expect((await zerodraft(server.dataDir, 'trace', 'check')).output).not.toContain('Index that differs');
    expect((await zerodraft(server.dataDir, 'trace', 'chek')).code).toBe(2);
    await server.run();
  });
});
