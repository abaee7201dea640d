import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { join } from 'node:path';
import { MARK_END, MARK_START, type Source, type SourceParagraph } from '@zerodraft/contract';
import { MAX_DOCUMENT_BYTES } from '@zerodraft/formats';
import { pdfBomb, pdfOf, scannedPdf, wordDocument } from '@zerodraft/formats/documents/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '../crash/log-file.ts';
import { zerodraft } from '../support/cli.ts';
import { TestClient, until } from '../support/client.ts';
import { newSource, readSource, SOURCES, settled, sourceOf, upload } from '../support/documents.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PROCESS = '/api/processes/global-compact-sample';

let server: TestServer;
let amara: Person;
let leila: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
  leila = await Person.demo(server, 'leila');
});
afterAll(() => server?.remove());

const TEXT = `States should ensure access to schools.

Cities asked for funds; they named transport and housing.

Schools need teachers.`;

async function paragraphsOf(person: Person, id: string, query = ''): Promise<SourceParagraph[]> {
  return (await person.get(`${SOURCES}/${id}/paragraphs${query}`)).body.paragraphs;
}

/** How many rows of a table belong to a source. */
function rows(table: 'source_part' | 'source_paragraph', sourceId: string): number {
  return database(server.dataDir, (db) =>
    Number(db.prepare(`select count(*) from ${table} where sourceId = ?`).pluck().get(sourceId)),
  );
}

