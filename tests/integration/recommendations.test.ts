import type { RecommendationEvent } from '@zerodraft/contract';
import { readBlocks } from '@zerodraft/schema';
import { addLink, removeLink } from '@zerodraft/trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { allOf, importRows, newProcess, PROCESS, pageOf, termsOf } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
let mei: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
  mei = await Person.demo(server, 'mei');
});
afterAll(() => server?.remove());

/** A process with recommendations R1 to R4. */
async function process(): Promise<string> {
  const address = await newProcess(amara);
  const rows = ['R1', 'R2', 'R3', 'R4'].map((reference) => [reference, `Text of ${reference}`, 'S', 'T']);
  await importRows(amara, [['Reference', 'Text', 'Source', 'Themes'], ...rows], address);
  return address;
}
const rowsOf = async (address: string, ...references: string[]) => {
  const all = await allOf(amara, address);
  return references.map((reference) => ({
    id: all.get(reference)?.id ?? '',
    version: all.get(reference)?.version ?? 0,
  }));
};
const historyOf = async (address: string, id: string): Promise<RecommendationEvent[]> =>
  (await amara.get(`${address}/recommendations/${id}/history`)).body.events;

describe('one recommendation', () => {
  it('is changed by the version somebody saw, with its history', async () => {
    const address = await process();
    const [row] = await rowsOf(address, 'R1');
    const one = `${address}/recommendations/${row?.id}`;
    const change = { version: 1, title: 'Better', session: 'First', disposition: 'deferred' };
    const { status, body } = await amara.patch(one, change);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...change, version: 2, text: 'Text of R1', themes: ['T'] });
    const late = await amara.patch(one, { version: 1, title: 'Late' });
    expect(late).toMatchObject({ status: 409, body: { code: 'changed-since', rows: [{ reference: 'R1' }] } });
    // What changes nothing leaves no trace.
    expect((await amara.patch(one, { version: 2, title: 'Better' })).body.version).toBe(2);
    expect(await historyOf(address, row?.id ?? '')).toMatchObject([
      {
        kind: 'edit',
        by: { name: 'Amara Nwosu-Lind' },
        rows: 1,
        before: { title: 'Text of R1', session: '', disposition: 'open' },
        after: { title: 'Better', session: 'First', disposition: 'deferred' },
      },
      { kind: 'import', rows: 4, after: { reference: 'R1' } },
    ]);
  });

  it('is refused what cannot be: a reference twice, a decision without a reason, two kinds', async () => {
    const address = await process();
    const [row] = await rowsOf(address, 'R1');
    const one = `${address}/recommendations/${row?.id}`;
    expect((await amara.patch(one, { version: 1, reference: 'R2' })).body).toMatchObject({ code: 'taken' });
    const against = { version: 1, disposition: 'not-reflected' };
    expect(await amara.patch(one, against)).toMatchObject({ status: 422, body: { code: 'no-reason' } });
    const kinds = [...(await termsOf(amara, 'kinds', address)).values()].map(({ id }) => id);
    expect((await amara.patch(one, { version: 1, terms: { kinds: kinds.slice(0, 2) } })).status).toBe(400);
    expect((await amara.patch(one, { version: 1, terms: { themes: kinds.slice(0, 1) } })).status).toBe(422);
    expect((await amara.patch(one, { version: 1, terms: { themes: ['nowhere'] } })).status).toBe(422);
    expect((await amara.patch(one, { version: 1, invented: 1 })).status).toBe(400);
    expect(
      (await amara.patch(`${PROCESS}/recommendations/${row?.id}`, { version: 1, title: 'x' })).status,
    ).toBe(404);
    expect((await pageOf(amara, row?.id ?? '', address)).version).toBe(1);
  });

  it('is deleted and comes back by undo; its address leads to it all the while', async () => {
    const address = await process();
    const [row] = await rowsOf(address, 'R1');
    const one = `${address}/recommendations/${row?.id}`;
    const { body } = await amara.delete(`${one}?version=1`);
    expect((await allOf(amara, address)).has('R1')).toBe(false);
    expect((await amara.get(`${address}/search?q=R1`)).body.hits).toEqual([]);
    expect((await amara.post(`${address}/library/search`)).body.total).toBe(3);
    expect((await pageOf(amara, row?.id ?? '', address)).deletedAt).not.toBeNull();
    expect((await amara.patch(one, { version: 2, title: 'x' })).body).toMatchObject({ code: 'deleted' });
    const undone = await amara.post(`${address}/library/batches/${body.batch}/undo`);
    expect(undone.body).toMatchObject({ changed: 1 });
    expect((await allOf(amara, address)).has('R1')).toBe(true);
    expect((await amara.post(`${address}/library/search`)).body.total).toBe(4);
  });
});

