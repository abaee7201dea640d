import {
  type Facets,
  type LibraryItem,
  MARK_END,
  MARK_START,
  type SearchRequestInput,
} from '@zerodraft/contract';
import { readBlocks } from '@zerodraft/schema';
import { addLink, dispositionOf } from '@zerodraft/trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { allOf, importRows, newId, newProcess, PROCESS, termsOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
let mei: Person;
let leila: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
  mei = await Person.demo(server, 'mei');
  leila = await Person.demo(server, 'leila');
  // What the sample's draft links to is read right after the start.
  await until(async () => (await search({ filters: { linked: ['linked'] } })).total > 0);
});
afterAll(() => server?.remove());

async function search(
  request: SearchRequestInput,
  process = PROCESS,
  person = amara,
): Promise<{ items: LibraryItem[]; total: number }> {
  const { status, body } = await person.post(`${process}/library/search`, { limit: 200, ...request });
  if (status !== 200) throw new Error(`a search answered ${status}: ${body.error}`);
  return body;
}
async function facets(request: object, process = PROCESS, person = amara): Promise<Facets> {
  return (await person.post(`${process}/library/facets`, request)).body;
}

const HEAD = ['Reference', 'Title', 'Text', 'Source', 'Date', 'Themes', 'Region', 'Name of the session'];
async function small(): Promise<string> {
  const address = await newProcess(amara);
  const rows = [
    [
      'B-2',
      'Schools',
      'Migrants need schooling for their children.',
      'Kenya',
      '2017-05-02',
      'T',
      'Africa',
      'One',
    ],
    [
      'B-1',
      'Remittances',
      'Lower the cost of remittances; educación.',
      'Chile',
      '2017-05-01',
      '',
      'Americas',
      '',
    ],
    ['B-3', 'Ports', 'A port of entry for each migrant child.', 'Kenya', '', 'T', 'Africa', 'Two'],
  ];
  expect((await importRows(amara, [HEAD, ...rows], address)).body.errors).toEqual([]);
  return address;
}
const found = async (q: string, address: string): Promise<string[]> =>
  (await search({ q }, address)).items.map(({ reference }) => reference).sort();

