import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AUDIT_ACTIONS, type AuditEntry } from '@zerodraft/contract';
import BetterSqlite from 'better-sqlite3';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeFor, enrol, PASSWORD, PROCESS, secretOf } from '../support/account.ts';
import { DRAFT } from '../support/client.ts';
import { BOX, Box, DEPOSITS, decide, PROPOSAL } from '../support/deposits.ts';
import { newSource, readSource, SOURCES } from '../support/documents.ts';
import { allOf, importRows, newId } from '../support/library.ts';
import { linkIn, Mailbox } from '../support/mailbox.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const AUDIT = `/api/processes/${PROCESS}/audit`;

let server: TestServer;
let mailbox: Mailbox;
let amara: Person;
beforeAll(async () => {
  mailbox = await Mailbox.start();
  server = await TestServer.start({ env: { ...mailbox.env, ZERODRAFT_TRUST_PROXY: '1' } });
  amara = await Person.demo(server, 'amara');
});
afterAll(async () => {
  await server?.remove();
  await mailbox?.close();
});

async function read(query = ''): Promise<AuditEntry[]> {
  return (await amara.get(`${AUDIT}?limit=200&${query}`)).body.entries;
}

const settings = { themes: ['Fish'], dimensions: ['Sea'], sections: [] };
const round = {
  name: 'A round',
  opensAt: null,
  closesAt: null,
  timeZone: 'UTC',
  comments: true,
  proposals: true,
};

/** Does everything that is recorded, but what needs a browser or thirty days. */
async function doEverything(): Promise<void> {
  // An account from invitation to its second factor.
  const invitations = `/api/processes/${PROCESS}/invitations`;
  const guest = { name: 'G', organisation: null, role: 'observer' };
  const { body } = await amara.post(invitations, { invitations: [{ ...guest, email: 'twice@x.example' }] });
  await amara.post(`${invitations}/${body.sent[0].id}/resend`);
  await amara.delete(`${invitations}/${body.sent[0].id}`);
  const email = 'audited@x.example';
  const person = await enrol(server, mailbox, email, { name: 'Una Audited' });
  await person.patch('/api/account', { name: 'Una Renamed' });
  await new Person(server).post('/api/auth/sign-in/email', { email, password: 'not the password' });
  const other = new Person(server);
  await other.post('/api/auth/sign-in/email', { email, password: PASSWORD });
  await other.post('/api/auth/sign-out');
  await person.delete('/api/account/sessions');
  await person.post('/api/auth/change-password', {
    currentPassword: PASSWORD,
    newPassword: 'five loud foghorns',
  });
  const password = 'five loud foghorns';
  const { totpURI } = (await person.post('/api/auth/two-factor/enable', { password })).body;
  await person.post('/api/auth/two-factor/verify-totp', { code: codeFor(totpURI) });
  await person.post('/api/auth/two-factor/generate-backup-codes', { password });
  await person.post('/api/auth/two-factor/disable', { password });
  await new Person(server).post('/api/auth/request-password-reset', { email });
  const link = linkIn((await mailbox.to(email, 2)).raw, 'reset-password');
  await new Person(server).post('/api/auth/reset-password', {
    newPassword: 'six loud foghorns',
    token: new URL(link).searchParams.get('token'),
  });

  // A process and what is in it.
  await amara.patch(`/api/processes/${PROCESS}`, { themes: ['Fish'] });
  const draft = (await amara.post(`/api/processes/${PROCESS}/drafts`, { title: 'Recorded' })).body.id;
  await amara.patch(`/api/drafts/${draft}`, { title: 'Renamed' });
  await amara.put(`/api/drafts/${draft}/state`, { state: 'archived' });
  await amara.put(`/api/drafts/${draft}/members/mei`, { role: 'observer' });
  const shared = (await amara.post(`/api/drafts/${draft}/links`, { expiresAt: null })).body;
  expect(JSON.stringify(await read())).not.toContain(secretOf(shared.link));
  await amara.delete(`/api/drafts/${draft}/links/${shared.id}`);
  await amara.patch(`/api/processes/${PROCESS}/members/leila`, { organisation: 'A House' });
  const rounds = `/api/processes/${PROCESS}/rounds`;
  const { id } = (await amara.post(rounds, round)).body;
  await amara.patch(`${rounds}/${id}`, { name: 'Another' });
  await amara.post(`${rounds}/${id}/close`);
  await amara.post(`${rounds}/${id}/reopen`, { closesAt: null });
  await amara.delete(`${rounds}/${id}`);
  const form = new FormData();
  form.set('file', new File(['Reference,Text,Source,Themes\nA-1,Text,A network,Fish\n'], 'a.csv'));
  form.set('commit', 'true');
  await amara.send('POST', `/api/processes/${PROCESS}/imports`, form);
  const thread = crypto.randomUUID();
  await amara.post(`/api/drafts/${DRAFT}/threads`, {
    id: thread,
    commentId: crypto.randomUUID(),
    clauseId: 'c',
    anchor: { start: {}, end: {} },
    quote: 'q',
    body: 'What is said is not recorded',
  });
  const ofThreads = `/api/drafts/${DRAFT}/threads`;
  for (const state of ['resolved', 'open'])
    await amara.put(`${ofThreads}/states`, { threadIds: [thread], state });
  await amara.put(`${ofThreads}/${thread}/assignment`, { assigneeId: 'mei', dueOn: '2031-05-31' });
  await amara.put(`${ofThreads}/${thread}/labels`, { labels: ['legal'] });
  const jonas = await Person.demo(server, 'jonas');
  const reply = crypto.randomUUID();
  await jonas.post(`${ofThreads}/${thread}/comments`, { id: reply, body: 'Taken away by a facilitator' });
  await amara.delete(`${ofThreads}/${thread}/comments/${reply}`);
  const hidden = crypto.randomUUID();
  const note = {
    id: hidden,
    commentId: crypto.randomUUID(),
    kind: 'draft',
    visibility: 'team',
    body: 'For the team',
  };
  await amara.post(ofThreads, note);
  await amara.put(`${ofThreads}/${hidden}/visibility`, { visibility: 'all' });
  await amara.delete(`/api/processes/${PROCESS}/members/tomas`);
  await amara.put(`/api/processes/${PROCESS}/state`, { state: 'active' });

  // Sources: one that is cited stays, so that another is deleted.
  const { id: sourceId } = await readSource(amara, 'What is said in it.', 'input.txt');
  await amara.patch(`${SOURCES}/${sourceId}`, { version: 2, who: 'A Mission' });
  const passage = { from: { n: 1, offset: 0 }, to: { n: 1, offset: 7 }, quote: 'What is' };
  await amara.post(`/api/processes/${PROCESS}/recommendations`, { id: randomUUID(), sourceId, passage });
  await amara.delete(`${SOURCES}/${await newSource(amara)}`);

  // The box, and each decision on what is deposited in it.
  const box = await Box.open(server);
  const said = { themes: [], dimensions: [] };
  const { id: deposit } = await box.deposit(said);
  const { id: second } = await box.deposit(said);
  await amara.patch(`${DEPOSITS}/${deposit}`, { version: 1, region: 'Asia' });
  const { title, text, kind } = PROPOSAL;
  const part = { title, text, kind, ...said };
  for (const [deed, more] of [
    ['accept', {}],
    ['merge', { into: { kind: 'deposit', id: second } }],
    ['split', { parts: [part, part] }],
    ['return', { reason: 'It is about something else.' }],
  ] as const) {
    await decide(amara, deposit, deed, more);
    await decide(amara, deposit, 'reopen');
  }
  await (await Person.demo(server, 'mei')).put(`${DEPOSITS}/${second}/claim`, {});
  await amara.put(`${DEPOSITS}/${second}/claim`, { takeOver: true });
  await amara.put(BOX, { open: true, slug: 'moved-elsewhere' });
  await amara.put(BOX, { open: false });
}

