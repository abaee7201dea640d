import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readDocument } from '@zerodraft/formats/documents';
import { numberBlocks, readBlocks } from '@zerodraft/schema';
import { addLink, readLinks, removeLink } from '@zerodraft/trace';
import BetterSqlite from 'better-sqlite3';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { allOf, PROCESS } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let mei: Person;
let editor: TestClient;
beforeAll(async () => {
  server = await TestServer.start();
  mei = await Person.demo(server, 'mei');
  editor = new TestClient(server, mei.cookie, { status: true });
  await editor.synced();
});
afterAll(async () => {
  editor?.destroy();
  await server?.remove();
});

const address = (query: Record<string, string>) =>
  `/api/drafts/${DRAFT}/footprint?${new URLSearchParams(query)}`;

/** The bytes of a file that somebody asks for. */
async function download(query: Record<string, string>, person = mei) {
  const response = await fetch(server.url + address(query), { headers: { cookie: person.cookie } });
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}
const textOf = async (query: Record<string, string>): Promise<string> => {
  const { bytes } = await download(query);
  const { paragraphs } = await readDocument(bytes, `footprint.${query.format}`);
  return paragraphs.map(({ text }) => text).join('\n');
};

/** A clause that is linked in the sample, and by what. */
function linkedClause() {
  const blocks = readBlocks(editor.doc);
  const [link] = readLinks(editor.doc, blocks);
  const index = blocks.findIndex(({ id }) => id === link?.clauseId);
  const citation = numberBlocks(blocks.map(({ kind }) => kind))[index]?.citation ?? '';
  if (!link) throw new Error('the sample has no link');
  return { link, citation, text: blocks[index]?.text ?? '' };
}

