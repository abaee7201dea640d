import { MARK_END, MARK_START, type SourcesHits, type Suggestion } from '@zerodraft/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT } from '../support/client.ts';
import { readSource, SOURCES } from '../support/documents.ts';
import { allOf, importRows, newProcess, pageOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS } from '../support/threads.ts';

let server: TestServer;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterAll(() => server?.remove());

const shown = (text: string): string => text.replaceAll(MARK_START, '[').replaceAll(MARK_END, ']');
const HEAD = ['Reference', 'Title', 'Text', 'Source'];
const ROWS = [
  [
    'Z-1',
    '关于移民儿童的建议',
    '各国应当终止对移民儿童的拘留，并在2030年以前关闭拘留场所。国际migration组织与IOM合作。',
    '人权组织',
  ],
  ['Z-2', 'On migration', 'A report of the 移徙 committee on migration policies; nothing else.', 'Kenya'],
  ['Z-3', '子どもの権利', '移民のデータを保護する。国民ではない。', 'NGO'],
  ['Z-4', 'การกักขังเด็ก', 'รัฐควรยุติการกักขังเด็กผู้อพยพ', 'NGO'],
  ['Z-5', 'Schools', 'Enrol children in schools.', 'Kenya'],
];

async function librarySearch(q: string, address: string) {
  const { status, body } = await amara.post(`${address}/library/search`, { q, limit: 50 });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}
async function found(q: string, address: string): Promise<string[]> {
  const { items } = await librarySearch(q, address);
  const references = items.map(({ reference }: { reference: string }) => reference).sort();
  const { total } = (await amara.post(`${address}/library/facets`, { q })).body;
  expect(total).toBe(references.length);
  const plain = await amara.get(`${address}/search?q=${encodeURIComponent(q)}`);
  expect(plain.body.hits).toHaveLength(references.length);
  return references;
}

describe('in the library', () => {
  let address: string;
  beforeAll(async () => {
    address = await newProcess(amara, 'Without spaces');
    expect((await importRows(amara, [HEAD, ...ROWS], address)).body.errors).toEqual([]);
  });

  it('a word is found wherever it stands, and nothing that only has its signs', async () => {
    expect(await found('移民', address)).toEqual(['Z-1', 'Z-3']);
    expect(await found('儿童的拘留', address)).toEqual(['Z-1']);
    expect(await found('拘', address)).toEqual(['Z-1']);
    expect(await found('民移', address)).toEqual([]);
    expect(await found('データ', address)).toEqual(['Z-3']);
    expect(await found('デ', address)).toEqual(['Z-3']);
    expect(await found('กักขัง', address)).toEqual(['Z-4']);
    // The same letters with other marks are another word.
    expect(await found('เดก', address)).toEqual([]);
    expect(await found('เดิก', address)).toEqual([]);
    expect(await found('人权', address)).toEqual(['Z-1']);
  });

  it('beside words with spaces, in phrases, and with figures between', async () => {
    expect(await found('移民 migration', address)).toEqual(['Z-1']);
    expect(await found('移徙 migrations kenya', address)).toEqual(['Z-2']);
    expect(await found('"移徙 committee"', address)).toEqual(['Z-2']);
    expect(await found('"committee 移徙"', address)).toEqual([]);
    expect(await found('"移民儿童" "拘留场所"', address)).toEqual(['Z-1']);
    expect(await found('移民，儿童', address)).toEqual(['Z-1']);
    expect(await found('2030年', address)).toEqual(['Z-1']);
    expect(await found('2030', address)).toEqual(['Z-1']);
    // A word with spaces is whole between signs that have none.
    expect(await found('iom', address)).toEqual(['Z-1']);
    expect(await found('migration', address)).toEqual(['Z-1', 'Z-2']);
    expect(await found('school', address)).toEqual(['Z-5']);
  });

  it('is marked in titles and excerpts, which read as they were written', async () => {
    const [item] = (await librarySearch('移民 migration 拘留', address)).items;
    expect(shown(item.title)).toBe('关于[移民]儿童的建议');
    expect(shown(item.excerpt)).toBe(
      '各国应当终止对[移民]儿童的[拘留]，并在2030年以前关闭[拘留]场所。国际[migration]组织与IOM合作。',
    );
    const [thai] = (await librarySearch('กักขัง', address)).items;
    expect(shown(thai.title)).toBe('การ[กักขัง]เด็ก');
    // What says it in the title comes first.
    const { items } = await librarySearch('移民', address);
    expect(items.map(({ reference }: { reference: string }) => reference)).toEqual(['Z-1', 'Z-3']);
    // Where nothing is looked for, or something else, it reads as it was written as well.
    const all = (await librarySearch('', address)).items;
    expect(all[0].title).toBe('关于移民儿童的建议');
    const [other] = (await librarySearch('kenya', address)).items;
    expect(`${other.title}${other.excerpt}`).not.toMatch(/\p{Cc}/u);
  });

  it('is found as it was changed last', async () => {
    const id = (await allOf(amara, address)).get('Z-5')?.id ?? '';
    const change = async (set: object): Promise<void> => {
      const { version } = await pageOf(amara, id, address);
      const { status, body } = await amara.patch(`${address}/recommendations/${id}`, { version, ...set });
      expect(status, JSON.stringify(body)).toBe(200);
    };
    await change({ text: '让儿童上学。' });
    expect(await found('上学', address)).toEqual(['Z-5']);
    expect(await found('enrol', address)).toEqual([]);
    await change({ text: '让儿童入学。' });
    expect(await found('上学', address)).toEqual([]);
    expect(await found('入学', address)).toEqual(['Z-5']);
    await change({ text: 'Enrol children.' });
    expect(await found('入学', address)).toEqual([]);
    expect(await found('enrol', address)).toEqual(['Z-5']);
  });

  it('is a likely link of a clause, with the words that both have', async () => {
    const { body: draft } = await amara.post(`${address}/drafts`, { title: 'Draft' });
    const suggest = { clauseId: 'unknown-clause', text: '我们承诺不再拘留任何儿童。' };
    const { body } = await amara.post(`/api/drafts/${draft.id}/suggestions`, suggest);
    const [first]: Suggestion[] = body.suggestions;
    expect(first?.reference).toBe('Z-1');
    expect(first?.why.words).toEqual(expect.arrayContaining(['拘留', '儿童']));
  });
});