/** Keeps a version, renames, restores and deletes it. */
async function keepVersions(): Promise<void> {
  const versions = `/api/drafts/${DRAFT}/versions`;
  const id = randomUUID();
  await amara.post(versions, { id, name: 'As tabled' });
  await amara.patch(`${versions}/${id}`, { name: 'As tabled in Geneva' });
  const restored = await amara.post(`${versions}/${id}/restore`, { before: randomUUID() });
  expect(restored.status, JSON.stringify(restored.body)).toBe(200);
  await amara.delete(`${versions}/${id}`);
}

/** Changes the library and its vocabularies in every way. */
async function changeLibrary(): Promise<void> {
  const process = `/api/processes/${PROCESS}`;
  await importRows(
    amara,
    [['Reference', 'Text', 'Source'], ...['W-1', 'W-2', 'W-3'].map((reference) => [reference, 'Text', 'S'])],
    process,
  );
  const all = await allOf(amara, process);
  const id = (reference: string): string => all.get(reference)?.id ?? '';
  const of = `${process}/recommendations`;
  await amara.patch(`${of}/${id('W-1')}`, { version: 1, session: 'First' });
  await amara.post(`${of}/${id('W-1')}/merges`, { version: 2, from: [{ id: id('W-2'), version: 1 }] });
  await amara.delete(`${of}/${id('W-2')}/merge?version=2`);
  const { body } = await amara.delete(`${of}/${id('W-3')}?version=1`);
  await amara.post(`${process}/library/batches/${body.batch}/undo`);
  await amara.get(`${process}/library/export?format=json`);
  await amara.get(`/api/drafts/${DRAFT}/footprint?view=clauses&format=xlsx`);
  const terms = `${process}/taxonomies/regions`;
  const [a, b, c] = [newId(), newId(), newId()];
  for (const term of [a, b, c]) await amara.post(`${terms}/terms`, { id: term, label: term });
  await amara.patch(`${terms}/terms/${a}`, { label: 'Renamed' });
  const { regions } = (await amara.get(`${process}/taxonomies`)).body.taxonomies;
  await amara.put(`${terms}/order`, { ids: regions.map(({ id }: { id: string }) => id).reverse() });
  await amara.post(`${terms}/terms/${a}/merge`, { into: b });
  await amara.delete(`${terms}/terms/${c}`);
  const view = newId();
  await amara.post(`${process}/views`, { id: view, name: 'View', query: {} });
  await amara.patch(`${process}/views/${view}`, { version: 1, name: 'Other' });
  await amara.delete(`${process}/views/${view}`);
}

