import { readTable } from '@zerodraft/formats';
import { anchorRange, contentOf, numberBlocks, readBlocks } from '@zerodraft/schema';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TestClient } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS } from '../support/threads.ts';

let server: TestServer;
let mei: Person;
let jonas: Person;
let editor: TestClient;
let saves = 0;
beforeAll(async () => {
  server = await TestServer.start();
  [mei, jonas] = await Promise.all([Person.demo(server, 'mei'), Person.demo(server, 'jonas')]);
  editor = new TestClient(server, mei.cookie, { status: true });
  await editor.synced();
});
afterAll(async () => {
  editor?.destroy();
  await server?.remove();
});

type Row = Record<string, string>;
const rowsOf = async (person: Person, query = ''): Promise<Row[]> => {
  const { body, headers } = await person.get(`${THREADS}.csv${query}`);
  expect(headers.get('content-type')).toContain('text/csv');
  return Papa.parse<Row>(body.replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true }).data;
};
const rowSaying = async (text: string, person = jonas): Promise<Row | undefined> =>
  (await rowsOf(person)).find(({ Comment }) => Comment === text);
const change = async (work: () => void): Promise<void> => {
  editor.doc.transact(work);
  await editor.saved(++saves);
};

/** The clauses as they stand, with their numbers. */
function clauses() {
  const blocks = readBlocks(editor.doc);
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  return blocks.map((block, index) => ({ ...block, citation: numbers[index]?.citation ?? '' }));
}

it('has a row for each thread with number, section, quotation, organisation, state and replies', async () => {
  const clause = clauses().find(({ citation, text }) => citation === '5' && text.length > 20);
  if (!clause) throw new Error('no clause 5');
  const [from, to] = [4, 14];
  const range = { start: { clauseId: clause.id, offset: from }, end: { clauseId: clause.id, offset: to } };
  const anchor = anchorRange(editor.doc, range);
  const quote = clause.text.slice(from, to);
  const { id } = await start(jonas, { kind: 'range', clauseId: clause.id, anchor, quote, body: 'Too weak' });
  await reply(mei, id, `See #[clause:${clause.id}], @[person:jonas], &[recommendation:gone]`);
  await mei.put(`${THREADS}/states`, { threadIds: [id], state: 'not-accepted', reason: 'Agreed text' });
  const row = await rowSaying('Too weak');
  expect(row).toMatchObject({
    Number: '5',
    Place: 'Text',
    Quotation: quote,
    'Text removed': '',
    Organisation: 'A delegation from the Pacific region',
    Author: 'Jonas Okwuosa',
    State: 'Not accepted',
    'Decided by': 'Mei Castellanos',
    Reason: 'Agreed text',
    Round: 'Open for trying out',
    'Visible to': 'All',
  });
  expect(row?.Reply).toMatch(/^Mei Castellanos \(\d{4}-\d\d-\d\d\): See #5, @Jonas Okwuosa, @…$/);
  expect(row?.Section).not.toBe('');

  // A numbered paragraph before it: the number is the one of now.
  const at = clauses().findIndex(({ id: blockId }) => blockId === clause.id);
  await change(() => {
    const block = new Y.XmlElement('block');
    block.setAttribute('id', 'new-before');
    block.setAttribute('kind', clause.kind);
    contentOf(editor.doc).insert(at, [block]);
  });
  expect((await rowSaying('Too weak'))?.Number).toBe('6');
  // Its text gone, it stays with its clause.
  await change(() => {
    const block = contentOf(editor.doc).get(at + 1);
    const text = block instanceof Y.XmlElement ? block.get(0) : null;
    if (text instanceof Y.XmlText) text.delete(from, to - from);
  });
  expect(await rowSaying('Too weak')).toMatchObject({ Number: '6', 'Text removed': 'yes', Quotation: quote });
});

it('shows what begins like a formula as text', async () => {
  const formula = '=HYPERLINK("http://x.example")';
  await start(jonas, { body: formula });
  for (const sign of ['+1', '-1', '@x', '\t=1'])
    await start(jonas, { kind: 'section', sectionId: 's', quote: sign, body: 'Sign' });
  const csv: string = (await mei.get(`${THREADS}.csv`)).body;
  for (const cell of Papa.parse<string[]>(csv.replace(/^\ufeff/, '')).data.flat())
    expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  expect(csv).toContain(`'${formula.replaceAll('"', '""')}`);
  const sheet = await xlsxOf(mei);
  expect(sheet.flat()).toContain(formula);
});

async function xlsxOf(person: Person): Promise<string[][]> {
  const response = await fetch(`${server.url}${THREADS}.xlsx`, { headers: { cookie: person.cookie } });
  expect(response.headers.get('content-type')).toContain('spreadsheetml');
  const { rows } = await readTable(new Uint8Array(await response.arrayBuffer()), 'comments.xlsx');
  return rows.map(({ cells }) => cells);
}

it('holds private threads for the team alone, and for them only when they want', async () => {
  await start(mei, { visibility: 'team', body: 'For the team' });
  const has = (rows: Row[]) => rows.some(({ Comment }) => Comment === 'For the team');
  expect(has(await rowsOf(mei))).toBe(true);
  expect(has(await rowsOf(mei, '?visibility=all'))).toBe(false);
  for (const query of ['', '?visibility=team']) expect(has(await rowsOf(jonas, query))).toBe(false);
  expect((await xlsxOf(mei)).flat()).toContain('For the team');
  expect((await xlsxOf(jonas)).flat()).not.toContain('For the team');
});