describe('documents', () => {
  it('of each kind are read, and read by every member', async () => {
    const pdf = await pdfOf((page) => void page.text('A point about work.').addPage().text('Another.'), {
      info: { Title: 'Two pages' },
      lang: 'en',
    });
    const read = [
      await readSource(amara, await wordDocument(), 'input.docx'),
      await readSource(amara, pdf, 'summary.pdf', { kind: 'session-summary', language: 'fr' }),
      await readSource(amara, '<!doctype html><html lang="es"><p>Uno<p>Dos</html>', 'pagina.html'),
      await readSource(amara, '# Box\n\n* one\n* two', 'box.md', { title: 'From the box' }),
      await readSource(amara, TEXT, 'notes.txt'),
    ];
    expect(
      read.map(({ state, format, title, language, paragraphs }) => [
        state,
        format,
        title,
        language,
        paragraphs,
      ]),
    ).toEqual([
      ['read', 'docx', 'Written input of the Cities Network', null, 7],
      // What people have said about a source stays.
      ['read', 'pdf', 'Two pages', 'fr', 2],
      ['read', 'html', 'pagina', 'es', 2],
      ['read', 'markdown', 'From the box', null, 3],
      ['read', 'text', 'notes', null, 3],
    ]);
    const [, second] = read;
    expect(await paragraphsOf(leila, second?.id ?? '')).toEqual([
      { n: 1, kind: 'paragraph', page: 1, text: 'A point about work.' },
      { n: 2, kind: 'paragraph', page: 2, text: 'Another.' },
    ]);
    const { sources } = (await leila.get(SOURCES)).body;
    expect(sources.map(({ id }: Source) => id).sort()).toEqual(read.map(({ id }) => id).sort());
  });

  it('are handed out as they were uploaded, and do nothing when opened', async () => {
    const page = '<!doctype html><script>alert(1)</script><p>Text';
    const { id } = await readSource(amara, page, 'Beitrag "größer" – 1.html');
    const response = await fetch(`${server.url}${SOURCES}/${id}/file`, { headers: { cookie: leila.cookie } });
    expect(await response.text()).toBe(page);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-length': String(page.length),
      'content-disposition': `attachment; filename="Beitrag _gr__er_ _ 1.html"; filename*=UTF-8''Beitrag%20%22gr%C3%B6%C3%9Fer%22%20%E2%80%93%201.html`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    // In more than one part.
    const large = Buffer.alloc(3 * 1024 * 1024 + 17, 'Words and more words.\n\n');
    const big = await readSource(amara, large, 'large.txt');
    expect(big).toMatchObject({ state: 'failed', fileSize: large.length });
    const again = await fetch(`${server.url}${SOURCES}/${big.id}/file`, {
      headers: { cookie: leila.cookie },
    });
    expect(large.equals(Buffer.from(await again.arrayBuffer()))).toBe(true);
    expect(again.headers.get('content-type')).toBe('application/octet-stream');
    await amara.delete(`${SOURCES}/${big.id}`);
  });

  it('ten at once: those that cannot be read say why, and cost the others nothing', async () => {
    const word = await wordDocument();
    const secret = await pdfOf((page) => void page.text('Secret'), { userPassword: 'x', ownerPassword: 'y' });
    const files: [string, Uint8Array | string, Source['state'], RegExp | null][] = [
      ['1.docx', word, 'read', null],
      ['2.docx', word.subarray(0, 3_000), 'failed', /2\.docx is damaged/],
      ['3.pdf', await scannedPdf(), 'no-text', /3\.pdf has no text.*OCR.*upload it again/],
      ['4.pdf', secret, 'failed', /4\.pdf is encrypted/],
      ['5.pdf', word, 'read', null],
      ['6.pdf', await pdfBomb(40), 'failed', /6\.pdf takes too much memory/],
      ['7.txt', TEXT, 'read', null],
      ['8.exe', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0]), 'failed', /8\.exe is no document/],
      ['9.txt', new Uint8Array(Buffer.from('Genève', 'latin1')), 'read', null],
      ['10.md', '# Title\n\nText', 'read', null],
    ];
    const results = await Promise.all(
      files.map(async ([name, bytes, state, problem]) => {
        const source = await readSource(amara, bytes, name);
        expect(source.state, name).toBe(state);
        if (problem) expect(source.problem).toMatch(problem);
        else expect(source.problem, name).toBeNull();
        return source;
      }),
    );
    expect(results[4]).toMatchObject({ format: 'docx', warnings: [expect.stringContaining('.pdf')] });
    expect(results[8]?.warnings).toEqual([expect.stringContaining('windows-1252')]);
    expect(results[2]?.format).toBe('pdf');
    expect(await paragraphsOf(amara, results[2]?.id ?? '')).toEqual([]);
    // Mended and uploaded again, it is read.
    const mended = await upload(amara, results[3]?.id ?? '', TEXT, '4.txt');
    expect(mended).toMatchObject({ status: 200, body: { source: { fileName: '4.txt', problem: null } } });
    expect(await settled(amara, results[3]?.id ?? '')).toMatchObject({ state: 'read', paragraphs: 3 });
  });

  it('that are none, too large or broken off leave nothing behind', async () => {
    const id = await newSource(amara);
    expect(await upload(amara, id, '', 'a.txt')).toMatchObject({ status: 422, body: { code: 'empty' } });
    expect(await upload(amara, id, TEXT, 'a/b.txt')).toMatchObject({ status: 400 });
    expect(await upload(amara, id, '{}', 'a.txt', { 'content-type': 'application/json' })).toMatchObject({
      status: 415,
    });
    expect(await upload(amara, randomUUID(), TEXT, 'a.txt')).toMatchObject({ status: 404 });
    expect(await upload(amara, id, new Uint8Array(MAX_DOCUMENT_BYTES + 1), 'a.pdf')).toMatchObject({
      status: 413,
      body: { code: 'too-large', error: expect.stringContaining('25 MiB') },
    });
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(512 * 1024));
      },
    });
    const init = { method: 'PUT', body: endless, duplex: 'half' } as const;
    const headers = { cookie: amara.cookie, 'content-type': 'application/octet-stream' };
    const tooLarge = await fetch(`${server.url}${SOURCES}/${id}/file?name=a.pdf`, { ...init, headers }).then(
      ({ status }) => status,
      // The server has closed before the client was done.
      () => 413,
    );
    expect(tooLarge).toBe(413);
    await new Promise<void>((resolve) => {
      const half = request(`${server.url}${SOURCES}/${id}/file?name=a.pdf`, {
        method: 'PUT',
        headers: { ...headers, 'content-length': String(MAX_DOCUMENT_BYTES) },
      });
      half.on('error', () => resolve());
      half.on('close', () => resolve());
      half.write(Buffer.alloc(3 * 1024 * 1024));
      void until(() => rows('source_part', id) > 0).then(() => half.destroy());
    });
    await until(() => rows('source_part', id) === 0);
    expect(await sourceOf(amara, id)).toMatchObject({ state: 'no-file', fileName: null, version: 1 });
    expect((await amara.get(`${SOURCES}/${id}/file`)).body.code).toBe('no-file');
  });

  it('sent twice are kept once; the same file elsewhere is told of', async () => {
    const first = await readSource(amara, 'The very same words.', 'same.txt', { title: 'The first' });
    const id = await newSource(amara, { title: 'The second' });
    const { body } = await upload(amara, id, 'The very same words.', 'copy.txt');
    expect(body.same).toEqual([{ id: first.id, title: 'The first' }]);
    const read = await settled(amara, id);
    const twice = await upload(amara, id, 'The very same words.', 'copy.txt');
    expect(twice.body.source).toEqual(read);
    expect(rows('source_part', id)).toBe(1);
    const other = await upload(amara, id, 'Other words. ', 'other.txt');
    expect(other.body).toMatchObject({ source: { fileName: 'other.txt' }, same: [] });
    await settled(amara, id);
    expect((await paragraphsOf(amara, id)).map(({ text }) => text)).toEqual(['Other words.']);
    expect(rows('source_part', id)).toBe(1);
  });
});

