import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClauseSuggestion, Suggestion } from '@zerodraft/contract';
import { readBlocks } from '@zerodraft/schema';
import { addLink } from '@zerodraft/trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { allOf, importRows, newProcess, PROCESS, pageOf, termsOf } from '../support/library.ts';
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

async function forClause(
  clauseId: string,
  text: string,
  draftId = DRAFT,
  person = amara,
): Promise<Suggestion[]> {
  const { status, body } = await person.post(`/api/drafts/${draftId}/suggestions`, { clauseId, text });
  if (status !== 200) throw new Error(`suggestions answered ${status}: ${body.error}`);
  return body.suggestions;
}
async function forRecommendation(id: string, process = PROCESS, person = amara): Promise<ClauseSuggestion[]> {
  const { status, body } = await person.get(`${process}/recommendations/${id}/suggestions`);
  if (status !== 200) throw new Error(`suggestions answered ${status}: ${body.error}`);
  return body.suggestions;
}
const references = (list: readonly Suggestion[]): string[] => list.map(({ reference }) => reference);

/** A process of three recommendations, and an open draft of one clause. */
async function small() {
  const address = await newProcess(amara, 'Small');
  const rows = [
    ['Reference', 'Title', 'Text', 'Source', 'Themes'],
    ['S-1', 'Remittances', 'Lower the cost of remittances.', 'Chile', 'T'],
    ['S-2', 'Schools', 'Enrol children in schools near their homes.', 'Kenya', 'T'],
    ['S-3', 'Ports', 'Open ports of entry by night.', 'Kenya', ''],
  ];
  expect((await importRows(amara, rows, address)).body.errors).toEqual([]);
  const { body } = await amara.post(`${address}/drafts`, { title: 'First' });
  const client = new TestClient(server, amara.cookie, { draftId: body.id, status: true });
  await client.synced();
  const clause = readBlocks(client.doc).find(({ kind }) => kind === 'paragraph');
  return { address, draftId: String(body.id), client, clauseId: clause?.id ?? '' };
}

describe('recommendations for a clause', () => {
  it('go by its text as the person sees it, say why, and are ten at most', async () => {
    const found = await forClause('unknown-clause', 'Remittances cost under three per cent.');
    expect(references(found)[0]).toBe('CO-001');
    expect(found[0]?.why.words).toContain('remittances');
    expect(found[0]?.title).toBe('Remittance costs below three per cent');
    const many = await forClause(
      'unknown-clause',
      'Children, trafficking, permits, skills, data, cities, courts.',
    );
    expect(many).toHaveLength(10);
    expect(await forClause('unknown-clause', 'Zyx qwv.')).toEqual([]);
    expect(await forClause('unknown-clause', '')).toEqual([]);
  });

  it('leave out what the clause is linked to, and know what its section is about', async () => {
    const client = new TestClient(server, amara.cookie);
    await client.synced();
    const clause = readBlocks(client.doc).find(({ text }) =>
      text.startsWith('We will bring the cost of remittances'),
    );
    client.destroy();
    expect(clause).toBeDefined();
    if (!clause) return;
    await until(async () => !references(await forClause(clause.id, clause.text)).includes('CO-001'));
    const found = await forClause(clause.id, `${clause.text} Pensions travel.`);
    expect(references(found)).not.toContain('CO-107');
    const pension = found.find(({ reference }) => reference === 'CO-004');
    expect(pension?.why).toMatchObject({
      section: true,
      terms: expect.arrayContaining(['Contributions of migrants and diasporas']),
    });

    const theme = (await termsOf(amara, 'themes')).get('Contributions of migrants and diasporas');
    const address = `${PROCESS}/taxonomies/themes/terms/${theme?.id}`;
    expect((await amara.patch(address, { label: 'Contributions' })).status).toBe(200);
    const again = await forClause(clause.id, `${clause.text} Pensions travel.`);
    expect(again.find(({ reference }) => reference === 'CO-004')?.why.terms).toContain('Contributions');
  });

  it('follow every change: of a link, a text, a merge and a deletion', async () => {
    const { address, draftId, client, clauseId } = await small();
    const text = 'Remittances cost less, and children find schools.';
    const now = async () => references(await forClause(clauseId, text, draftId));
    expect((await now()).sort()).toEqual(['S-1', 'S-2']);
    const all = await allOf(amara, address);
    const idOf = (reference: string): string => all.get(reference)?.id ?? '';

    addLink(client.doc, { clauseId, recommendationId: idOf('S-1'), relation: 'adapted' });
    await until(async () => (await now()).join() === 'S-2');

    const { version } = await pageOf(amara, idOf('S-3'), address);
    await amara.patch(`${address}/recommendations/${idOf('S-3')}`, {
      version,
      text: 'Children walk to schools.',
    });
    expect((await now()).sort()).toEqual(['S-2', 'S-3']);

    // What is merged into what the clause is linked to is linked, too.
    const versionOf = async (reference: string) => (await pageOf(amara, idOf(reference), address)).version;
    await amara.post(`${address}/recommendations/${idOf('S-1')}/merges`, {
      version: await versionOf('S-1'),
      from: [{ id: idOf('S-2'), version: await versionOf('S-2') }],
    });
    expect(await now()).toEqual(['S-3']);
    await amara.delete(`${address}/recommendations/${idOf('S-2')}/merge?version=${await versionOf('S-2')}`);
    expect((await now()).sort()).toEqual(['S-2', 'S-3']);

    await amara.delete(`${address}/recommendations/${idOf('S-3')}?version=${await versionOf('S-3')}`);
    expect(await now()).toEqual(['S-2']);
    client.destroy();
  });

  it('answer bad requests with what is wrong', async () => {
    const address = `/api/drafts/${DRAFT}/suggestions`;
    for (const body of [{}, { clauseId: '', text: 'x' }, { clauseId: 'a', text: 'x', more: 1 }]) {
      expect((await amara.post(address, body)).status).toBe(400);
    }
    const long = await amara.post(address, { clauseId: 'a', text: 'x'.repeat(20_001) });
    expect(long.status).toBe(400);
    expect(long.body.error).toContain('20000');
    expect((await amara.post('/api/drafts/none/suggestions', { clauseId: 'a', text: 'x' })).status).toBe(404);
  });
});