describe('search', () => {
  it('knows word forms, beginnings, phrases and letters without their marks', async () => {
    const address = await small();
    expect(await found('migrant child', address)).toEqual(['B-2', 'B-3']);
    expect(await found('"migrant child"', address)).toEqual(['B-3']);
    expect(await found('remit', address)).toEqual(['B-1']);
    expect(await found('educacion', address)).toEqual(['B-1']);
    expect(await found('kenya', address)).toEqual(['B-2', 'B-3']);
    expect(await found('B-1', address)).toEqual(['B-1']);
    expect(await found('migrant remittances', address)).toEqual([]);
    expect(await found('" OR * NEAR(', address)).toEqual([]);
  });

  it('marks what was found, and shows the beginning where nothing was asked for', async () => {
    const address = await small();
    const { items } = await search({ q: 'schools' }, address);
    expect(items[0]?.title).toBe(`${MARK_START}Schools${MARK_END}`);
    expect(items[0]?.excerpt).toContain(`${MARK_START}schooling${MARK_END}`);
    const all = await search({}, address);
    expect(all.items[0]).toMatchObject({
      reference: 'B-1',
      excerpt: 'Lower the cost of remittances; educación.',
      effective: 'open',
      links: 0,
    });
  });

  it('sorts, pages and says how many there are', async () => {
    const address = await small();
    const order = async (request: SearchRequestInput) =>
      (await search(request, address)).items.map(({ reference }) => reference);
    expect(await order({ sort: 'reference', descending: true })).toEqual(['B-3', 'B-2', 'B-1']);
    expect(await order({ sort: 'title' })).toEqual(['B-3', 'B-1', 'B-2']);
    expect(await order({ sort: 'date' })).toEqual(['B-3', 'B-1', 'B-2']);
    expect(await order({ sort: 'source' })).toEqual(['B-1', 'B-2', 'B-3']);
    // A hit in the title is better than one in the text.
    expect((await order({ q: 'port' }))[0]).toBe('B-3');
    const pages = [0, 1, 2, 3].map(async (offset) => search({ offset, limit: 1 }, address));
    expect((await Promise.all(pages)).map(({ items, total }) => [items[0]?.reference, total])).toEqual([
      ['B-1', 3],
      ['B-2', 3],
      ['B-3', 3],
      [undefined, 3],
    ]);
  });

  it('filters by each facet as the list of all would', async () => {
    const all = [...(await allOf(amara)).values()];
    const linked = new Set((await search({ filters: { linked: ['linked'] } })).items.map(({ id }) => id));
    const themes = await termsOf(amara, 'themes');
    const kinds = await termsOf(amara, 'kinds');
    const label = all[0]?.themes[0] ?? '';
    const kind = all[0]?.kind ?? '';
    const cases: [object, (one: (typeof all)[number]) => boolean][] = [
      [{ themes: [themes.get(label)?.id] }, (one) => one.themes.includes(label)],
      [{ kinds: [kinds.get(kind)?.id] }, (one) => one.kind === kind],
      [{ source: [all[0]?.source] }, (one) => one.source === all[0]?.source],
      [{ regions: [''] }, (one) => one.region === ''],
      [{ linked: ['open'] }, (one) => !linked.has(one.id)],
      [
        { disposition: ['reflected'] },
        (one) => dispositionOf(one.disposition, linked.has(one.id)) === 'reflected',
      ],
      [
        { from: '2017-06-01', to: '2017-08-31' },
        ({ date }) => date !== null && date >= '2017-06-01' && date <= '2017-08-31',
      ],
      [
        { themes: [themes.get(label)?.id], linked: ['linked'], kinds: [kinds.get(kind)?.id, ''] },
        (one) => one.themes.includes(label) && linked.has(one.id) && (one.kind === kind || one.kind === ''),
      ],
    ];
    expect(linked.size).toBeGreaterThan(10);
    for (const [filters, passes] of cases) {
      const wanted = all.filter(passes).map(({ id }) => id);
      const { total } = await search({ filters });
      expect(total, JSON.stringify(filters)).toBe(wanted.length);
      const { body } = await amara.post(`${PROCESS}/library/selection`, { filters });
      expect(body.rows.map(({ id }: { id: string }) => id).sort()).toEqual(wanted.sort());
    }
  });
});

describe('facets', () => {
  it('count as if their own filter were off', async () => {
    const address = await small();
    const terms = await termsOf(amara, 'regions', address);
    const [africa, americas] = [terms.get('Africa')?.id, terms.get('Americas')?.id];
    const { facets: counts, total } = await facets(
      { filters: { regions: [africa], session: ['One'] } },
      address,
    );
    expect(total).toBe(1);
    // Of what has the session "One", and of what is in Africa.
    expect(counts.regions).toEqual([{ value: africa, count: 1 }]);
    expect(counts.session).toEqual([
      { value: 'One', count: 1 },
      { value: 'Two', count: 1 },
    ]);
    expect(counts.source).toEqual([{ value: 'Kenya', count: 1 }]);
    const all = await facets({}, address);
    expect(all.facets.regions).toEqual([
      { value: africa, count: 2 },
      { value: americas, count: 1 },
    ]);
    expect(all.facets.themes).toContainEqual({ value: '', count: 1 });
    expect((await facets({ q: 'migrants' }, address)).facets.source).toEqual([{ value: 'Kenya', count: 2 }]);
  });

  it('each say what a search with that value finds', async () => {
    const { facets: counts } = await facets({ q: 'migrants' });
    for (const [facet, values] of Object.entries(counts))
      for (const { value, count } of values.slice(0, 3))
        expect(
          (await search({ q: 'migrants', filters: { [facet]: [value] } })).total,
          `${facet} ${value}`,
        ).toBe(count);
  });
});

