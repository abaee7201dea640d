import { seeded } from '@zerodraft/sync/random';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/client.ts';
import { importFile, newProcess } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { database } from './log-file.ts';

const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 8);
/** Enough that writing them takes a while. */
const SIZE = 4_000;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server?.remove());

const FILLING = 'It goes on about schools, homes and work, as written inputs do. '.repeat(10);

/** A library whose every text tells of which round it is. */
function libraryOf(round: number): Uint8Array<ArrayBuffer> {
  const themes = Array.from({ length: 20 }, (_, n) => ({ label: `Theme ${n} of ${round}`, retired: false }));
  const recommendations = Array.from({ length: SIZE }, (_, n) => ({
    reference: `R-${n}`,
    title: `Title ${n}, round ${round}`,
    text: `Round ${round}. ${FILLING}`,
    source: 'S',
    sourceKind: '',
    document: '',
    locator: '',
    date: null,
    themes: [`Theme ${n % 20} of ${round}`],
    dimensions: [],
    kind: '',
  }));
  const taxonomies = { themes, dimensions: [], kinds: [], stakeholderKinds: [], regions: [] };
  const file = { format: 'zerodraft-library', version: 1, taxonomies, recommendations };
  return new TextEncoder().encode(JSON.stringify(file));
}

/** What the database holds of a process: of each round how many texts, terms, points of history and records. */
function kept(processId: string) {
  return database(server.dataDir, (db) => {
    const count = (question: string): number => Number(db.prepare(question).pluck().get(processId));
    const rounds = db
      .prepare(
        "select distinct substr(text, 1, instr(text, '.') - 1) from recommendation where processId = ?",
      )
      .pluck()
      .all(processId);
    return {
      rounds: rounds.map(String),
      rows: count('select count(*) from recommendation where processId = ?'),
      history: count('select count(*) from recommendation_change where processId = ?'),
      terms:
        count(`select count(*) from recommendation_term t join recommendation r on r.id = t.recommendationId
        where r.processId = ?`),
      records: count("select count(*) from audit where action = 'recommendation.import' and scope = ?"),
    };
  });
}

it(`${ROUNDS} kills during an import leave all of it or nothing`, async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  const random = seeded(seed);
  const person = await Person.demo(server, 'amara');
  const address = await newProcess(person);
  const processId = address.split('/').at(-1) ?? '';
  let imports = 0;
  let last = 0;
  let cutOff = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const explain = `round ${round}; once more with FUZZ_SEED=${seed} FUZZ_ROUNDS=${ROUNDS}`;
    let answered = false;
    const importing = importFile(person, libraryOf(round), 'library.json', `${address}/library/imports`)
      .then(({ status }) => {
        answered = status === 200;
      })
      .catch(() => undefined);
    // Most kills hit the work itself, which takes some hundred milliseconds.
    const delay = random(700);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await server.stop('SIGKILL');
    await importing;
    await server.run();

    const now = kept(processId);
    const done = now.rounds.includes(`Round ${round}`);
    if (answered) expect(done, explain).toBe(true);
    if (done) {
      last = round;
      imports += 1;
    } else cutOff += 1;
    expect(now, explain).toEqual({
      rounds: last === 0 ? [] : [`Round ${last}`],
      rows: last === 0 ? 0 : SIZE,
      history: imports * SIZE,
      terms: last === 0 ? 0 : SIZE,
      records: imports,
    });
  }
  // The kills did hit something, and what was cut off can be sent again.
  expect(cutOff, `FUZZ_SEED=${seed}`).toBeGreaterThan(0);
  const { body } = await importFile(
    person,
    libraryOf(ROUNDS + 1),
    'library.json',
    `${address}/library/imports`,
  );
  expect(body.added + body.updated).toBe(SIZE);
  await until(async () => (await person.post(`${address}/library/search`, { limit: 1 })).body.total === SIZE);
  const astray = database(server.dataDir, (db) => {
    db.prepare("insert into recommendation_fts(recommendation_fts) values ('integrity-check')").run();
    return db
      .prepare(`select count(*) from recommendation r full join recommendation_fts f on f.rowid = r.seq
        where f.text is not r.text or f.title is not r.title`)
      .pluck()
      .get();
  });
  expect(astray).toBe(0);
}, 300_000);