it('of two uploads at once the last to end is the file, whole', async () => {
  const id = await newSource(amara);
  const slow = Buffer.alloc(1_500_000, 'Slow words. ');
  let finish = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(slow.subarray(0, 1_100_000)));
      finish = () => {
        controller.enqueue(new Uint8Array(slow.subarray(1_100_000)));
        controller.close();
      };
    },
  });
  const headers = { cookie: amara.cookie, 'content-type': 'application/octet-stream' };
  const init = { method: 'PUT', headers, body, duplex: 'half' } as const;
  const late = fetch(`${server.url}${SOURCES}/${id}/file?name=slow.txt`, init);
  await until(() => rows('source_part', id) > 0);
  expect((await upload(amara, id, TEXT, 'quick.txt')).status).toBe(200);
  await settled(amara, id);
  finish();
  expect((await late).status).toBe(200);
  expect(await settled(amara, id)).toMatchObject({ fileName: 'slow.txt', fileSize: slow.length });
  const file = await fetch(`${server.url}${SOURCES}/${id}/file`, { headers: { cookie: amara.cookie } });
  expect(slow.equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
  expect(rows('source_part', id)).toBe(2);
});

describe('what is said about a source', () => {
  it('a request that is sent again makes one source; an id of another is refused', async () => {
    const id = randomUUID();
    expect((await amara.post(SOURCES, { id, title: 'Once' })).status).toBe(201);
    const again = await amara.post(SOURCES, { id, title: 'Once' });
    expect(again).toMatchObject({ status: 200, body: { id, title: 'Once', state: 'no-file' } });
    const mei = await Person.demo(server, 'mei');
    expect(await mei.post(SOURCES, { id, title: 'Mine' })).toMatchObject({
      status: 409,
      body: { code: 'taken' },
    });
  });

  it('is changed by one at a time', async () => {
    const id = await newSource(amara, {
      title: 'Before',
      who: 'A network',
      stakeholderKind: 'Civil society',
    });
    const change = { version: 1, title: 'After', language: 'fr-CH', symbol: 'A/71/728', date: '2017-12-11' };
    expect(await amara.patch(`${SOURCES}/${id}`, change)).toMatchObject({
      status: 200,
      body: { ...change, who: 'A network', version: 2 },
    });
    const late = await amara.patch(`${SOURCES}/${id}`, { version: 1, title: 'Too late' });
    expect(late).toMatchObject({ status: 409, body: { code: 'changed' } });
    for (const wrong of [
      { language: 'no language' },
      { date: '11.12.2017' },
      { url: 'javascript:alert(1)' },
    ]) {
      const { status } = await amara.patch(`${SOURCES}/${id}`, { version: 2, ...wrong });
      expect(status, JSON.stringify(wrong)).toBe(400);
    }
    expect(await sourceOf(amara, id)).toMatchObject({ title: 'After', version: 2 });
  });

  it('is of its own process only', async () => {
    const { id } = await readSource(amara, TEXT, 'own.txt');
    const settings = { themes: ['T'], dimensions: ['D'] };
    const { body: other } = await amara.post('/api/processes', { name: 'Another', ...settings });
    const elsewhere = `/api/processes/${other.id}/sources`;
    expect((await amara.get(elsewhere)).body).toEqual({ sources: [] });
    for (const path of ['', '/file', '/paragraphs', '/search?q=schools'])
      expect((await amara.get(`${elsewhere}/${id}${path}`)).status, path).toBe(404);
    expect((await amara.patch(`${elsewhere}/${id}`, { version: 1, title: 'X' })).status).toBe(404);
    expect((await amara.delete(`${elsewhere}/${id}`)).status).toBe(404);
    expect((await amara.post(elsewhere, { id })).body.code).toBe('taken');
    expect(await sourceOf(amara, id)).toMatchObject({ state: 'read' });
  });
});