describe('clauses for a recommendation', () => {
  it('are cited, say why, and leave out those it is linked to', async () => {
    const all = await allOf(amara);
    const id = all.get('CO-107')?.id ?? '';
    const page = await pageOf(amara, id);
    expect(page.reference).toBe('CO-107');
    const linked = async () => (await amara.get(`${PROCESS}/recommendations/${id}/links`)).body.links;
    await until(async () => (await linked()).length === 1);
    const found = await forRecommendation(id);
    const [own] = await linked();
    expect(found.map(({ clauseId }) => clauseId)).not.toContain(own.clauseId);
    for (const { citation, text, why, draftTitle } of found) {
      expect(citation).not.toBe('');
      expect(text).not.toBe('');
      expect(why.words.length).toBeGreaterThan(0);
      expect(draftTitle).toContain('Zero draft');
    }
  });

  it('are of the drafts that the person may see, and of no other', async () => {
    const { body } = await amara.post(`${PROCESS}/drafts`, { title: 'Hidden', copyOf: DRAFT });
    const hidden = String(body.id);
    const id = (await allOf(amara)).get('HR-103')?.id ?? '';
    const before = await forRecommendation(id, PROCESS, leila);
    expect(await amara.put(`/api/drafts/${hidden}/members/leila`, { role: 'none' })).toMatchObject({
      status: 200,
    });
    const after = await forRecommendation(id, PROCESS, leila);
    expect(after.map(({ draftId }) => draftId)).not.toContain(hidden);
    expect((await forRecommendation(id)).map(({ draftId }) => draftId)).toContain(hidden);
    expect(before.length).toBeGreaterThan(0);
    const request = { clauseId: 'a', text: 'Remittances cost less.' };
    expect((await leila.post(`/api/drafts/${hidden}/suggestions`, request)).status).toBe(404);
    // In the bin it is nobody's.
    await amara.put(`/api/drafts/${hidden}/state`, { state: 'deleted' });
    expect((await forRecommendation(id)).map(({ draftId }) => draftId)).not.toContain(hidden);
  });

  it('are none of what is not there, or of another process', async () => {
    const { address } = await small();
    const id = (await allOf(amara)).get('CO-107')?.id ?? '';
    expect((await amara.get(`${address}/recommendations/${id}/suggestions`)).status).toBe(404);
    expect((await amara.get(`${PROCESS}/recommendations/none/suggestions`)).status).toBe(404);
  });
});

describe('a sentence model that cannot be loaded', () => {
  it('is told of at the start, and suggestions go on by words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zerodraft-model-'));
    const other = await TestServer.start({ env: { ZERODRAFT_EMBEDDINGS: folder, LOG_LEVEL: 'warn' } });
    try {
      await until(() => other.output.includes('needs the library @huggingface/transformers'));
      const person = await Person.demo(other, 'amara');
      const found = await forClause('a', 'Remittances cost under three per cent.', DRAFT, person);
      expect(references(found)[0]).toBe('CO-001');
    } finally {
      await other.remove();
      await rm(folder, { recursive: true });
    }
  });
});
