import { addLink, removeLink } from '@zerodraft/trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '../crash/log-file.ts';
import { TestClient, until } from '../support/client.ts';
import { Box, DEPOSITS, decide, depositOf, PROPOSAL } from '../support/deposits.ts';
import { PROCESS } from '../support/library.ts';
import { type Answer, Person } from '../support/person.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let box: Box;
let amara: Person;
let mei: Person;
beforeAll(async () => {
  box = await Box.serve();
  ({ server, facilitator: amara } = box);
  mei = await Person.demo(server, 'mei');
});
afterAll(() => server?.remove());

const deposited = async (fields: object = {}): Promise<string> => (await box.depositOfAnother(fields)).id;

const { text, kind, themes, dimensions } = PROPOSAL;
const part = (title: string) => ({ title, text, kind, themes, dimensions });
const library = async (): Promise<{ id: string; reference: string; title: string }[]> =>
  (await amara.get(`${PROCESS}/recommendations`)).body.recommendations;
const actionsOn = async (id: string): Promise<string[]> =>
  (await amara.get(`${PROCESS}/audit?objectKind=deposit&objectId=${id}`)).body.entries.map(
    ({ action }: { action: string }) => action,
  );

describe('a decision', () => {
  it('to accept makes a recommendation from the box, with what it says and how it is classified', async () => {
    const id = await deposited();
    const { status, body } = await decide(mei, id, 'accept');
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'accepted', decidedBy: { id: 'mei' }, claim: null });
    const [made] = body.recommendations;
    const whole = (await amara.get(`${PROCESS}/recommendations/${made.id}`)).body;
    expect(whole).toMatchObject({
      ...part(PROPOSAL.title),
      source: 'Harbour chaplains',
      sourceKind: 'Civil society',
      document: 'Recommendations Box',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    const { source } = (await amara.get(`${PROCESS}/sources/${whole.sourceId}`)).body;
    expect(source).toMatchObject({ kind: 'box', title: 'Recommendations Box' });
    // The next one comes from the same source.
    const other = (await decide(amara, await deposited({ name: '' }), 'accept')).body.recommendations[0];
    const second = (await amara.get(`${PROCESS}/recommendations/${other.id}`)).body;
    expect([second.sourceId, second.source]).toEqual([whole.sourceId, 'Recommendations Box']);
    expect(JSON.stringify(await library())).not.toContain(PROPOSAL.contact);
  });

  it('to edit keeps what was sent beside it', async () => {
    const id = await deposited({ title: 'As sent' });
    const { version } = await depositOf(mei, id);
    const change = { version, title: 'As edited', themes: [], stakeholderKind: 'Academia' };
    const { body } = await mei.patch(`${DEPOSITS}/${id}`, change);
    expect(body).toMatchObject({
      title: 'As edited',
      edited: true,
      original: { title: 'As sent', themes: PROPOSAL.themes, stakeholderKind: 'Civil society' },
    });
    const unknown = await mei.patch(`${DEPOSITS}/${id}`, { version: body.version, themes: ['Nothing'] });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown-term']);
    const { body: accepted } = await decide(mei, id, 'accept');
    expect(accepted.recommendations[0].title).toBe('As edited');
    expect(accepted.original.title).toBe('As sent');
  });

  it('to split makes a recommendation of each part', async () => {
    const id = await deposited();
    const { body } = await decide(mei, id, 'split', {
      parts: [part('The first half'), part('The other half')],
    });
    expect(body.recommendations.map(({ title }: { title: string }) => title)).toEqual([
      'The first half',
      'The other half',
    ]);
    expect((await decide(mei, await deposited(), 'split', { parts: [part('One')] })).status).toBe(400);
  });

  it('to merge needs something to merge with that is there', async () => {
    const id = await deposited();
    const returned = await deposited();
    await decide(amara, returned, 'return', { reason: 'No.' });
    for (const into of [
      { kind: 'recommendation', id: 'missing' },
      { kind: 'deposit', id: 'missing' },
      { kind: 'deposit', id },
      { kind: 'deposit', id: returned },
    ])
      expect((await decide(mei, id, 'merge', { into })).status).toBe(422);
    const target = await deposited({ title: 'The other one' });
    const { body } = await decide(mei, id, 'merge', { into: { kind: 'deposit', id: target } });
    expect(body).toMatchObject({ state: 'merged', mergedInto: { id: target, title: 'The other one' } });
    expect((await depositOf(mei, target)).merged).toMatchObject([{ id }]);
  });

  it('is undone by putting the deposit back, and is in the audit log as that is', async () => {
    const before = (await library()).length;
    const id = await deposited();
    const target = await deposited();
    for (const [deed, more] of [
      ['accept', {}],
      ['split', { parts: [part('One'), part('Two')] }],
      ['return', { reason: 'Later.' }],
      ['merge', { into: { kind: 'deposit', id: target } }],
    ] as const) {
      expect((await decide(mei, id, deed, more)).status).toBe(200);
      const { status, body } = await decide(amara, id, 'reopen');
      expect([deed, status]).toEqual([deed, 200]);
      expect(body).toMatchObject({ state: 'new', recommendations: [], mergedInto: null, reason: null });
      expect(body.decidedBy).toBeNull();
    }
    expect(await library()).toHaveLength(before);
    expect((await actionsOn(id)).reverse()).toEqual([
      'deposit.receive',
      ...['accept', 'split', 'return', 'merge'].flatMap((deed) => [`deposit.${deed}`, 'deposit.reopen']),
    ]);
  });

  it('stays while something builds on it: a link, another deposit, a change', async () => {
    const id = await deposited();
    const [made] = (await decide(mei, id, 'accept')).body.recommendations;
    const client = new TestClient(server, amara.cookie, { status: true });
    await client.synced();
    const { link } = (
      await amara.post('/api/drafts/global-compact-sample-zero-draft/links', { expiresAt: null })
    ).body;
    const { blocks } = (await new Person(server).get(`/api/public/${link.split('/').at(-1)}`)).body;
    const pair = { clauseId: blocks[3].id, recommendationId: made.id };
    addLink(client.doc, { ...pair, relation: 'verbatim' });
    await client.saved(1);
    const linked = await decide(amara, id, 'reopen');
    expect([linked.status, linked.body.code]).toEqual([409, 'built-on']);
    removeLink(client.doc, pair);
    await client.saved(2);
    client.destroy();

    const other = await deposited({ title: 'The same again' });
    await decide(mei, other, 'merge', { into: { kind: 'recommendation', id: made.id } });
    expect((await decide(amara, id, 'reopen')).body.error).toContain('The same again');
    await decide(mei, other, 'reopen');

    const form = new FormData();
    const csv = `Reference,Title,Text,Source,Source kind\n${made.reference},Another title,Text,Somebody,Other\n`;
    form.set('file', new File([csv], 'change.csv'));
    form.set('commit', 'true');
    expect((await amara.send('POST', `${PROCESS}/imports`, form)).body).toMatchObject({ updated: 1 });
    expect((await decide(amara, id, 'reopen')).body.error).toContain('was changed since');
    expect((await depositOf(amara, id)).recommendations).toHaveLength(1);
  });
});

