import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { reply, start, THREADS, threadOn, threadsOf } from '../support/threads.ts';

const PROCESS = 'global-compact-sample';

let server: TestServer;
let amara: Person;
let mei: Person;
let jonas: Person;
let leila: Person;
beforeAll(async () => {
  server = await TestServer.start();
  [amara, mei, jonas, leila] = await Promise.all([
    Person.demo(server, 'amara'),
    Person.demo(server, 'mei'),
    Person.demo(server, 'jonas'),
    Person.demo(server, 'leila'),
  ]);
});
afterAll(() => server?.remove());

describe('a thread', () => {
  it('hangs on a range, a clause, a section or the draft, in the round that is open', async () => {
    const anchor = { start: { item: { client: 1, clock: 2 } }, end: { item: { client: 1, clock: 5 } } };
    const places = [
      { kind: 'range', clauseId: 'c1', sectionId: 's1', anchor, quote: 'some text' },
      { kind: 'clause', clauseId: 'c1', sectionId: 's1', quote: 'All of the clause' },
      { kind: 'section', sectionId: 's1', quote: 'A heading' },
      { kind: 'draft' },
    ];
    for (const place of places) {
      const { id } = await start(jonas, place);
      expect((await threadsOf(leila)).get(id)).toMatchObject({
        clauseId: null,
        sectionId: null,
        anchor: null,
        quote: '',
        ...place,
        state: 'open',
        decided: null,
        visibility: 'all',
        round: { name: 'Open for trying out' },
        createdBy: { id: 'jonas', organisation: 'A delegation from the Pacific region' },
      });
    }
  });

  it('is refused on a place that is none, saying what a place needs', async () => {
    for (const place of [
      { kind: 'range', clauseId: 'c' },
      { kind: 'clause' },
      { kind: 'section' },
      { kind: 'draft', sectionId: 's' },
      { kind: 'clause', clauseId: 'c', anchor: { start: {}, end: {} } },
    ]) {
      const { status, body } = await jonas.post(THREADS, threadOn(place));
      expect([status, body.error], JSON.stringify(place)).toEqual([
        400,
        'kind: A thread on a range needs clauseId and anchor, on a clause clauseId, on a section sectionId; on the draft none.',
      ]);
    }
  });

  it('and a reply, sent twice, are kept once; an id of another’s is not taken over', async () => {
    const thread = await start(jonas);
    expect((await jonas.post(THREADS, thread)).status).toBe(201);
    expect((await mei.post(THREADS, thread)).status).toBe(409);
    expect((await jonas.post(THREADS, threadOn({ commentId: thread.commentId }))).status).toBe(409);
    const answer = { id: crypto.randomUUID(), body: 'An answer' };
    const at = `${THREADS}/${thread.id}/comments`;
    for (let i = 0; i < 2; i += 1) expect((await mei.post(at, answer)).status).toBe(201);
    expect((await jonas.post(at, answer)).status).toBe(409);
    const other = await start(mei);
    expect((await mei.post(`${THREADS}/${other.id}/comments`, answer)).status).toBe(409);
    const { comments } = (await threadsOf(leila)).get(thread.id);
    expect(comments.map(({ body }: { body: string }) => body)).toEqual(['A remark', 'An answer']);
  });
});

