import type { Facets, SearchPage, SearchRequestInput } from '@zerodraft/contract';
import type { LibraryFile } from '@zerodraft/formats';
import { readBlocks } from '@zerodraft/schema';
import { addLink } from '@zerodraft/trace';
import { TestClient, until } from '../../support/client.ts';
import { allOf, importFile, newProcess, termsOf } from '../../support/library.ts';
import { Person } from '../../support/person.ts';
import { TestServer } from '../../support/server.ts';
import { madeUp, RARE } from './made-up.ts';

/** Measured from the client: the server's own time and the way there and back, which is the network's least. */
const SIZES = [300, 3_000, 20_000] as const;
const RUNS = 40;
/** Milliseconds at the median with the largest library. */
const GOALS = { search: 50, facets: 100 } as const;
/** Milliseconds after which the bench gives up. */
const LIMIT = 10 * 60_000;

function check(is: boolean, what: string): void {
  if (!is) throw new Error(`wrong answer: ${what}`);
}
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

interface Figure {
  name: string;
  kind: keyof typeof GOALS | null;
  median: number;
  p95: number;
}

/** Runs something again and again; `prepare` is not measured. */
async function measure(
  name: string,
  kind: Figure['kind'],
  run: (index: number) => Promise<unknown>,
  prepare: (index: number) => Promise<unknown> = async () => undefined,
): Promise<Figure> {
  const times: number[] = [];
  for (let index = -3; index < RUNS; index += 1) {
    await prepare(index);
    const start = performance.now();
    await run(index);
    // The first ones warm up.
    if (index >= 0) times.push(performance.now() - start);
  }
  return { name, kind, median: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** Milliseconds that the slowest of other people's requests took while something went on. */
async function slowestBeside(server: TestServer, work: Promise<unknown>): Promise<number> {
  let over = false;
  let slowest = 0;
  const asking = (async () => {
    while (!over) {
      const start = performance.now();
      await fetch(`${server.url}/health/live`);
      slowest = Math.max(slowest, performance.now() - start);
    }
  })();
  await work.finally(() => {
    over = true;
  });
  await asking;
  return slowest;
}

async function ofSize(server: TestServer, size: number): Promise<{ figures: Figure[]; notes: string[] }> {
  const person = await Person.demo(server, 'amara');
  const address = await newProcess(person, `Library of ${size}`);
  const library: LibraryFile = madeUp(size);
  const bytes = new TextEncoder().encode(JSON.stringify(library));
  const begun = performance.now();
  const importing = importFile(person, bytes, 'library.json', `${address}/library/imports`);
  const beside = await slowestBeside(server, importing);
  const { body: report } = await importing;
  check(report.added === size, `an import of ${size} added ${report.added}: ${report.error}`);
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  const notes = [
    `import of ${size}: ${seconds} s; the slowest other request meanwhile: ${beside.toFixed(0)} ms`,
  ];

  const idOf = await allOf(person, address);
  const { body: draft } = await person.post(`${address}/drafts`, { title: 'Draft' });
  const client = new TestClient(server, person.cookie, { draftId: draft.id, status: true });
  await client.synced();
  const clause = readBlocks(client.doc).find(({ kind }) => kind === 'paragraph');
  const linked = Math.floor(size / 10);
  client.doc.transact(() => {
    for (const [index, { id }] of [...idOf.values()].entries())
      if (index % 10 === 3)
        addLink(client.doc, { clauseId: clause?.id ?? '', recommendationId: id, relation: 'adapted' });
  });
  await client.saved(1);

  const search = async (request: SearchRequestInput): Promise<SearchPage> =>
    (await person.post(`${address}/library/search`, request)).body;
  const facets = async (request: object): Promise<Facets> =>
    (await person.post(`${address}/library/facets`, request)).body;
  await until(async () => (await search({ filters: { linked: ['linked'] }, limit: 1 })).total === linked);

  const [theme] = [...(await termsOf(person, 'themes', address)).values()];
  const [region] = [...(await termsOf(person, 'regions', address)).values()];
  const both = { themes: [theme?.id ?? ''], regions: [region?.id ?? ''] };
  const all = library.recommendations;
  const isBoth = (one: (typeof all)[number]): boolean =>
    one.themes.includes(theme?.label ?? '') && one.region === region?.label;
  const word = (one: (typeof all)[number], text: string): boolean =>
    `${one.title} ${one.text}`.toLowerCase().split(/\W+/).includes(text);

  // The answers are right, by counting here.
  const count = (passes: (one: (typeof all)[number]) => boolean): number => all.filter(passes).length;
  const expected: [SearchRequestInput, number][] = [
    [{}, size],
    [{ q: RARE }, count((one) => word(one, RARE))],
    [{ q: `"${RARE} homes"` }, count((one) => word(one, RARE))],
    [{ q: 'zanzi' }, count((one) => word(one, RARE))],
    [{ filters: both }, count(isBoth)],
    [{ q: RARE, filters: both }, count((one) => isBoth(one) && word(one, RARE))],
  ];
  for (const [request, total] of expected) {
    const found = await search(request);
    check(found.total === total, `${JSON.stringify(request)} finds ${found.total} of ${total}`);
  }
  const counted = await facets({ filters: both });
  for (const { value, count: n } of counted.facets.regions) {
    const label = [...(await termsOf(person, 'regions', address)).values()].find(
      ({ id }) => id === value,
    )?.label;
    const wanted = count((one) => one.themes.includes(theme?.label ?? '') && one.region === (label ?? ''));
    check(n === wanted, `the region ${label} counts ${n} of ${wanted}`);
  }
  check(counted.facets.linked.reduce((sum, { count: n }) => sum + n, 0) === count(isBoth), 'linked and open');

  const common = ['migrants', 'states ensure', 'national policies', 'rights'];
  const wordAt = (index: number): string => common[Math.abs(index) % common.length] ?? '';
  const first = [...idOf.values()][0];
  let version = first?.version ?? 1;
  const edit = async (index: number): Promise<void> => {
    const change = { version, session: `Session ${index}` };
    version = (await person.patch(`${address}/recommendations/${first?.id}`, change)).body.version;
  };
  const figures = [
    await measure('search: all, first page', 'search', () => search({})),
    await measure('search: words in most', 'search', (index) => search({ q: wordAt(index) })),
    await measure('search: a rare word', 'search', () => search({ q: RARE })),
    await measure('search: a phrase', 'search', () => search({ q: '"states should ensure"' })),
    await measure('search: a beginning', 'search', () => search({ q: 'migr' })),
    await measure('search: words, two filters', 'search', (index) =>
      search({ q: wordAt(index), filters: both }),
    ),
    await measure('search: by date, page 5', 'search', () =>
      search({ sort: 'date', descending: true, offset: 200 }),
    ),
    await measure('search: right after an edit', 'search', () => search({}), edit),
    await measure('facets: all', 'facets', () => facets({})),
    await measure('facets: words in most', 'facets', (index) => facets({ q: wordAt(index) })),
    await measure('facets: words, two filters', 'facets', (index) =>
      facets({ q: wordAt(index), filters: both }),
    ),
    await measure('facets: right after an edit', 'facets', () => facets({}), edit),
    await measure('bare request', null, () => person.get(`${address}/views`)),
  ];
  client.destroy();
  return { figures, notes };
}

const server = await TestServer.start();
setTimeout(() => {
  console.error(`The bench is not over after ${LIMIT / 60_000} minutes.`);
  process.exit(1);
}, LIMIT).unref();
try {
  const results = new Map<number, Figure[]>();
  for (const size of SIZES) {
    const { figures, notes } = await ofSize(server, size);
    results.set(size, figures);
    for (const note of notes) console.log(note);
  }
  const least = results.get(SIZES[0]) ?? [];
  const most = results.get(20_000) ?? [];
  console.log(`\nmedian (p95) in ms of ${RUNS} requests one after the other, over HTTP\n`);
  console.log(['what'.padEnd(30), ...SIZES.map((size) => String(size).padStart(16)), 'growth'].join('  '));
  for (const [index, { name }] of least.entries()) {
    const cells = SIZES.map((size) => {
      const figure = results.get(size)?.[index];
      return `${figure?.median.toFixed(1)} (${figure?.p95.toFixed(1)})`.padStart(16);
    });
    const growth = (most[index]?.median ?? 0) / (least[index]?.median ?? 1);
    console.log([name.padEnd(30), ...cells, `${growth.toFixed(1)} x`].join('  '));
  }
  const missed = most.filter(({ kind, median }) => kind !== null && median > GOALS[kind]);
  console.log(
    missed.length === 0
      ? `\nGoals reached at 20,000: search under ${GOALS.search} ms, facets under ${GOALS.facets} ms. All answers were right.`
      : `\nGoals missed: ${missed.map(({ name, median }) => `${name} ${median.toFixed(1)} ms`).join(', ')}.`,
  );
  if (missed.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`The bench failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await server.remove();
  process.exit();
}