it('in sources, of all and of one, with the words marked', async () => {
  const source = await readSource(
    amara,
    '第一段。\n\n联合国根据IOM的报告保护移民工人。\n\nNothing of it here.\n\n移民移民',
    'chinese.txt',
    { title: '报告', language: 'zh' },
  );
  const all = async (q: string): Promise<SourcesHits> =>
    (await amara.get(`${SOURCES}/search?q=${encodeURIComponent(q)}`)).body;
  const hits = (await all('移民')).hits.map(({ n, excerpt }) => [n, shown(excerpt)]);
  expect(hits.sort()).toEqual([
    [2, '联合国根据IOM的报告保护[移民]工人。'],
    [4, '[移民][移民]'],
  ]);
  expect((await all('IOM的报告 工人')).hits.map(({ n }) => n)).toEqual([2]);
  expect((await all('"iom"')).hits.map(({ excerpt }) => shown(excerpt))[0]).toContain('根据[IOM]的');
  const one = async (q: string) =>
    (await amara.get(`${SOURCES}/${source.id}/search?q=${encodeURIComponent(q)}`)).body;
  expect(await one('报告')).toEqual({
    hits: [{ n: 2, page: null, excerpt: `联合国根据IOM的${MARK_START}报告${MARK_END}保护移民工人。` }],
    total: 1,
  });
  expect((await one('人移')).total).toBe(0);
});

it('in comments and their quotations, as they are now', async () => {
  const { id, commentId } = await start(amara, { body: '这一条应当提到难民儿童。' });
  const answer = await reply(amara, id, 'ผู้ลี้ภัย must be named, too.');
  const search = async (q: string) =>
    (await amara.get(`${THREADS}/search?q=${encodeURIComponent(q)}`)).body.hits.map(
      (hit: { commentId: string; excerpt: string }) => [hit.commentId, shown(hit.excerpt)],
    );
  expect(await search('难民')).toEqual([[commentId, '这一条应当提到[难民]儿童。']]);
  expect(await search('ลี้ภัย named')).toEqual([[answer, 'ผู้[ลี้ภัย] must be [named], too.']]);
  const address = `/api/drafts/${DRAFT}/threads/${id}/comments/${commentId}`;
  expect((await amara.patch(address, { body: '这一条应当提到老人。' })).status).toBe(200);
  expect(await search('难民')).toEqual([]);
  expect(await search('老人')).toHaveLength(1);
  expect((await amara.delete(address)).status).toBe(200);
  expect(await search('老人')).toEqual([]);
});