describe('the text', () => {
  it('is read in stretches and searched', async () => {
    const lines = Array.from(
      { length: 1_203 },
      (_, n) => `Paragraph ${n + 1} is about ${n % 3 ? 'a school' : 'réfugiés'}.`,
    );
    const { id, paragraphs } = await readSource(amara, lines.join('\n\n'), 'long.txt');
    expect(paragraphs).toBe(1_203);
    expect(await paragraphsOf(amara, id)).toHaveLength(500);
    const tail = await paragraphsOf(amara, id, '?from=1200&to=5000');
    expect(tail.map(({ n }) => n)).toEqual([1_200, 1_201, 1_202, 1_203]);
    const headed = await readSource(amara, '# One\n\nText\n\n## Two\n\nText', 'headed.md');
    const headings = await paragraphsOf(leila, headed.id, '?kind=heading');
    expect(headings.map(({ n, text }) => [n, text])).toEqual([
      [1, 'One'],
      [3, 'Two'],
    ]);
    const { body } = await leila.get(`${SOURCES}/${id}/search?q=refugie`);
    expect(body.total).toBe(401);
    expect(body.hits[1]).toEqual({
      n: 4,
      page: null,
      excerpt: `Paragraph 4 is about ${MARK_START}réfugiés${MARK_END}.`,
    });
    expect((await leila.get(`${SOURCES}/${id}/search?q=schools`)).body.total).toBe(802);
    expect((await leila.get(`${SOURCES}/${id}/search?q=%22about a%22 1201`)).body.total).toBe(0);
    expect((await leila.get(`${SOURCES}/${id}/search?q=-`)).body).toEqual({ hits: [], total: 0 });
  });
});

describe('a recommendation from a passage', () => {
  const cite = (sourceId: string, over: object = {}) => ({
    id: randomUUID(),
    sourceId,
    passage: {
      from: { n: 1, offset: 7 },
      to: { n: 2, offset: 22 },
      quote: 'should ensure access to schools.\nCities asked for funds',
    },
    ...over,
  });

  it('takes from the source what is not said, and points back to its place', async () => {
    const source = await readSource(amara, TEXT, 'input.txt', {
      title: 'Input',
      symbol: 'A/1',
      who: 'Cities Network',
      stakeholderKind: 'Local authority',
      date: '2017-06-01',
    });
    const wanted = cite(source.id, { kind: 'Partnership' });
    const { status, body } = await amara.post(`${PROCESS}/recommendations`, wanted);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...wanted,
      reference: 'R-0001',
      title: 'should ensure access to schools',
      text: wanted.passage.quote,
      source: 'Cities Network',
      kind: 'Partnership',
      sourceKind: 'Local authority',
      document: 'A/1, Input',
      locator: 'paras. 1–2',
      date: '2017-06-01',
      themes: [],
      dimensions: [],
    });
    expect((await amara.post(`${PROCESS}/recommendations`, wanted)).status).toBe(200);
    const second = await amara.post(`${PROCESS}/recommendations`, cite(source.id, { title: 'Funds' }));
    expect(second.body).toMatchObject({ reference: 'R-0002', title: 'Funds' });
    expect((await leila.get(`${SOURCES}/${source.id}`)).body).toMatchObject({
      source: { recommendations: 2 },
      citations: [
        { id: wanted.id, reference: 'R-0001', passage: wanted.passage },
        { reference: 'R-0002', title: 'Funds' },
      ],
    });
    const { body: list } = await leila.get(`${PROCESS}/recommendations`);
    const summary = list.recommendations.find(({ id }: { id: string }) => id === wanted.id);
    expect(summary).toMatchObject({ sourceId: source.id, reference: 'R-0001' });
    expect(summary).not.toHaveProperty('passage');

    // What recommendations point into is neither deleted nor exchanged.
    expect(await amara.delete(`${SOURCES}/${source.id}`)).toMatchObject({
      status: 409,
      body: { code: 'cited', error: expect.stringContaining('2 recommendations') },
    });
    expect((await upload(amara, source.id, 'Other text.', 'other.txt')).body.code).toBe('cited');
    expect((await paragraphsOf(amara, source.id)).length).toBe(3);
  });

  it('is refused when the source does not say that there, or terms are unknown', async () => {
    const { id } = await readSource(amara, TEXT, 'input.txt');
    const good = cite(id).passage;
    const refusals: [object, number, string][] = [
      [{ passage: { ...good, quote: 'Something that nobody said' } }, 409, 'moved-passage'],
      [{ passage: { ...good, to: { n: 9, offset: 3 } } }, 409, 'moved-passage'],
      [{ passage: { ...good, quote: '' } }, 400, 'bad-request'],
      [{ sourceId: randomUUID() }, 404, 'no-source'],
      [{ themes: ['Nobody has this theme'] }, 422, 'unknown-term'],
      [{ reference: 'R-0001' }, 409, 'taken'],
    ];
    for (const [over, status, code] of refusals)
      expect(await amara.post(`${PROCESS}/recommendations`, cite(id, over))).toMatchObject({
        status,
        body: { code },
      });
    expect((await sourceOf(amara, id)).recommendations).toBe(0);
  });
});