describe('two people at once', () => {
  const DEEDS: [string, (id: string, version: number, person: Person, target: string) => Promise<Answer>][] =
    [
      ['accept', (id, version, person) => person.post(`${DEPOSITS}/${id}/accept`, { version })],
      [
        'split',
        (id, version, person) =>
          person.post(`${DEPOSITS}/${id}/split`, { version, parts: [part('One'), part('Two')] }),
      ],
      [
        'merge',
        (id, version, person, target) =>
          person.post(`${DEPOSITS}/${id}/merge`, { version, into: { kind: 'deposit', id: target } }),
      ],
      [
        'return',
        (id, version, person) => person.post(`${DEPOSITS}/${id}/return`, { version, reason: 'No.' }),
      ],
      [
        'edit',
        (id, version, person) =>
          person.patch(`${DEPOSITS}/${id}`, { version, title: person.cookie.slice(-9) }),
      ],
    ];

  it.each(DEEDS)('one of two wins when both %s', async (_name, deed) => {
    const target = await deposited();
    const before = (await library()).length;
    const id = await deposited();
    const { version } = await depositOf(mei, id);
    const answers = await Promise.all(
      [amara, mei, amara, mei].map((person) => deed(id, version, person, target)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const after = await depositOf(mei, id);
    expect(after.version).toBe(version + 1);
    expect((await library()).length - before).toBe(after.recommendations.length);
    expect((await actionsOn(id)).length).toBe(2);
  });

  it.each(DEEDS)('one of two wins when one would %s and the other accept', async (_name, deed) => {
    const target = await deposited();
    const before = (await library()).length;
    const id = await deposited();
    const { version } = await depositOf(mei, id);
    const answers = await Promise.all([
      deed(id, version, amara, target),
      mei.post(`${DEPOSITS}/${id}/accept`, { version }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await library()).length - before).toBe((await depositOf(mei, id)).recommendations.length);
  });

  it('put back once what both put back', async () => {
    const before = (await library()).length;
    const id = await deposited();
    await decide(mei, id, 'accept');
    const { version } = await depositOf(mei, id);
    const answers = await Promise.all(
      [amara, mei].map((person) => person.post(`${DEPOSITS}/${id}/reopen`, { version })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await library()).toHaveLength(before);
  });

  it('give different references when they accept different deposits', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => deposited()));
    const answers = await Promise.all(
      ids.map((id, index) => decide(index % 2 === 0 ? amara : mei, id, 'accept')),
    );
    const references = answers.map(({ body }) => body.recommendations[0].reference);
    expect(new Set(references).size).toBe(8);
  });
});

describe('a claim', () => {
  it('keeps others off until it is let go, taken over or not renewed', async () => {
    const id = await deposited();
    expect((await amara.put(`${DEPOSITS}/${id}/claim`, {})).body.claim.by).toEqual({
      id: 'amara',
      name: 'Amara Nwosu-Lind',
    });
    const refused = await mei.put(`${DEPOSITS}/${id}/claim`, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'claimed']);
    expect(refused.body.error).toContain('Amara Nwosu-Lind is on this deposit');
    expect((await decide(mei, id, 'accept')).body.code).toBe('claimed');
    expect((await depositOf(mei, id)).claim?.by.id).toBe('amara');
    // To let go of what somebody else has does nothing.
    await mei.delete(`${DEPOSITS}/${id}/claim`);
    expect((await depositOf(mei, id)).claim?.by.id).toBe('amara');
    await amara.delete(`${DEPOSITS}/${id}/claim`);
    expect((await mei.put(`${DEPOSITS}/${id}/claim`, {})).status).toBe(200);
    expect((await amara.put(`${DEPOSITS}/${id}/claim`, { takeOver: true })).status).toBe(200);
    expect(await actionsOn(id)).toContain('deposit.take-over');
    expect((await decide(mei, id, 'accept')).body.code).toBe('claimed');
    // An hour later, as the database sees it.
    database(server.dataDir, (db) =>
      db.prepare("update deposit set claimUntil = '2020-01-01T00:00:00.000Z' where id = ?").run(id),
    );
    expect((await depositOf(mei, id)).claim).toBeNull();
    expect((await decide(mei, id, 'accept')).status).toBe(200);
  });

  it('goes to one of two who want it at once', async () => {
    const id = await deposited();
    const answers = await Promise.all(
      [amara, mei].map((person) => person.put(`${DEPOSITS}/${id}/claim`, {})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('the list', () => {
  it('answers in a few bytes while nothing has changed', async () => {
    const id = await deposited({ title: 'Listed' });
    const first = await mei.get(`${DEPOSITS}?state=new`);
    expect(first.body.deposits.map((entry: { id: string }) => entry.id)).toContain(id);
    const tag = first.headers.get('etag') ?? '';
    const ask = () => mei.send('GET', `${DEPOSITS}?state=new`, undefined, { 'if-none-match': tag });
    expect((await ask()).status).toBe(304);
    await amara.put(`${DEPOSITS}/${id}/claim`, {});
    const changed = await ask();
    expect(changed.status).toBe(200);
    expect(changed.body.deposits.find((entry: { id: string }) => entry.id === id).claim.by.id).toBe('amara');
  });

  it('counts each state; contacts and texts are not in it', async () => {
    const { body } = await mei.get(`${DEPOSITS}?state=returned`);
    expect(body.counts.returned).toBe(body.deposits.length);
    expect(JSON.stringify(body)).not.toContain(PROPOSAL.contact);
    expect(JSON.stringify(body)).not.toContain(PROPOSAL.text);
  });
});

it('tells the team’s open drafts, and only these, that there is something new', async () => {
  const clients = [amara.cookie, (await Person.demo(server, 'jonas')).cookie].map(
    (cookie) => new TestClient(server, cookie, { status: true }),
  );
  await Promise.all(clients.map((client) => client.synced()));
  const id = await deposited();
  await until(() => clients[0]?.notices.includes('deposits') ?? false);
  await decide(amara, id, 'accept');
  await until(() => clients.every((client) => client.notices.includes('recommendations')));
  expect(clients[1]?.notices).not.toContain('deposits');
  for (const client of clients) client.destroy();
});