describe('a comment', () => {
  it('is changed by its author alone, with a trace', async () => {
    const { id, commentId } = await start(jonas, { body: 'First' });
    const at = `${THREADS}/${id}/comments/${commentId}`;
    expect((await amara.patch(at, { body: 'Not mine' })).body.code).toBe('not-author');
    expect((await jonas.patch(at, { body: '' })).status).toBe(400);
    for (const body of ['Second', 'Third']) expect((await jonas.patch(at, { body })).status).toBe(200);
    const [comment] = (await threadsOf(leila)).get(id).comments;
    expect(comment).toMatchObject({ body: 'Third', editedAt: expect.any(String), deleted: null });
    const { versions } = (await leila.get(`${at}/history`)).body;
    expect(versions).toMatchObject([
      { body: 'First', by: { id: 'jonas' } },
      { body: 'Second', by: { id: 'jonas' } },
    ]);
  });

  it('is deleted by its author or a facilitator; that it was stays, what it said is for the team', async () => {
    const { id, commentId } = await start(jonas, { body: 'Regretted' });
    const answer = await reply(jonas, id, 'Also regretted');
    const at = (comment: string) => `${THREADS}/${id}/comments/${comment}`;
    expect((await mei.delete(at(commentId))).body.code).toBe('not-author');
    expect((await jonas.delete(at(commentId))).status).toBe(200);
    expect((await amara.delete(at(answer))).status).toBe(200);
    expect((await amara.delete(at(answer))).status).toBe(200);
    expect((await threadsOf(leila)).get(id).comments).toMatchObject([
      { body: '', author: { id: 'jonas' }, deleted: { by: { id: 'jonas' } } },
      { body: '', author: { id: 'jonas' }, deleted: { by: { id: 'amara' } } },
    ]);
    expect((await jonas.patch(at(commentId), { body: 'Again' })).status).toBe(404);
    expect((await leila.get(`${at(commentId)}/history`)).status).toBe(404);
    expect((await mei.get(`${at(commentId)}/history`)).body.versions).toMatchObject([{ body: 'Regretted' }]);
    expect((await leila.get(`${THREADS}/search?q=regretted`)).body.hits).toEqual([]);
  });

  it('gets reactions, each person’s once, and loses them again', async () => {
    const { id, commentId } = await start(jonas);
    const at = (reaction: string) => `${THREADS}/${id}/comments/${commentId}/reactions/${reaction}`;
    for (const person of [mei, mei, jonas])
      expect((await person.put(at('agree'), { on: true })).status).toBe(200);
    expect((await mei.put(at('thanks'), { on: true })).status).toBe(200);
    expect((await mei.put(at('thanks'), { on: false })).status).toBe(200);
    expect((await mei.put(at('dance'), { on: true })).status).toBe(422);
    const [comment] = (await threadsOf(leila)).get(id).comments;
    expect(comment.reactions).toMatchObject([
      { reaction: 'agree', people: [{ id: 'mei' }, { id: 'jonas' }] },
    ]);
  });
});

describe('decisions', () => {
  it('are taken on many threads at once or on none, with who, when and why', async () => {
    const ids = [(await start(jonas)).id, (await start(jonas)).id];
    const decide = (body: object) => amara.put(`${THREADS}/states`, body);
    expect((await decide({ threadIds: [...ids, 'missing'], state: 'accepted' })).status).toBe(404);
    const unexplained = await decide({ threadIds: ids, state: 'not-accepted', reason: ' ' });
    expect([unexplained.status, unexplained.body.error]).toEqual([
      400,
      'reason: Say why it is not accepted.',
    ]);
    for (const id of ids) expect((await threadsOf(leila)).get(id).state).toBe('open');
    const reason = 'Outside the mandate';
    expect((await decide({ threadIds: ids, state: 'not-accepted', reason })).status).toBe(200);
    for (const id of ids)
      expect((await threadsOf(leila)).get(id)).toMatchObject({
        state: 'not-accepted',
        decided: { by: { id: 'amara' }, at: expect.any(String), reason },
      });
    const { entries } = (await amara.get(`/api/processes/${PROCESS}/audit?action=thread.state`)).body;
    expect(entries.map(({ objectId }: { objectId: string }) => objectId).sort()).toEqual([...ids].sort());
    expect(entries[0].details).toMatchObject({ from: 'open', to: 'not-accepted' });
  });

  it('give a thread to somebody of the team with a day, and labels', async () => {
    const { id } = await start(jonas);
    const assign = (body: object) => mei.put(`${THREADS}/${id}/assignment`, body);
    expect((await assign({ assigneeId: 'jonas' })).body.code).toBe('not-team');
    expect((await assign({ assigneeId: 'tomas', dueOn: 'soon' })).status).toBe(400);
    expect((await assign({ assigneeId: 'tomas', dueOn: '2031-05-31' })).status).toBe(200);
    const labels = ['legal', 'legal', 'para 4'];
    expect((await mei.put(`${THREADS}/${id}/labels`, { labels })).status).toBe(200);
    expect((await threadsOf(leila)).get(id)).toMatchObject({
      assignee: { id: 'tomas' },
      dueOn: '2031-05-31',
      labels: ['legal', 'para 4'],
    });
  });
});