describe('many at once', () => {
  it('are changed all or none, and one undo takes it back', async () => {
    const address = await process();
    const rows = await rowsOf(address, 'R1', 'R2', 'R3');
    const kinds = await termsOf(amara, 'kinds', address);
    const edit = {
      rows,
      set: { disposition: 'deferred', phase: 'Second' },
      add: [kinds.get('Partnership')?.id],
      remove: [(await termsOf(amara, 'themes', address)).get('T')?.id],
    };
    const { body } = await amara.post(`${address}/library/bulk`, edit);
    expect(body).toMatchObject({ changed: 3 });
    const wanted = { kind: 'Partnership', disposition: 'deferred', phase: 'Second', themes: [], version: 2 };
    expect((await allOf(amara, address)).get('R2')).toMatchObject(wanted);
    expect((await allOf(amara, address)).get('R4')).toMatchObject({ disposition: 'open', version: 1 });

    const stale = await mei.get(address);
    expect(stale.status).toBe(404);
    const again = await amara.post(`${address}/library/bulk`, edit);
    expect(again).toMatchObject({ status: 409, body: { code: 'changed-since' } });
    expect(again.body.rows).toHaveLength(3);

    const undone = await amara.post(`${address}/library/batches/${body.batch}/undo`);
    expect(undone.body).toMatchObject({ changed: 3 });
    const before = { kind: '', disposition: 'open', phase: '', themes: ['T'], version: 3 };
    expect((await allOf(amara, address)).get('R2')).toMatchObject(before);
    // An undo is a change like any other.
    await amara.post(`${address}/library/batches/${undone.body.batch}/undo`);
    expect((await allOf(amara, address)).get('R2')).toMatchObject({ ...wanted, version: 4 });
  });

  it('an undo is refused for what was changed since, by name, unless the rest is enough', async () => {
    const address = await process();
    const rows = await rowsOf(address, 'R1', 'R2');
    const { body } = await amara.post(`${address}/library/bulk`, { rows, set: { session: 'X' } });
    await amara.patch(`${address}/recommendations/${rows[0]?.id}`, { version: 2, session: 'Y' });
    const undo = `${address}/library/batches/${body.batch}/undo`;
    expect(await amara.post(undo)).toMatchObject({
      status: 409,
      body: { code: 'changed-since', rows: [{ id: rows[0]?.id, reference: 'R1' }] },
    });
    expect((await allOf(amara, address)).get('R2')).toMatchObject({ session: 'X' });
    expect((await amara.post(undo, { skipChanged: true })).body).toMatchObject({ changed: 1 });
    const all = await allOf(amara, address);
    expect([all.get('R1')?.session, all.get('R2')?.session]).toEqual(['Y', '']);
    // Of another process it is no batch at all.
    expect((await amara.post(`${PROCESS}/library/batches/${body.batch}/undo`)).status).toBe(404);
  });
});

