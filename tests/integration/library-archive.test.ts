import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/client.ts';
import { allOf, bareLibrary, importFile, newProcess, pageOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterAll(() => server?.remove());

const TEXT = `States should ensure access to schools.\n\nالمدن تطلب أموالا؛ 城市要求资金 😀.\n\nSchools need teachers.`;
const HASH = createHash('sha256').update(TEXT).digest('hex');

async function download(address: string, query = ''): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`${server.url}${address}/library/export?format=json${query}`, {
    headers: { cookie: amara.cookie },
  });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}
const parsed = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
const send = (address: string, file: unknown, fields = {}) =>
  importFile(
    amara,
    file instanceof Uint8Array ? new Uint8Array(file) : new TextEncoder().encode(JSON.stringify(file)),
    'l.json',
    `${address}/library/imports`,
    fields,
  );

async function upload(address: string, sourceId: string, bytes: string) {
  const response = await fetch(`${server.url}${address}/sources/${sourceId}/file?name=input.txt`, {
    method: 'PUT',
    headers: { origin: server.url, cookie: amara.cookie, 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  return { status: response.status, body: await response.json() };
}
const sourceOf = async (address: string, id: string) =>
  (await amara.get(`${address}/sources/${id}`)).body.source;

const INPUT = {
  title: 'Written input',
  kind: 'written-input',
  who: 'Cities Network',
  stakeholderKind: 'Local authority',
  region: 'Africa',
  phase: 'Stocktaking',
  session: 'Session 2',
  date: '2017-06-01',
  language: 'ar',
  symbol: 'A/1',
  url: 'https://example.org/input',
};

/** A process with a source that is read, passages of it, a chain of merges, and one that was taken out. */
async function archive() {
  const address = await newProcess(amara, 'Archive');
  const sourceId = randomUUID();
  await amara.post(`${address}/sources`, {
    id: sourceId,
    ...INPUT,
  });
  expect((await upload(address, sourceId, TEXT)).status).toBe(200);
  await until(async () => (await sourceOf(address, sourceId)).state === 'read');
  const cite = async (reference: string, from: number, to: number, quote: string, n: number) => {
    const passage = { from: { n, offset: from }, to: { n, offset: to }, quote };
    const { status, body } = await amara.post(`${address}/recommendations`, {
      id: randomUUID(),
      sourceId,
      passage,
      reference,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  };
  const [, second = ''] = TEXT.split('\n\n');
  await cite('R-1', 7, 38, 'should ensure access to schools', 1);
  await cite('R-2', 0, second.length, second, 2);
  await cite('R-3', 0, 7, 'Schools', 3);
  await cite('R-4', 13, 21, 'teachers', 3);
  const page = async (reference: string) =>
    pageOf(amara, (await allOf(amara, address)).get(reference)?.id ?? '', address);
  const merge = async (into: string, from: string) => {
    const [one, other] = [await page(into), await page(from)];
    const request = { version: one.version, from: [{ id: other.id, version: other.version }] };
    expect((await amara.post(`${address}/recommendations/${one.id}/merges`, request)).status).toBe(200);
  };
  await merge('R-2', 'R-3');
  await merge('R-1', 'R-2');
  const gone = await page('R-4');
  expect((await amara.delete(`${address}/recommendations/${gone.id}?version=${gone.version}`)).status).toBe(
    200,
  );
  return { address, sourceId };
}

describe('the archive of a library', () => {
  it('holds ids, passages, sources with their files by hash, and merges, and comes back the same', async () => {
    const { address, sourceId } = await archive();
    const first = await download(address);
    const file = parsed(first);
    expect(file).toMatchObject({ format: 'zerodraft-library', version: 2, process: 'Archive' });
    expect(file.sources).toEqual([
      {
        id: sourceId,
        ...INPUT,
        file: { name: 'input.txt', size: Buffer.byteLength(TEXT), sha256: HASH },
      },
    ]);
    type Entry = { reference: string; mergedInto: string | null };
    expect(file.recommendations.map(({ reference, mergedInto }: Entry) => [reference, mergedInto])).toEqual([
      ['R-1', null],
      ['R-2', 'R-1'],
      ['R-3', 'R-2'],
    ]);

    const copy = await newProcess(amara, 'Copy');
    const dry = await send(copy, first, { commit: 'false' });
    expect(dry.body).toMatchObject({ added: 3, errors: [], committed: false });
    expect((await amara.get(`${copy}/sources`)).body.sources).toEqual([]);
    expect((await send(copy, first)).body).toEqual({ ...dry.body, committed: true });
    expect(bareLibrary(await download(copy))).toBe(bareLibrary(first));
    expect((await send(copy, first)).body).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 3,
      newTerms: [],
    });
    expect(bareLibrary(await download(copy))).toBe(bareLibrary(first));
    // A copy of the copy as well.
    const third = await newProcess(amara, 'Copy of the copy');
    await send(third, await download(copy));
    expect(bareLibrary(await download(third))).toBe(bareLibrary(first));

    const survivor = (await allOf(amara, copy)).get('R-1');
    expect((await allOf(amara, copy)).size).toBe(1);
    expect(survivor?.mergedIds).toHaveLength(2);
    expect(survivor?.id).not.toBe((await allOf(amara, address)).get('R-1')?.id);
    expect((await pageOf(amara, survivor?.id ?? '', copy)).passage?.quote).toBe(
      'should ensure access to schools',
    );
  });

  it('keeps ids where they are free: what names them elsewhere still leads there', async () => {
    const { address } = await archive();
    const file = parsed(await download(address));
    const other = await TestServer.start();
    try {
      const person = await Person.demo(other, 'amara');
      const copy = await newProcess(person, 'Other server');
      const { body } = await importFile(
        person,
        new TextEncoder().encode(JSON.stringify(file)),
        'l.json',
        `${copy}/library/imports`,
      );
      expect(body).toMatchObject({ added: 3, errors: [] });
      expect((await allOf(person, copy)).get('R-1')?.id).toBe(file.recommendations[0].id);
    } finally {
      await other.remove();
    }
  });

  it('its sources wait for their very documents, which are then open at the passages', async () => {
    const { address } = await archive();
    const copy = await newProcess(amara, 'Copy');
    await send(copy, await download(address));
    const [source] = (await amara.get(`${copy}/sources`)).body.sources;
    expect(source).toMatchObject({ state: 'no-file', fileName: 'input.txt', fileHash: HASH });
    expect((await amara.get(`${copy}/sources/${source.id}/file`)).status).toBe(404);
    const wrong = await upload(copy, source.id, 'Another text.');
    expect([wrong.status, wrong.body.code]).toEqual([409, 'other-document']);
    expect((await upload(copy, source.id, TEXT)).status).toBe(200);
    await until(async () => (await sourceOf(copy, source.id)).state === 'read');
    expect(await sourceOf(copy, source.id)).toMatchObject({ state: 'read', paragraphs: 3, warnings: [] });
    expect(bareLibrary(await download(copy))).toBe(bareLibrary(await download(address)));
  });

  it('what it quotes is held against the document once that is here', async () => {
    const { address } = await archive();
    const file = parsed(await download(address));
    file.recommendations[0].from.passage.quote = 'should close all schools';
    const copy = await newProcess(amara, 'Forged');
    expect((await send(copy, file)).body).toMatchObject({ added: 3 });
    const [source] = (await amara.get(`${copy}/sources`)).body.sources;
    await upload(copy, source.id, TEXT);
    await until(async () => (await sourceOf(copy, source.id)).state === 'read');
    expect((await sourceOf(copy, source.id)).warnings).toEqual([
      'It does not say what was quoted from it, or not at the same place: R-1.',
    ]);
    // Where it is here already, it is compared at once.
    file.recommendations[0].reference = 'R-9';
    file.recommendations[0].id = randomUUID();
    file.recommendations = [file.recommendations[0]];
    expect((await send(copy, file)).body).toMatchObject({ added: 0, errors: [{ row: 1, field: 'Passage' }] });
  });

  it('what was merged there and is known here stays what it is here', async () => {
    const { address } = await archive();
    const copy = await newProcess(amara, 'Copy');
    const file = parsed(await download(address));
    const alone = { ...file, recommendations: [{ ...file.recommendations[1], mergedInto: null }] };
    expect((await send(copy, alone)).body).toMatchObject({ added: 1 });
    expect((await send(copy, file)).body).toMatchObject({ added: 2, unchanged: 1, errors: [] });
    const all = await allOf(amara, copy);
    expect([...all.keys()]).toEqual(['R-1', 'R-2']);
    expect(all.get('R-2')?.mergedIds).toHaveLength(1);
  });

  it('tells the history when asked, which an import does not look at', async () => {
    const { address } = await archive();
    const told = await download(address, '&history=true');
    const [first] = parsed(told).recommendations;
    expect(first.history[0]).toMatchObject({ kind: 'create', by: 'Amara Nwosu-Lind', version: 1 });
    const copy = await newProcess(amara, 'Copy');
    expect((await send(copy, told)).body).toMatchObject({ added: 3 });
    expect(bareLibrary(await download(copy))).toBe(bareLibrary(await download(address)));
  });

  it.each([
    [
      'a merge into what is not there',
      (f: ReturnType<typeof parsed>) => (f.recommendations[1].mergedInto = 'X'),
      /not in the file/,
    ],
    [
      'a merge in a circle',
      (f: ReturnType<typeof parsed>) => (f.recommendations[0].mergedInto = 'R-3'),
      /into itself/,
    ],
    ['a source that is not there', (f: ReturnType<typeof parsed>) => (f.sources = []), /own sources/],
    ['a source of no kind', (f: ReturnType<typeof parsed>) => (f.sources[0].kind = 'poem'), /kind/],
    [
      'an address that runs',
      (f: ReturnType<typeof parsed>) => (f.sources[0].url = 'javascript:alert(1)'),
      /url/,
    ],
    [
      'an id twice',
      (f: ReturnType<typeof parsed>) => (f.recommendations[1].id = f.recommendations[0].id),
      /twice/,
    ],
    [
      'an id that is none',
      (f: ReturnType<typeof parsed>) => (f.recommendations[1].id = '../x'),
      /recommendations\.1\.id/,
    ],
  ])('with %s is refused, and changes nothing', async (_name, spoil, message) => {
    const { address } = await archive();
    const file = parsed(await download(address));
    spoil(file);
    const copy = await newProcess(amara, 'Spoilt');
    const { status, body } = await send(copy, file);
    expect([status, body.code]).toEqual([422, 'unreadable-file']);
    expect(body.error).toMatch(message);
    expect((await allOf(amara, copy)).size).toBe(0);
    expect((await amara.get(`${copy}/sources`)).body.sources).toEqual([]);
  });
});