describe('a footprint as a file', () => {
  it.each([
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
    ['pdf', 'application/pdf', 'pdf'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
    ['html', 'text/html; charset=utf-8', 'html'],
    ['prov-json', 'application/json', 'prov.json'],
  ])('is handed out as %s, as an attachment that does nothing', async (format, type, extension) => {
    const { status, headers, bytes } = await download({ view: 'clauses', format });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="footprint-clauses-[\\d-]+\\.${extension}";`),
    );
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(bytes.length).toBeGreaterThan(2_000);
  });

  it('tells of clauses and recommendations as they stand', async () => {
    const { link, citation, text } = linkedClause();
    const all = [...(await allOf(mei)).values()];
    const recommendation = all.find(({ id }) => id === link.recommendationId);
    const name = citation.startsWith('Objective') ? citation : `Paragraph ${citation}`;
    const [byClause, byRecommendation] = [
      await textOf({ view: 'clauses', format: 'html' }),
      // Reading a long Word file holds this thread up for so long that the server closes its idle connections.
      await textOf({ view: 'recommendations', format: 'html' }),
    ];
    for (const told of [byClause, byRecommendation]) {
      expect(told).toContain(`${recommendation?.reference} ${recommendation?.title}`);
      expect(told).toContain(text);
      expect(told).toContain(name);
    }
    for (const { reference } of all) expect(byRecommendation).toContain(reference);
  });

  it('is the draft as it is now: a link that was made this moment is in it', async () => {
    const blocks = readBlocks(editor.doc);
    const linked = new Set(readLinks(editor.doc, blocks).map(({ recommendationId }) => recommendationId));
    const open = [...(await allOf(mei)).values()].find(({ id }) => !linked.has(id));
    const clause = blocks.find(({ kind, text }) => kind === 'paragraph' && text !== '');
    if (!open || !clause) throw new Error('everything is linked');
    const note = 'Only the team reads this note';
    addLink(editor.doc, { clauseId: clause.id, recommendationId: open.id, relation: 'verbatim', note });
    await editor.saved(1);
    const query = { view: 'clauses', format: 'html' };
    const told = await textOf(query);
    expect(told).toContain(`Verbatim: ${open.reference} ${open.title}`);
    expect(told).not.toContain(note);
    expect(await textOf({ ...query, notes: 'true' })).toContain(note);
    // A letter leaves the house, whatever is asked for.
    const letter = await textOf({ ...query, view: 'organisation', organisation: open.source, notes: 'true' });
    expect(letter).toContain(open.title);
    expect(letter).not.toContain(note);
  });

  it('is of a version when one is asked for, and says which and of when', async () => {
    const id = randomUUID();
    const kept = await mei.post(`/api/drafts/${DRAFT}/versions`, { id, name: 'As tabled' });
    const { link, text } = linkedClause();
    removeLink(editor.doc, link);
    await editor.saved(2);
    const recommendation = [...(await allOf(mei)).values()].find(
      ({ id: own }) => own === link.recommendationId,
    );
    const title = `${recommendation?.reference} ${recommendation?.title}`;
    const of = { view: 'clauses', version: id };
    const [day] = kept.body.createdAt.split('T');
    const { headers } = await download({ ...of, format: 'html' });
    expect(headers.get('content-disposition')).toContain(`footprint-clauses-As-tabled-${day}.html`);
    const told = await textOf({ ...of, format: 'html' });
    expect(told).toContain('version “As tabled” of');
    expect(told).toContain('Text and links are as in that version');
    expect(told).toContain(text);
    const sources = (all: string) => all.split(title).length;
    expect(sources(told)).toBe(sources(await textOf({ view: 'clauses', format: 'html' })) + 1);
    const letter = await textOf({
      ...{ ...of, view: 'organisation', format: 'html' },
      organisation: recommendation?.source ?? '',
    });
    expect(letter).toContain('version “As tabled” of');
    const { bytes } = await download({ ...of, format: 'prov-json' });
    const { entity } = JSON.parse(new TextDecoder().decode(bytes));
    expect(Object.values(entity)).toContainEqual(expect.objectContaining({ 'zd:version': 'As tabled' }));
    const sheet = await download({ ...of, format: 'xlsx' });
    const about = Object.entries(unzipSync(sheet.bytes)).map(([, file]) => new TextDecoder().decode(file));
    expect(about.join()).toContain('As tabled');
    expect((await mei.get(address({ ...of, format: 'pdf', version: 'gone' }))).status).toBe(404);
    // The others begin with the link there.
    const { clauseId, recommendationId, relation } = link;
    addLink(editor.doc, { clauseId, recommendationId, relation });
    await editor.saved(3);
  });

  it('names who made a link in PROV-JSON for the team alone', async () => {
    const read = async (notes: string): Promise<string> => {
      const { bytes } = await download({ view: 'clauses', format: 'prov-json', notes });
      return new TextDecoder().decode(bytes);
    };
    const name = 'Mei';
    expect(await read('false')).not.toContain(name);
    const team = JSON.parse(await read('true'));
    expect(Object.keys(team.agent)).toContain('person:mei');
    expect(team.prefix.clause).toBe(`${server.url}/drafts/${DRAFT}#`);
  });
});

describe('letters to organisations', () => {
  it('are one each, or all in a ZIP', async () => {
    const organisations = new Set([...(await allOf(mei)).values()].map(({ source }) => source));
    const { bytes, headers } = await download({ view: 'organisation', format: 'html' });
    expect(headers.get('content-type')).toBe('application/zip');
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toHaveLength(organisations.size);
    const [letter, inWord] = [
      await textOf({ view: 'organisation', format: 'pdf', organisation: 'Network of mayors' }),
      await textOf({ view: 'organisation', format: 'docx', organisation: 'Network of mayors' }),
    ];
    expect(inWord).toContain('What became of your proposals');
    expect(letter).toContain('Network of mayors');
    expect(letter).toContain('What became of your proposals');
    for (const { source, reference } of (await allOf(mei)).values())
      expect(letter.includes(`${reference} `), reference).toBe(source === 'Network of mayors');
  });

  it('a name that nobody has is refused with how to mend it', async () => {
    const query = { view: 'organisation', format: 'pdf', organisation: 'Nobody at all' };
    expect(await mei.get(address(query))).toMatchObject({
      status: 404,
      body: { code: 'no-organisation', error: expect.stringContaining('Choose a name') },
    });
  });
});

describe('the door', () => {
  it('refuses what it does not know', async () => {
    for (const query of ['view=clauses', 'format=pdf', 'view=all&format=pdf', 'view=clauses&format=exe'])
      expect((await mei.get(`/api/drafts/${DRAFT}/footprint?${query}`)).status).toBe(400);
  });

  it('writes down who took what out of the house', async () => {
    await download({ view: 'organisation', format: 'xlsx', organisation: 'Network of mayors' });
    const amara = await Person.demo(server, 'amara');
    const { entries } = (await amara.get(`${PROCESS}/audit?action=footprint.export`)).body;
    expect(entries[0]).toMatchObject({
      userName: expect.stringContaining('Mei'),
      objectId: DRAFT,
      details: { view: 'organisation', format: 'xlsx', organisation: 'Network of mayors', notes: false },
    });
  });

  it('makes files beside what people type: both are answered', async () => {
    let files = 0;
    const making = Array.from({ length: 4 }, async () => {
      expect((await download({ view: 'recommendations', format: 'pdf' })).status).toBe(200);
      files += 1;
    });
    let saves = 3;
    let during = 0;
    while (files < making.length) {
      saves += 1;
      const clause = readBlocks(editor.doc).find(({ kind }) => kind === 'paragraph');
      const [recommendation] = [...(await allOf(mei)).values()];
      if (clause && recommendation)
        addLink(editor.doc, {
          clauseId: clause.id,
          recommendationId: recommendation.id,
          relation: 'inspired',
        });
      await editor.saved(saves);
      if (files < making.length) during += 1;
    }
    await Promise.all(making);
    expect(during).toBeGreaterThan(0);
  });
});

describe('a public link with sources', () => {
  const links = `/api/drafts/${DRAFT}/links`;
  const share = async (withSources: boolean | undefined) => {
    const amara = await Person.demo(server, 'amara');
    const { body } = await amara.post(links, {
      expiresAt: null,
      ...(withSources === undefined ? {} : { withSources }),
    });
    const token = new URL(body.link).pathname.split('/').at(-1) ?? '';
    return { id: body.id, token, amara };
  };
  const read = (token: string, clause = '') =>
    new Person(server).get(`/api/public/${token}${clause && `/clauses/${encodeURIComponent(clause)}`}`);

  it('shows how many recommendations each clause has, and these; nothing else leaves', async () => {
    const note = 'A note that stays in the house';
    const blocks = readBlocks(editor.doc);
    const clause = blocks.find(({ kind }) => kind === 'objective');
    const chosen = [...(await allOf(mei)).values()].at(-1);
    if (!clause || !chosen) throw new Error('the sample is empty');
    await mei.patch(`${PROCESS}/recommendations/${chosen.id}`, {
      version: chosen.version,
      disposition: 'partly',
      dispositionReason: 'A reason that stays in the house',
    });
    addLink(editor.doc, { clauseId: clause.id, recommendationId: chosen.id, relation: 'merged', note });
    await editor.saved(1_000);
    const { token } = await share(true);
    const page = await read(token);
    expect(page.body.withSources).toBe(true);
    const counts = new Map<string, number>();
    for (const { clauseId } of readLinks(editor.doc, readBlocks(editor.doc)))
      counts.set(clauseId, (counts.get(clauseId) ?? 0) + 1);
    for (const { id, sources } of page.body.blocks) expect(sources).toBe(counts.get(id) ?? 0);
    expect(Object.keys(page.body.blocks[0]).sort()).toEqual([
      ...['citation', 'id', 'kind', 'label', 'sources', 'text'],
    ]);
    const opened = await read(token, clause.id);
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect(opened.headers.getSetCookie()).toEqual([]);
    const { sources } = opened.body;
    expect(sources).toHaveLength(counts.get(clause.id) ?? -1);
    for (const source of sources)
      expect(Object.keys(source).sort()).toEqual([
        ...['outcome', 'reference', 'relation', 'source', 'text', 'title'],
      ]);
    expect(sources).toContainEqual(
      expect.objectContaining({ reference: chosen.reference, relation: 'merged', outcome: 'partly' }),
    );
    const told = JSON.stringify([page.body, opened.body]);
    for (const hidden of ['in the house', 'Mei', 'Amara', chosen.id]) expect(told).not.toContain(hidden);
  });

  it('does not name who put a proposal in the box', async () => {
    const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
    const [clause] = readLinks(editor.doc, readBlocks(editor.doc));
    const id = clause?.recommendationId ?? '';
    db.prepare(
      `insert into source (id, processId, title, kind, who, phase, session, symbol, state,
        createdBy, createdAt, updatedAt)
       select 'the-box', id, 'Box', 'box', '', '', '', '', 'no-file', 'amara', '2026', '2026' from process`,
    ).run();
    db.prepare(
      `update recommendation set sourceId = 'the-box', source = 'Jane Depositor', changed = changed + 1000 where id = ?`,
    ).run(id);
    db.close();
    const { token } = await share(true);
    const { sources } = (await read(token, clause?.clauseId)).body;
    expect(sources.map(({ source }: { source: string }) => source)).toContain('Recommendations box');
    expect(JSON.stringify(sources)).not.toContain('Jane');
  });

  it('is off by default: then neither numbers nor sources are answered', async () => {
    for (const choice of [undefined, false]) {
      const { token } = await share(choice);
      const { body } = await read(token);
      expect(body.withSources).toBe(false);
      for (const { sources } of body.blocks) expect(sources).toBe(0);
      const { link } = linkedClause();
      expect(await read(token, link.clauseId)).toMatchObject({ status: 404, body: { code: 'link-ended' } });
    }
  });

  it('shows what is linked now, and ends when it is revoked', async () => {
    const { token, id, amara } = await share(true);
    const { link } = linkedClause();
    expect((await read(token, link.clauseId)).status).toBe(200);
    const before = (await read(token)).body.blocks;
    const clause = readBlocks(editor.doc).findLast(({ kind, text }) => kind === 'paragraph' && text !== '');
    const linked = readLinks(editor.doc, readBlocks(editor.doc));
    const fresh = [...(await allOf(mei)).values()].find(
      (one) => !linked.some((known) => known.clauseId === clause?.id && known.recommendationId === one.id),
    );
    if (!clause || !fresh) throw new Error('everything is linked');
    addLink(editor.doc, { clauseId: clause.id, recommendationId: fresh.id, relation: 'contrary' });
    await editor.saved(1_001);
    const countOf = (all: { id: string; sources: number }[]) =>
      all.find((block) => block.id === clause.id)?.sources ?? 0;
    await until(async () => countOf((await read(token)).body.blocks) === countOf(before) + 1);
    expect((await read(token, 'no-such-clause')).body.code).toBe('not-found');
    await amara.delete(`${links}/${id}`);
    expect((await read(token, link.clauseId)).body.code).toBe('link-ended');
  });

  it('is recorded and listed as what it is', async () => {
    const { id, amara } = await share(true);
    const { links: listed } = (await amara.get(links)).body;
    expect(listed.find((link: { id: string }) => link.id === id)).toMatchObject({ withSources: true });
    const { entries } = (await amara.get(`${PROCESS}/audit?action=public-link.create`)).body;
    expect(entries[0]).toMatchObject({ objectId: id, details: { withSources: true } });
  });
});
