import { MARK_END, MARK_START, type SourcesHits } from '@zerodraft/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newSource, readSource, SOURCES, settled, sourceOf, upload } from '../support/documents.ts';
import { newProcess } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
let jonas: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
  jonas = await Person.demo(server, 'jonas');
});
afterAll(() => server?.remove());

async function search(q: string, more = ''): Promise<SourcesHits> {
  const { status, body } = await jonas.get(`${SOURCES}/search?q=${encodeURIComponent(q)}${more}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}
const places = ({ hits }: SourcesHits): string[] => hits.map(({ title, n }) => `${title} ${n}`);

it('finds in all sources: words in their forms, beginnings, phrases, whatever the accents', async () => {
  const first = await readSource(
    amara,
    'Quokkas graze.\n\nThe quokka fund pays for <b>teachers</b>.\n\nNothing here.',
    'first.txt',
    { title: 'First' },
  );
  const second = await readSource(
    amara,
    '# Les réfugiés\n\nA fund for quokkas and for réfugiés.',
    'second.md',
    {
      title: 'Second',
      language: 'fr',
    },
  );
  const found = await search('quokkas');
  expect([found.total, found.sources]).toEqual([3, 2]);
  expect(places(found).sort()).toEqual(['First 1', 'First 2', 'Second 2']);
  expect(places(await search('"quokka fund"'))).toEqual(['First 2']);
  expect(places(await search('quok fund')).sort()).toEqual(['First 2', 'Second 2']);
  const [hit] = (await search('refugie quokka')).hits;
  expect(hit).toEqual({
    sourceId: second.id,
    title: 'Second',
    language: 'fr',
    n: 2,
    page: null,
    excerpt: `A fund for ${MARK_START}quokkas${MARK_END} and for ${MARK_START}réfugiés${MARK_END}.`,
  });
  // Markup of a text is text, and the query language has no errors.
  expect((await search('teachers quokka')).hits[0]?.excerpt).toContain('<b>');
  for (const odd of ['-', '"', 'OR', 'NEAR(', '*', "'; drop table source", 'quokka AND']) await search(odd);
  expect(await search('"')).toEqual({ hits: [], total: 0, sources: 0 });

  // What is deleted or exchanged is found no more, and what takes its place is.
  await upload(amara, second.id, 'Kakapos, now.', 'second.txt');
  await settled(amara, second.id);
  expect((await search('quokka')).sources).toBe(1);
  expect(places(await search('kakapo'))).toEqual(['Second 1']);
  const { version } = await sourceOf(amara, first.id);
  expect((await amara.delete(`${SOURCES}/${first.id}?version=${version}`)).status).toBe(200);
  expect((await search('quokka')).total).toBe(0);
});

it('gives a page at a time, each place once, in one order', async () => {
  for (const name of ['p', 'q', 'r']) {
    const lines = Array.from({ length: 9 }, (_, n) => `Wombat ${'and more '.repeat(n)}${name}.`);
    await readSource(amara, lines.join('\n\n'), `${name}.txt`);
  }
  const pages = [];
  for (let offset = 0; offset < 27; offset += 10)
    pages.push(await search('wombat', `&offset=${offset}&limit=10`));
  expect(pages.map(({ hits, total, sources }) => [hits.length, total, sources])).toEqual([
    [10, 27, 3],
    [10, 27, 3],
    [7, 27, 3],
  ]);
  expect(new Set(pages.flatMap(places)).size).toBe(27);
  expect((await search('wombat', '&offset=40')).hits).toEqual([]);
});

it('is of one process, of what is read, and for its members', async () => {
  const other = await newProcess(amara, 'Of others');
  await readSource(amara, 'A numbat.', 'numbat.txt');
  await newSource(amara, { title: 'numbat' });
  expect((await search('numbat')).total).toBe(1);
  const elsewhere = await amara.get(`${other}/sources/search?q=numbat`);
  expect(elsewhere.body).toEqual({ hits: [], total: 0, sources: 0 });
  expect((await jonas.get(`${other}/sources/search?q=numbat`)).status).toBe(404);
  for (const query of ['', '?q=', `?q=${'x'.repeat(201)}`, '?q=a&limit=1000', '?q=a&offset=-1'])
    expect((await jonas.get(`${SOURCES}/search${query}`)).status, query).toBe(400);
});