describe('a merge', () => {
  it('keeps the history, chains, and is taken back', async () => {
    const address = await process();
    const [r1, r2, r3] = await rowsOf(address, 'R1', 'R2', 'R3');
    const merge = (into: string | undefined, version: number, from: unknown) =>
      amara.post(`${address}/recommendations/${into}/merges`, { version, from: [from] });
    expect((await merge(r2?.id, 1, r3)).body).toMatchObject({ changed: 1 });
    expect((await merge(r1?.id, 1, r2)).body).toMatchObject({ changed: 1 });
    expect((await merge(r1?.id, 1, { id: r1?.id, version: 1 })).body).toMatchObject({ code: 'itself' });
    expect((await merge(r1?.id, 1, { ...r3, version: 2 })).body).toMatchObject({ code: 'merged' });
    const all = await allOf(amara, address);
    expect([...all.keys()]).toEqual(['R1', 'R4']);
    expect([...(all.get('R1')?.mergedIds ?? [])].sort()).toEqual([r2?.id, r3?.id].sort());
    const page = await pageOf(amara, r1?.id ?? '', address);
    expect(page.merged.map(({ reference }) => reference)).toEqual(['R2', 'R3']);
    expect(await pageOf(amara, r3?.id ?? '', address)).toMatchObject({ mergedInto: { reference: 'R2' } });
    const kinds = (await historyOf(address, r1?.id ?? '')).map(({ kind, recommendationId }) => [
      kind,
      recommendationId,
    ]);
    expect(kinds.slice(0, 2)).toEqual([
      ['merge', r2?.id],
      ['merge', r3?.id],
    ]);
    const found = await amara.post(`${address}/library/search`);
    expect(found.body).toMatchObject({
      total: 2,
      items: [{ reference: 'R1', merged: 2 }, { reference: 'R4' }],
    });
    await amara.delete(`${address}/recommendations/${r2?.id}/merge?version=2`);
    expect([...(await allOf(amara, address)).keys()]).toEqual(['R1', 'R2', 'R4']);
  });

  it('that was undone is not done again when its other half is gone, or part of it by now', async () => {
    const address = await process();
    const [r1, r2, r3, r4] = await rowsOf(address, 'R1', 'R2', 'R3', 'R4');
    const merge = async (into: string | undefined, from: unknown) =>
      (await amara.post(`${address}/recommendations/${into}/merges`, { version: 1, from: [from] })).body
        .batch;
    const undo = (batch: string) => amara.post(`${address}/library/batches/${batch}/undo`);
    const parted = (await undo(await merge(r2?.id, r1))).body.batch;
    await amara.post(`${address}/recommendations/${r1?.id}/merges`, { version: 3, from: [r2] });
    expect(await undo(parted)).toMatchObject({
      status: 409,
      body: { code: 'merged', error: expect.stringContaining('R2 was merged into R1') },
    });
    const apart = (await undo(await merge(r4?.id, r3))).body.batch;
    const taken = (await amara.delete(`${address}/recommendations/${r4?.id}?version=1`)).body.batch;
    expect(await undo(apart)).toMatchObject({
      status: 409,
      body: { code: 'deleted', error: expect.stringContaining('part of R4') },
    });
    expect([...(await allOf(amara, address)).keys()]).toEqual(['R1', 'R3']);
    await undo(taken);
    expect((await undo(apart)).body).toMatchObject({ changed: 1 });
    expect([...(await allOf(amara, address)).keys()]).toEqual(['R1', 'R4']);
  });

  it('carries the links along: the survivor is linked where the merged one was', async () => {
    const client = new TestClient(server, amara.cookie);
    await client.synced();
    const all = await allOf(amara);
    const linked = new Set(
      (
        await amara.post(`${PROCESS}/library/search`, { filters: { linked: ['linked'] }, limit: 200 })
      ).body.items.map(({ id }: { id: string }) => id),
    );
    const [survivor, merged] = [...all.values()].filter(({ id }) => !linked.has(id));
    const clause = readBlocks(client.doc).find(({ kind }) => kind === 'paragraph');
    if (!survivor || !merged || !clause) throw new Error('the sample has changed');
    const linksOf = async (id: string) =>
      (await amara.get(`${PROCESS}/recommendations/${id}/links`)).body.links;
    const gone = await amara.delete(`${PROCESS}/recommendations/${merged.id}?version=${merged.version}`);
    const back = await amara.post(`${PROCESS}/library/batches/${gone.body.batch}/undo`);
    addLink(client.doc, { clauseId: clause.id, recommendationId: merged.id, relation: 'adapted' });
    await until(async () => (await linksOf(merged.id)).length === 1);

    // Neither by a deletion nor by doing one again that was undone before the link was made.
    const deleted = await amara.delete(
      `${PROCESS}/recommendations/${merged.id}?version=${merged.version + 2}`,
    );
    expect(deleted).toMatchObject({ status: 409, body: { code: 'linked' } });
    const again = await amara.post(`${PROCESS}/library/batches/${back.body.batch}/undo`);
    expect(again).toMatchObject({ status: 409, body: { code: 'linked' } });
    await amara.post(`${PROCESS}/recommendations/${survivor.id}/merges`, {
      version: survivor.version,
      from: [{ id: merged.id, version: merged.version + 2 }],
    });
    expect(await linksOf(survivor.id)).toMatchObject([
      { draftId: DRAFT, clauseId: clause.id, relation: 'adapted', recommendationId: merged.id },
    ]);
    const found = await amara.post(`${PROCESS}/library/search`, { q: `"${survivor.reference}"` });
    expect(found.body.items[0]).toMatchObject({
      id: survivor.id,
      links: 1,
      effective: 'reflected',
      merged: 1,
    });

    removeLink(client.doc, { clauseId: clause.id, recommendationId: merged.id });
    await until(async () => (await linksOf(survivor.id)).length === 0);
    client.destroy();
  });
});
