import { randomUUID } from 'node:crypto';
import type { Deposit } from '@zerodraft/contract';
import { addLink } from '@zerodraft/trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT, TestClient } from '../support/client.ts';
import { Box, DEPOSITS, decide, depositOf } from '../support/deposits.ts';
import { newSource, readSource, SOURCES, sourceOf } from '../support/documents.ts';
import { allOf, importFile, importRows, newId, newProcess, PROCESS, termsOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let box: Box;
let amara: Person;
beforeAll(async () => {
  box = await Box.serve();
  ({ server, facilitator: amara } = box);
});
afterAll(() => server?.remove());

type Taxonomy = Parameters<typeof termsOf>[1];
const term = (taxonomy: Taxonomy, id: string): string => `${PROCESS}/taxonomies/${taxonomy}/terms/${id}`;

/** A new term of the sample. @returns its id */
async function add(taxonomy: Taxonomy, label: string): Promise<string> {
  const id = newId();
  expect((await amara.post(`${PROCESS}/taxonomies/${taxonomy}/terms`, { id, label })).status).toBe(201);
  return id;
}
const stateOf = async (taxonomy: Taxonomy, label: string) =>
  (await termsOf(amara, taxonomy, PROCESS)).get(label);

const deposited = async (fields: object = {}): Promise<Deposit & { code: string }> => {
  const { id, code } = await box.depositOfAnother(fields);
  return { ...(await depositOf(amara, id)), code };
};
const recommendation = async (deposit: Deposit) =>
  (await amara.get(`${PROCESS}/recommendations/${deposit.recommendations[0]?.id}`)).body;

describe('a term that deposits and sources have', () => {
  it('has a new name on them at once; what was sent stays in its words', async () => {
    const ids = [await add('kinds', 'Pledge'), await add('themes', 'Ports'), await add('regions', 'Aegean')];
    const who = await add('stakeholderKinds', 'Crews');
    const said = { kind: 'Pledge', themes: ['Ports'], stakeholderKind: 'Crews', region: 'Aegean' };
    const deposit = await deposited(said);
    expect(deposit).toMatchObject({ ...said, edited: false, newRegion: false, original: said });
    const source = await newSource(amara, { title: 'S', stakeholderKind: 'Crews', region: 'aegean' });
    const etag = (await amara.get(DEPOSITS)).headers.get('etag') ?? '';
    for (const [taxonomy, id, label] of [
      ['kinds', ids[0], 'Promise'],
      ['themes', ids[1], 'Harbours'],
      ['regions', ids[2], 'Aegean Sea'],
      ['stakeholderKinds', who, 'Seafarers'],
    ] as const)
      expect((await amara.patch(term(taxonomy, id ?? ''), { label })).status).toBe(200);
    const now = {
      ...{ kind: 'Promise', themes: ['Harbours'], stakeholderKind: 'Seafarers', region: 'Aegean Sea' },
    };
    expect(await depositOf(amara, deposit.id)).toMatchObject({ ...now, edited: false, original: said });
    expect(await sourceOf(amara, source)).toMatchObject({
      stakeholderKind: 'Seafarers',
      region: 'Aegean Sea',
    });
    // Whoever asks for the list again and again is told.
    const list = await amara.send('GET', DEPOSITS, undefined, { 'if-none-match': etag });
    expect(list.status).toBe(200);
    const row = list.body.deposits.find(({ id }: Deposit) => id === deposit.id);
    expect(row.stakeholderKind).toBe('Seafarers');
    const { body } = await decide(amara, deposit.id, 'accept');
    const { themes, kind, sourceKind, region } = await recommendation(body);
    expect({ themes, kind, stakeholderKind: sourceKind, region }).toEqual(now);
  });

  it('moves on them when it is merged, and is counted with them', async () => {
    const from = await add('stakeholderKinds', 'NGOs');
    const into = await add('stakeholderKinds', 'Associations');
    const deposit = await deposited({ stakeholderKind: 'NGOs' });
    const source = await newSource(amara, { title: 'S', stakeholderKind: 'NGOs' });
    expect(await stateOf('stakeholderKinds', 'NGOs')).toMatchObject({ used: 0, sources: 1, deposits: 1 });
    const used = { status: 409, body: { code: 'used' } };
    expect(await amara.delete(term('stakeholderKinds', from))).toMatchObject(used);
    const merged = await amara.post(`${term('stakeholderKinds', from)}/merge`, { into });
    expect(merged.body).toMatchObject({ sources: 1, deposits: 1 });
    expect(await depositOf(amara, deposit.id)).toMatchObject({
      stakeholderKind: 'Associations',
      edited: false,
      original: { stakeholderKind: 'NGOs' },
    });
    expect((await sourceOf(amara, source)).stakeholderKind).toBe('Associations');
    // A form that was opened before still names it.
    expect((await deposited({ stakeholderKind: 'NGOs' })).stakeholderKind).toBe('Associations');
    expect(await amara.delete(term('stakeholderKinds', into))).toMatchObject(used);
  });

  it('stays on them when it is retired, and is offered nowhere new', async () => {
    const kind = await add('kinds', 'Appeal');
    const who = await add('stakeholderKinds', 'Guilds');
    const place = await add('regions', 'Levant');
    const said = { kind: 'Appeal', stakeholderKind: 'Guilds', region: 'Levant' };
    const deposit = await deposited(said);
    const given = { title: 'S', stakeholderKind: 'Guilds', region: 'Levant' };
    const source = await readSource(amara, 'States should.\n\nCities too.', 'a.txt', given);
    for (const [taxonomy, id] of [
      ['kinds', kind],
      ['stakeholderKinds', who],
      ['regions', place],
    ] as const)
      await amara.patch(term(taxonomy, id), { retired: true });
    expect(await depositOf(amara, deposit.id)).toMatchObject({ ...said, edited: false });
    const refused = { status: 422, body: { code: 'unknown-term' } };
    expect(await box.send({ kind: 'Appeal' })).toMatchObject(refused);
    expect(await box.send({ stakeholderKind: 'Guilds' })).toMatchObject(refused);
    expect(await amara.post(SOURCES, { id: randomUUID(), region: 'Levant' })).toMatchObject(refused);
    expect(await amara.post(SOURCES, { id: randomUUID(), stakeholderKind: 'Guilds' })).toMatchObject(refused);
    const passage = { from: { n: 1, offset: 0 }, to: { n: 1, offset: 14 }, quote: 'States should.' };
    const cited = { sourceId: source.id, passage };
    const made = await amara.post(`${PROCESS}/recommendations`, { id: newId(), ...cited, kind: 'Appeal' });
    expect(made).toMatchObject(refused);
    // What has it keeps it through other changes, and hands it on.
    const { version } = await depositOf(amara, deposit.id);
    const edit = { version, title: 'Other', ...said };
    expect((await amara.patch(`${DEPOSITS}/${deposit.id}`, edit)).body).toMatchObject({
      title: 'Other',
      ...said,
    });
    const change = { version: (await sourceOf(amara, source.id)).version, ...given, title: 'T' };
    expect((await amara.patch(`${SOURCES}/${source.id}`, change)).body).toMatchObject({
      ...given,
      title: 'T',
    });
    const other = await amara.post(`${PROCESS}/recommendations`, { id: newId(), ...cited });
    expect(other.body).toMatchObject({ sourceKind: 'Guilds', region: 'Levant' });
    const { body } = await decide(amara, deposit.id, 'accept');
    expect(await recommendation(body)).toMatchObject({
      kind: 'Appeal',
      sourceKind: 'Guilds',
      region: 'Levant',
    });
    // Once given up, it is not to be had again.
    const gone = await amara.patch(`${SOURCES}/${source.id}`, { version: change.version + 1, region: '' });
    expect(gone.body.region).toBe('');
    const back = { version: change.version + 2, region: 'Levant' };
    expect(await amara.patch(`${SOURCES}/${source.id}`, back)).toMatchObject(refused);
    expect(await sourceOf(amara, source.id)).toMatchObject({ region: '', version: change.version + 2 });
  });

  it('is one of the process: of another, or of nobody, it is refused and nothing is kept', async () => {
    for (const fields of [{ kind: 'Weather' }, { stakeholderKind: 'Weather' }, { dimensions: ['Weather'] }])
      expect(await box.send(fields)).toMatchObject({ status: 422, body: { code: 'unknown-term' } });
    const id = randomUUID();
    expect((await amara.post(SOURCES, { id, stakeholderKind: 'Weather', region: 'Nowhere' })).status).toBe(
      422,
    );
    expect((await amara.get(`${SOURCES}/${id}`)).status).toBe(404);
    expect(await stateOf('regions', 'Nowhere')).toBeUndefined();
  });
});

it('are listed in a few bytes while nothing has changed, and anew once anything has', async () => {
  const address = await newProcess(amara);
  const list = `${address}/taxonomies`;
  let tag = '';
  const fresh = async (): Promise<boolean> => {
    const { status, headers } = await amara.send('GET', list, undefined, { 'if-none-match': tag });
    tag = headers.get('etag') ?? '';
    return status === 200;
  };
  expect([await fresh(), await fresh()]).toEqual([true, false]);
  const [id, source] = [newId(), newId()];
  const t = (await termsOf(amara, 'themes', address)).get('T')?.id;
  await amara.post(`${list}/themes/terms`, { id, label: 'U' });
  expect([await fresh(), await fresh()]).toEqual([true, false]);
  await amara.put(`${list}/themes/order`, { ids: [id, t] });
  expect([await fresh(), await fresh()]).toEqual([true, false]);
  await importRows(
    amara,
    [
      ['Reference', 'Text', 'Source', 'Themes'],
      ['R', 'T', 'S', 'U'],
    ],
    address,
  );
  expect([await fresh(), await fresh()]).toEqual([true, false]);
  await amara.post(`${address}/sources`, { id: source, title: 'S', region: 'R' });
  expect([await fresh(), await fresh()]).toEqual([true, false]);
  await amara.delete(`${address}/sources/${source}`);
  expect([await fresh(), await fresh()]).toEqual([true, false]);
});

describe('the box', () => {
  it('offers the kinds of the process; those of the beginning are named until they are renamed', async () => {
    const own = await add('kinds', 'Toolkit');
    const academia = await stateOf('stakeholderKinds', 'Academia');
    const before = (await new Person(server).get(`/api/box/${box.slug}`)).body;
    expect(before.kinds).toContainEqual({ label: 'Partnership', key: 'partnership' });
    expect(before.kinds).toContainEqual({ label: 'Toolkit', key: null });
    expect(before.stakeholderKinds).toContainEqual({ label: 'Academia', key: 'academia' });
    await amara.patch(term('stakeholderKinds', academia?.id ?? ''), { label: 'Universities' });
    await amara.patch(term('kinds', own), { retired: true });
    const after = (await new Person(server).get(`/api/box/${box.slug}`)).body;
    expect(after.stakeholderKinds).toContainEqual({ label: 'Universities', key: null });
    expect(JSON.stringify(after)).not.toContain('Toolkit');
    await amara.patch(term('stakeholderKinds', academia?.id ?? ''), { label: 'Academia' });
  });

  it('takes any region; it becomes one of the process when the deposit is accepted, and the log says so', async () => {
    const returned = await deposited({ region: 'Atlantis' });
    expect(returned).toMatchObject({ region: 'Atlantis', newRegion: true, edited: false });
    await decide(amara, returned.id, 'return', { reason: 'No.' });
    expect(await stateOf('regions', 'Atlantis')).toBeUndefined();
    const deposit = await deposited({ region: 'Sahel' });
    const { body } = await decide(amara, deposit.id, 'accept');
    expect(body).toMatchObject({ region: 'Sahel', newRegion: false, edited: false });
    expect(await stateOf('regions', 'Sahel')).toMatchObject({ used: 1, deposits: 1 });
    const { entries } = (await amara.get(`${PROCESS}/audit?objectKind=deposit&objectId=${deposit.id}`)).body;
    expect(entries[0]).toMatchObject({ action: 'deposit.accept', details: { newRegion: 'Sahel' } });
    const sahel = await stateOf('regions', 'Sahel');
    await amara.patch(term('regions', sahel?.id ?? ''), { label: 'The Sahel' });
    expect(await depositOf(amara, deposit.id)).toMatchObject({
      region: 'The Sahel',
      edited: false,
      original: { region: 'Sahel' },
    });
    // Known by now, whatever the case of its letters; each part of a split has it.
    const second = await deposited({ region: 'the sahel' });
    expect(second).toMatchObject({ region: 'The Sahel', newRegion: false });
    const part = { title: 'P', text: 'T', kind: 'Partnership', themes: [], dimensions: [] };
    const split = await decide(amara, second.id, 'split', { parts: [part, { ...part, kind: '' }] });
    for (const [index, kind] of ['Partnership', ''].entries()) {
      const { id } = split.body.recommendations[index];
      const made = (await amara.get(`${PROCESS}/recommendations/${id}`)).body;
      expect(made).toMatchObject({ region: 'The Sahel', kind, sourceKind: 'Civil society' });
    }
  });

  it('does not bring a retired region back: the team chooses', async () => {
    const place = await add('regions', 'Old Empire');
    await amara.patch(term('regions', place), { retired: true });
    const deposit = await deposited({ region: 'Old Empire' });
    const refused = await decide(amara, deposit.id, 'accept');
    expect(refused).toMatchObject({ status: 422, body: { code: 'unknown-term' } });
    expect(refused.body.error).toContain('retired');
    expect((await depositOf(amara, deposit.id)).state).toBe('new');
    await amara.patch(`${DEPOSITS}/${deposit.id}`, { version: deposit.version, region: '' });
    expect((await decide(amara, deposit.id, 'accept')).status).toBe(200);
  });
});

describe('a receipt', () => {
  it('follows a recommendation that is merged, with its clauses, and tells when it is taken out', async () => {
    const deposit = await deposited();
    const one = (await decide(amara, deposit.id, 'accept')).body.recommendations[0];
    const other = (await decide(amara, (await deposited()).id, 'accept')).body.recommendations[0];
    const client = new TestClient(server, amara.cookie, { status: true });
    await client.synced();
    const { id: linkId, link } = (await amara.post(`/api/drafts/${DRAFT}/links`, { expiresAt: null })).body;
    const { blocks } = (await new Person(server).get(`/api/public/${link.split('/').at(-1)}`)).body;
    const [first, second] = blocks.filter(({ kind }: { kind: string }) => kind === 'paragraph');
    addLink(client.doc, { clauseId: first.id, recommendationId: one.id, relation: 'adapted' });
    addLink(client.doc, { clauseId: second.id, recommendationId: other.id, relation: 'adapted' });
    await client.saved(2);
    client.destroy();
    const citations = async (): Promise<string[]> =>
      (await box.receipt(deposit.code)).body.clauses.map(({ citation }: { citation: string }) => citation);
    expect(await citations()).toEqual([first.citation]);
    const merge = { version: 1, from: [{ id: one.id, version: 1 }] };
    const merged = await amara.post(`${PROCESS}/recommendations/${other.id}/merges`, merge);
    expect(merged.status, JSON.stringify(merged.body)).toBe(200);
    expect((await box.receipt(deposit.code)).body).toMatchObject({
      references: [other.reference],
      merged: [{ from: one.reference, into: other.reference }],
      removed: [],
    });
    expect((await citations()).sort()).toEqual([first.citation, second.citation].sort());
    expect((await depositOf(amara, deposit.id)).recommendations).toMatchObject([
      { reference: one.reference, mergedInto: other.reference, removed: false },
    ]);
    await amara.delete(`/api/drafts/${DRAFT}/links/${linkId}`);

    const third = await deposited();
    const made = (await decide(amara, third.id, 'accept')).body.recommendations[0];
    const deleted = await amara.delete(`${PROCESS}/recommendations/${made.id}?version=1`);
    expect(deleted.status).toBe(200);
    expect((await box.receipt(third.code)).body).toMatchObject({
      ...{ state: 'accepted', references: [], removed: [made.reference], clauses: [] },
    });
    await amara.post(`${PROCESS}/library/batches/${deleted.body.batch}/undo`, {});
    expect((await box.receipt(third.code)).body).toMatchObject({ references: [made.reference], removed: [] });
    // Put back to triage, it is followed up anew.
    await amara.delete(`${PROCESS}/recommendations/${made.id}?version=3`);
    expect(await decide(amara, third.id, 'reopen')).toMatchObject({
      status: 200,
      body: { recommendations: [] },
    });
    expect((await box.receipt(third.code)).body).toMatchObject({ state: 'in-triage', removed: [] });
  });
});

describe('an import', () => {
  const HEAD = ['Reference', 'Text', 'Source'];

  /** A process where M was merged into S, and D was taken out. */
  async function library(): Promise<string> {
    const address = await newProcess(amara);
    const rows = ['M', 'S', 'D'].map((reference) => [reference, 'Old', 'X']);
    expect((await importRows(amara, [HEAD, ...rows], address)).body).toMatchObject({ added: 3, deleted: 0 });
    const all = await allOf(amara, address);
    const [m, s, d] = ['M', 'S', 'D'].map((reference) => all.get(reference)?.id);
    const merge = { version: 1, from: [{ id: m, version: 1 }] };
    expect((await amara.post(`${address}/recommendations/${s}/merges`, merge)).status).toBe(200);
    expect((await amara.delete(`${address}/recommendations/${d}?version=1`)).status).toBe(200);
    return address;
  }
  const texts = async (address: string) => {
    const found = new Map<string, string>();
    for (const { id, reference } of (await allOf(amara, address)).values())
      found.set(reference, (await amara.get(`${address}/recommendations/${id}`)).body.text);
    return Object.fromEntries(found);
  };

  it('of rows leaves what was merged or taken out alone, says so for each, and brings back what is asked for', async () => {
    const address = await library();
    const merged = [...(await allOf(amara, address)).values()].find(({ reference }) => reference === 'S')
      ?.mergedIds[0];
    const rows = [HEAD, ...['M', 'S', 'D', 'N'].map((reference) => [reference, 'New', 'X'])];
    const errors = [
      { row: 2, field: 'Reference', message: expect.stringMatching(/"M" was merged into S\. Name that one/) },
      {
        row: 4,
        field: 'Reference',
        message: expect.stringMatching(/"D" was taken out.*bring such rows back/),
      },
    ];
    const look = await importRows(amara, rows, address, { commit: 'false' });
    expect(look.body).toMatchObject({ added: 1, updated: 1, errors, deleted: 1, committed: false });
    expect(look.body.preview).toMatchObject([{ reference: 'S' }, { reference: 'N' }]);
    const kept = await importRows(amara, rows, address);
    expect(kept.body).toMatchObject({ added: 1, updated: 1, errors, deleted: 1, committed: true });
    expect(await texts(address)).toEqual({ S: 'New', N: 'New' });
    expect((await amara.get(`${address}/recommendations/${merged}`)).body).toMatchObject({
      text: 'Old',
      version: 2,
    });
    const back = await importRows(amara, rows, address, { restore: 'true' });
    expect(back.body).toMatchObject({ added: 0, updated: 1, unchanged: 2, errors: [errors[0]], deleted: 1 });
    expect(await texts(address)).toEqual({ S: 'New', N: 'New', D: 'New' });
  });

  it('of a library does the same', async () => {
    const address = await library();
    const { body: file } = await amara.get(`${address}/library/export?format=json`);
    // A file of somebody's own, which names no ids and no merges.
    const [{ id: _id, mergedInto: _merged, ...like }] = file.recommendations;
    const recommendations = ['M', 'S', 'D'].map((reference) => ({ ...like, reference, text: 'New' }));
    const bytes = new TextEncoder().encode(JSON.stringify({ ...file, recommendations }));
    const send = (fields: Record<string, string>) =>
      importFile(amara, bytes, 'l.json', `${address}/library/imports`, fields);
    expect((await send({})).body).toMatchObject({
      ...{ added: 0, updated: 1, deleted: 1 },
      errors: [
        { row: 1, message: expect.stringContaining('merged into S') },
        { row: 3, message: expect.stringContaining('taken out') },
      ],
    });
    expect(await texts(address)).toEqual({ S: 'New' });
    expect((await send({ restore: 'true' })).body).toMatchObject({ updated: 1, errors: [{ row: 1 }] });
    expect(await texts(address)).toEqual({ S: 'New', D: 'New' });
  });

  it('into a process whose sources have terms leaves these as they are', async () => {
    const address = await newProcess(amara);
    const id = randomUUID();
    const source = { id, title: 'S', stakeholderKind: 'Academia', region: 'Alps' };
    expect((await amara.post(`${address}/sources`, source)).status).toBe(201);
    const { body: file } = await amara.get(`${PROCESS}/library/export?format=json`);
    const bytes = new TextEncoder().encode(JSON.stringify(file));
    expect((await importFile(amara, bytes, 'l.json', `${address}/library/imports`)).status).toBe(200);
    const kept = (await amara.get(`${address}/sources/${id}`)).body.source;
    expect(kept).toMatchObject({ stakeholderKind: 'Academia', region: 'Alps' });
  });
});
