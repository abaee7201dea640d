import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf, importRows, newId, newProcess, PROCESS, termsOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
let leila: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
  leila = await Person.demo(server, 'leila');
});
afterAll(() => server?.remove());

const HEAD = ['Reference', 'Text', 'Source', 'Themes', 'Kind'];

/** A process with themes A and B on three recommendations. */
async function process(): Promise<string> {
  const address = await newProcess(amara);
  for (const label of ['A', 'B'])
    expect((await amara.post(`${address}/taxonomies/themes/terms`, { id: newId(), label })).status).toBe(201);
  const rows = [
    HEAD,
    ['R1', 'One', 'S', 'A', 'Partnership'],
    ['R2', 'Two', 'S', 'A; B', ''],
    ['R3', 'Three', 'S', '', ''],
  ];
  expect((await importRows(amara, rows, address)).body).toMatchObject({ added: 3, errors: [] });
  return address;
}
const themesOf = async (address: string): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    [...(await allOf(amara, address))].map(([reference, { themes }]) => [reference, themes]),
  );
const term = (address: string, id: string | undefined, taxonomy = 'themes'): string =>
  `${address}/taxonomies/${taxonomy}/terms/${id}`;

describe('taxonomies', () => {
  it('of the sample are in the order of its file, with how often each is used', async () => {
    const { taxonomies } = (await leila.get(`${PROCESS}/taxonomies`)).body;
    const { process: view } = (await leila.get(PROCESS)).body;
    expect(taxonomies.themes.map(({ label }: { label: string }) => label)).toEqual(view.themes);
    expect(view.kinds).toContain('Actionable commitment');
    const all = [...(await allOf(leila)).values()];
    for (const { label, used } of taxonomies.dimensions)
      expect(used, label).toBe(all.filter(({ dimensions }) => dimensions.includes(label)).length);
  });

  it('a new name is on all that has the term, and what was saved by id still finds it', async () => {
    const address = await process();
    const a = (await termsOf(amara, 'themes', address)).get('A');
    const { status, body } = await amara.patch(term(address, a?.id), { label: 'Alpha' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: a?.id, label: 'Alpha', used: 2 });
    expect(await themesOf(address)).toEqual({ R1: ['Alpha'], R2: ['Alpha', 'B'], R3: [] });
    expect((await amara.get(address)).body.process.themes).toEqual(['T', 'Alpha', 'B']);
    const found = await amara.post(`${address}/library/search`, { filters: { themes: [a?.id] } });
    expect(found.body.total).toBe(2);
  });

  it('a merge moves all, once, and old ids and names lead to what is left', async () => {
    const address = await process();
    const terms = await termsOf(amara, 'themes', address);
    const [a, b] = [terms.get('A'), terms.get('B')];
    expect((await amara.post(`${term(address, a?.id)}/merge`, { into: b?.id })).body).toMatchObject({
      used: 2,
    });
    expect(await themesOf(address)).toEqual({ R1: ['B'], R2: ['B'], R3: [] });
    expect((await amara.get(address)).body.process.themes).toEqual(['T', 'B']);
    const found = await amara.post(`${address}/library/search`, { filters: { themes: [a?.id] } });
    expect(found.body.total).toBe(2);
    // A file that still says A means B; so does an edit that was begun before.
    await importRows(amara, [HEAD, ['R4', 'Four', 'S', 'A', '']], address);
    expect((await themesOf(address)).R4).toEqual(['B']);
    const r3 = (await allOf(amara, address)).get('R3');
    const edit = { version: r3?.version, terms: { themes: [a?.id] } };
    expect((await amara.patch(`${address}/recommendations/${r3?.id}`, edit)).body.themes).toEqual(['B']);
    expect((await amara.patch(term(address, a?.id), { label: 'X' })).body).toMatchObject({ code: 'merged' });
  });

  it('a retired term stays on what has it and is given to nothing new', async () => {
    const address = await process();
    const a = (await termsOf(amara, 'themes', address)).get('A');
    await amara.patch(term(address, a?.id), { retired: true });
    expect((await amara.get(address)).body.process.themes).toEqual(['T', 'B']);
    expect((await themesOf(address)).R1).toEqual(['A']);
    const { R1, R3 } = Object.fromEntries(await allOf(amara, address));
    const one = `${address}/recommendations`;
    const refused = await amara.patch(`${one}/${R3?.id}`, {
      version: R3?.version,
      terms: { themes: [a?.id] },
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'unknown-term' } });
    const kept = { version: R1?.version, title: 'Other', terms: { themes: [a?.id] } };
    expect((await amara.patch(`${one}/${R1?.id}`, kept)).body).toMatchObject({
      title: 'Other',
      themes: ['A'],
    });
    await amara.patch(term(address, a?.id), { retired: false });
    expect((await amara.get(address)).body.process.themes).toEqual(['T', 'A', 'B']);
  });

  it('refuses what would make two of one, or lose what is in use', async () => {
    const address = await process();
    const terms = await termsOf(amara, 'themes', address);
    const taken = { status: 409, body: { code: 'taken' } };
    expect(await amara.post(`${address}/taxonomies/themes/terms`, { id: newId(), label: 'a' })).toMatchObject(
      taken,
    );
    expect(await amara.patch(term(address, terms.get('B')?.id), { label: 'A' })).toMatchObject(taken);
    const used = { status: 409, body: { code: 'used' } };
    expect(await amara.delete(term(address, terms.get('A')?.id))).toMatchObject(used);
    expect((await amara.delete(term(address, terms.get('T')?.id))).status).toBe(200);
    const ids = ['B', 'A'].map((label) => terms.get(label)?.id);
    expect((await amara.put(`${address}/taxonomies/themes/order`, { ids })).status).toBe(200);
    expect((await amara.get(address)).body.process.themes).toEqual(['B', 'A']);
    expect((await themesOf(address)).R2).toEqual(['B', 'A']);
    const half = { ids: ids.slice(1) };
    expect((await amara.put(`${address}/taxonomies/themes/order`, half)).body).toMatchObject({
      code: 'order',
    });
    expect((await amara.get(`${address}/taxonomies/weather`)).status).toBe(404);
    // Of another process, or another taxonomy.
    const foreign = (await termsOf(amara, 'themes')).values().next().value;
    expect((await amara.patch(term(address, foreign?.id), { label: 'Mine' })).status).toBe(404);
    expect((await amara.patch(term(address, terms.get('A')?.id, 'kinds'), { label: 'Mine' })).status).toBe(
      404,
    );
    expect(
      (await amara.post(`${address}/taxonomies/weather/terms`, { id: newId(), label: 'x' })).status,
    ).toBe(404);
  });

  it('the settings page still sets themes by their names, and a copy of a process has its terms', async () => {
    const address = await process();
    await amara.patch(address, { themes: ['C', 'B'] });
    expect((await amara.get(address)).body.process.themes).toEqual(['C', 'B']);
    expect((await themesOf(address)).R1).toEqual(['A']);
    const terms = await termsOf(amara, 'themes', address);
    expect([...terms.keys()].sort()).toEqual(['A', 'B', 'C']);
    const { body } = await amara.post('/api/processes', {
      name: 'Copy',
      copyFrom: address.split('/').at(-1),
    });
    expect((await amara.get(`/api/processes/${body.id}`)).body.process.themes).toEqual(['C', 'B']);
  });

  it('each change is in the log of the process', async () => {
    const address = await process();
    const terms = await termsOf(amara, 'themes', address);
    await amara.patch(term(address, terms.get('A')?.id), { label: 'Alpha' });
    await amara.post(`${term(address, terms.get('A')?.id)}/merge`, { into: terms.get('B')?.id });
    const { entries } = (await amara.get(`${address}/audit?objectKind=term`)).body;
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'term.merge', details: { taxonomy: 'themes', from: 'Alpha', into: 'B', moved: 2 } },
      { action: 'term.change', details: { was: 'A', label: 'Alpha' } },
    ]);
  });
});