describe('the audit log', () => {
  it('records everything it names', async () => {
    await doEverything();
    await changeLibrary();
    await keepVersions();
    const recorded = new Set((await read()).map(({ action }) => action));
    expect(AUDIT_ACTIONS.filter((action) => !recorded.has(action))).toEqual([
      // Tested in the browser, with the bin and the command line, and below.
      'passkey.add',
      'passkey.remove',
      'account.rights',
      'process.create',
      'process.purge',
      'draft.purge',
      // As versions before states wrote them.
      'thread.resolve',
      'thread.reopen',
    ]);
    const text = JSON.stringify(await read());
    for (const secret of [PASSWORD, 'foghorns', 'What is said', PROPOSAL.text, PROPOSAL.contact])
      expect(text).not.toContain(secret);
  });

  it('says who, what, when and from where, under the name of the time', async () => {
    const person = await Person.demo(server, 'mei');
    await person.send(
      'PATCH',
      '/api/account',
      { name: 'Mei of Another Name' },
      {
        'x-forwarded-for': '198.51.100.7, 203.0.113.9',
        'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0',
      },
    );
    const [renamed] = await read('person=mei&action=account.rename');
    expect(renamed).toMatchObject({
      userName: 'Mei Castellanos',
      objectKind: 'account',
      objectId: 'mei',
      details: { name: 'Mei of Another Name' },
      // The one proxy that is trusted named the last; what stands before it anybody can write.
      ip: '203.0.113.9',
      device: 'Edge on Windows',
    });
    expect(Math.abs(Date.now() - Date.parse(renamed?.at ?? ''))).toBeLessThan(60_000);
    const failed = await read('action=sign-in.failed');
    expect(failed[0]).toMatchObject({ details: { method: 'password' }, ip: '127.0.0.1' });
  });

  it('is read by page and by filter', async () => {
    const all = await read();
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => b - a));
    const paged: number[] = [];
    let cursor = '';
    do {
      const { body } = await amara.get(`${AUDIT}?limit=7${cursor}`);
      paged.push(...body.entries.map(({ id }: AuditEntry) => id));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(paged).toEqual(all.map(({ id }) => id));
    const byAction = await read('action=round.close');
    expect(byAction.map(({ action }) => action)).toEqual(['round.close']);
    const one = all[10];
    const about = await read(`objectKind=${one?.objectKind}&objectId=${one?.objectId}`);
    expect(about).toEqual(
      all.filter(({ objectKind, objectId }) => objectKind === one?.objectKind && objectId === one?.objectId),
    );
    const middle = all[Math.floor(all.length / 2)]?.at ?? '';
    const halves = [await read(`to=${middle}`), await read(`from=${middle}`)].flat();
    expect(halves).toHaveLength(all.length);
    expect((await amara.get(`${AUDIT}?action=nothing`)).status).toBe(400);
  });

  it('belongs to its process: other facilitators read nothing of it', async () => {
    const own = (await amara.post('/api/processes', { name: 'Own', ...settings })).body.id;
    const { entries } = (await amara.get(`/api/processes/${own}/audit`)).body;
    const actions = entries.filter(({ objectKind }: AuditEntry) => objectKind !== 'account');
    expect(actions.map(({ action }: AuditEntry) => action)).toEqual(['process.create']);
    expect(entries.every(({ userId }: AuditEntry) => userId === 'amara')).toBe(true);
  });

  it('is exported as CSV that no spreadsheet takes for a formula', async () => {
    const evil = '=HYPERLINK("http://x.example","a")';
    const invitations = [{ name: evil, email: 'csv@x.example', organisation: '@SUM(A1)', role: 'observer' }];
    await amara.post(`/api/processes/${PROCESS}/invitations`, { invitations });
    const token = secretOf(linkIn((await mailbox.to('csv@x.example')).raw, 'invite/'));
    await new Person(server).post(`/api/invitations/${token}/accept`, { password: PASSWORD });
    const { body, headers } = await amara.get(`${AUDIT}.csv?action=invitation.accept`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('attachment');
    const rows = Papa.parse<string[]>(body.replace(/^\ufeff/, ''), { skipEmptyLines: true }).data;
    expect(rows[0]?.slice(0, 3)).toEqual(['Time (UTC)', 'Person', 'Action']);
    expect(rows).toHaveLength((await read('action=invitation.accept')).length + 1);
    const cell = rows.flat().find((text) => text.includes('HYPERLINK'));
    expect(cell).toBe(`'${evil}`);
    expect(rows.flat().filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
  });

  it('is only ever added to, also by whoever opens the database', () => {
    const db = new BetterSqlite(join(server.dataDir, 'zerodraft.db'));
    for (const statement of ["update audit set userName = 'x'", 'delete from audit'])
      expect(() => db.prepare(statement).run()).toThrow(/append-only/);
    db.close();
  });
});