describe('what one has read and mutes', () => {
  it('is one’s own, and never goes back', async () => {
    const { id } = await start(jonas);
    const mark = (upTo: string) => mei.put(`${THREADS}/read`, { marks: [{ threadId: id, upTo }] });
    for (const upTo of ['2031-05-02T00:00:00.000Z', '2031-05-01T00:00:00.000Z'])
      expect((await mark(upTo)).status).toBe(200);
    expect((await mei.put(`${THREADS}/${id}/mute`, { muted: true })).status).toBe(200);
    expect((await threadsOf(mei)).get(id)).toMatchObject({
      readUpTo: '2031-05-02T00:00:00.000Z',
      muted: true,
    });
    expect((await threadsOf(jonas)).get(id)).toMatchObject({ readUpTo: null, muted: false });
    expect((await mei.put(`${THREADS}/${id}/mute`, { muted: false })).status).toBe(200);
    expect((await threadsOf(mei)).get(id).muted).toBe(false);
  });
});

describe('a list continued from a cursor', () => {
  it('holds what changed since, and nothing else', async () => {
    const untouched = await start(jonas);
    const { id, commentId } = await start(jonas);
    const changes: (() => Promise<unknown>)[] = [
      () => reply(mei, id, 'A reply'),
      () => jonas.patch(`${THREADS}/${id}/comments/${commentId}`, { body: 'Changed' }),
      () => mei.put(`${THREADS}/${id}/comments/${commentId}/reactions/agree`, { on: true }),
      () => mei.put(`${THREADS}/states`, { threadIds: [id], state: 'answered' }),
      () => mei.put(`${THREADS}/${id}/labels`, { labels: ['x'] }),
      () => jonas.delete(`${THREADS}/${id}/comments/${commentId}`),
    ];
    // Something newer than the untouched thread, so that the cursor is past it.
    let { cursor } = (await leila.get(THREADS)).body;
    for (const change of changes) {
      await change();
      const { body } = await leila.get(`${THREADS}?since=${cursor}`);
      expect(body.threads.map((thread: { id: string }) => thread.id)).toContain(id);
      cursor = body.cursor;
    }
    const last = (await leila.get(`${THREADS}?since=${cursor}`)).body;
    expect(last.threads.map((thread: { id: string }) => thread.id)).not.toContain(untouched.id);
    expect(last.cursor).toBe(cursor);
    expect((await leila.get(`${THREADS}?since=yesterday`)).status).toBe(400);
  });
});

describe('full-text search', () => {
  it('finds words of comments and quotations, changed ones as they are now', async () => {
    const { id, commentId } = await start(jonas, {
      kind: 'clause',
      clauseId: 'c',
      quote: 'of zeppelins',
      body: 'Airships',
    });
    const search = async (q: string) =>
      (await leila.get(`${THREADS}/search?q=${encodeURIComponent(q)}`)).body.hits;
    expect(await search('zeppelin')).toMatchObject([{ threadId: id, commentId: null }]);
    expect(await search('airship')).toEqual([{ threadId: id, commentId, excerpt: '\ue000Airships\ue001' }]);
    await jonas.patch(`${THREADS}/${id}/comments/${commentId}`, { body: 'Balloons' });
    expect(await search('airship')).toEqual([]);
    expect(await search('"balloons" NOT OR')).toEqual([]);
    expect(await search('balloon')).toHaveLength(1);
  });
});