it('those who have a draft open are told, and the log says who did what', async () => {
  const client = new TestClient(server, leila.cookie, { status: true });
  await client.synced();
  const told = () => client.notices.filter((topic) => topic === 'sources').length;
  const id = await newSource(amara, { title: 'Told of' });
  await until(() => told() === 1);
  await upload(amara, id, TEXT, 'told.txt');
  await settled(amara, id);
  await until(() => told() === 3);
  await amara.patch(`${SOURCES}/${id}`, { version: 2, who: 'Somebody' });
  expect((await amara.delete(`${SOURCES}/${id}`)).status).toBe(200);
  await until(() => told() === 5);
  client.destroy();
  const { entries } = (await amara.get(`${PROCESS}/audit?objectKind=source&objectId=${id}`)).body;
  expect(entries.map(({ action, userId }: { action: string; userId: string }) => [action, userId])).toEqual([
    ['source.delete', 'amara'],
    ['source.change', 'amara'],
    ['source.upload', 'amara'],
    ['source.create', 'amara'],
  ]);
  expect([rows('source_part', id), rows('source_paragraph', id)]).toEqual([0, 0]);
});

it('a backup holds the documents; what is damaged is found', async () => {
  const { id } = await readSource(amara, TEXT, 'kept.txt', { title: 'Kept in the backup' });
  const file = join(server.dataDir, 'copy.db');
  const { code, output } = await zerodraft(server.dataDir, 'backup', file);
  expect([code, output]).toEqual([0, expect.stringContaining('can be read')]);
  expect((await zerodraft(server.dataDir, 'verify')).output).toMatch(/\d+ documents of sources read/);
  database(server.dataDir, (db) =>
    db.prepare('update source_part set bytes = ? where sourceId = ?').run(Buffer.from('other'), id),
  );
  const verified = await zerodraft(server.dataDir, 'verify');
  expect(verified).toMatchObject({
    code: 1,
    output: expect.stringContaining('"Kept in the backup": its document is damaged'),
  });
  await server.stop();
  expect((await zerodraft(server.dataDir, 'restore', file)).code).toBe(0);
  await server.run();
  const response = await fetch(`${server.url}${SOURCES}/${id}/file`, { headers: { cookie: amara.cookie } });
  expect(await response.text()).toBe(TEXT);
});

it('a process that leaves the bin takes its sources along', async () => {
  const settings = { themes: ['T'], dimensions: ['D'] };
  const { body: made } = await amara.post('/api/processes', { name: 'Short-lived', ...settings });
  const home = `/api/processes/${made.id}`;
  const id = randomUUID();
  await amara.post(`${home}/sources`, { id });
  const response = await fetch(`${server.url}${home}/sources/${id}/file?name=a.txt`, {
    method: 'PUT',
    headers: { cookie: amara.cookie, 'content-type': 'application/octet-stream' },
    body: TEXT,
  });
  expect(response.status).toBe(200);
  await until(async () => (await amara.get(`${home}/sources/${id}`)).body.source.state === 'read');
  const passage = { from: { n: 3, offset: 0 }, to: { n: 3, offset: 7 }, quote: 'Schools' };
  const cited = await amara.post(`${home}/recommendations`, { id: randomUUID(), sourceId: id, passage });
  expect(cited.status).toBe(201);
  expect(rows('source_paragraph', id)).toBe(3);
  expect((await amara.put(`${home}/state`, { state: 'deleted' })).status).toBe(200);
  await server.stop();
  database(server.dataDir, (db) =>
    db.prepare("update process set stateSince = '2020-01-01T00:00:00.000Z' where id = ?").run(made.id),
  );
  await server.run();
  await until(() => rows('source_paragraph', id) === 0);
  expect(rows('source_part', id)).toBe(0);
});