describe('what is linked', () => {
  it('follows the draft, counts by draft, and tells nothing of drafts that somebody may not see', async () => {
    const address = await newProcess(amara, 'Linked');
    await importRows(amara, [HEAD.slice(0, 4), ['R', 'T', 'Text', 'S']], address);
    const id = (await allOf(amara, address)).get('R')?.id ?? '';
    const { body: draft } = await amara.post(`${address}/drafts`, { title: 'Draft' });
    const { body: other } = await amara.post(`${address}/drafts`, { title: 'Other' });
    const client = new TestClient(server, amara.cookie, { draftId: draft.id, status: true });
    await client.synced();
    const clause = readBlocks(client.doc).find(({ kind }) => kind === 'paragraph');
    addLink(client.doc, { clauseId: clause?.id ?? '', recommendationId: id, relation: 'verbatim' });
    const effective = async (draftId: string | null, person = amara) =>
      (await search({ draftId }, address, person)).items[0]?.effective;
    await until(async () => (await effective(null)) === 'reflected');
    expect(client.notices).toContain('links');
    expect(await effective(draft.id)).toBe('reflected');
    expect(await effective(other.id)).toBe('open');
    expect((await facets({ draftId: other.id }, address)).facets.linked).toEqual([
      { value: 'open', count: 1 },
    ]);
    expect((await amara.post(`${address}/library/search`, { draftId: DRAFT })).status).toBe(404);

    // A copy is linked as well; a draft in the bin counts nowhere.
    const { body: copy } = await amara.post(`${address}/drafts`, { title: 'Copy', copyOf: draft.id });
    await until(async () => (await effective(copy.id)) === 'reflected');
    for (const gone of [draft.id, copy.id])
      await amara.put(`/api/drafts/${gone}/state`, { state: 'deleted' });
    expect(await effective(null)).toBe('open');
    client.destroy();

    // Hidden from one: it then counts as open for them alone.
    const linked = async (person: Person) =>
      (await search({ filters: { linked: ['linked'] } }, PROCESS, person)).total;
    const before = await linked(leila);
    await amara.put(`/api/drafts/${DRAFT}/members/leila`, { role: 'none' });
    expect([await linked(leila), await linked(mei)]).toEqual([0, before]);
    expect((await leila.post(`${PROCESS}/library/facets`, { draftId: DRAFT })).status).toBe(404);
    await amara.put(`/api/drafts/${DRAFT}/members/leila`, { role: null });
  });

  it('is known again after a stop, also what was linked by a draft that changed meanwhile', async () => {
    const before = (await search({ filters: { linked: ['linked'] } })).total;
    const [first] = (await search({ filters: { linked: ['open'] } })).items;
    const client = new TestClient(server, amara.cookie, { status: true });
    await client.synced();
    const clause = readBlocks(client.doc).find(({ kind }) => kind === 'paragraph');
    addLink(client.doc, {
      clauseId: clause?.id ?? '',
      recommendationId: first?.id ?? '',
      relation: 'merged',
    });
    await client.saved(1);
    // Perhaps before the table was written.
    await server.stop('SIGKILL');
    client.destroy();
    await server.run();
    amara = await Person.demo(server, 'amara');
    mei = await Person.demo(server, 'mei');
    await until(async () => (await search({ filters: { linked: ['linked'] } })).total === before + 1);
  });
});

describe('saved views', () => {
  it('are shared, changed by version, and find terms that were merged since', async () => {
    const address = await small();
    const terms = await termsOf(amara, 'regions', address);
    const [africa, americas] = ['Africa', 'Americas'].map((name) => terms.get(name)?.id ?? '');
    const view = { id: newId(), name: 'Africa', query: { filters: { regions: [africa] }, sort: 'date' } };
    const { status, body } = await amara.post(`${address}/views`, view);
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Africa', version: 1, query: { sort: 'date', q: '' } });
    expect((await amara.post(`${address}/views`, view)).status).toBe(200);
    expect((await amara.post(`${address}/views`, { ...view, id: newId() })).body).toMatchObject({
      code: 'taken',
    });
    await amara.post(`${address}/taxonomies/regions/terms/${africa}/merge`, { into: americas });
    const { views } = (await amara.get(`${address}/views`)).body;
    expect((await search(views[0].query, address)).total).toBe(3);
    const one = `${address}/views/${view.id}`;
    expect((await amara.patch(one, { version: 1, name: 'All' })).body).toMatchObject({
      version: 2,
      name: 'All',
    });
    expect((await amara.patch(one, { version: 1, name: 'Late' })).body).toMatchObject({
      code: 'changed-since',
    });
    expect((await amara.patch(`${PROCESS}/views/${view.id}`, { version: 2, name: 'x' })).status).toBe(404);
    expect((await amara.delete(one)).status).toBe(200);
    expect((await amara.get(`${address}/views`)).body.views).toEqual([]);
  });
});
