import type { Facets, SearchPage, SearchRequestInput } from '@zerodraft/contract';
import type { LibraryFile } from '@zerodraft/formats';
import { readBlocks } from '@zerodraft/schema';
import { addLink } from '@zerodraft/trace';
import { TestClient, until } from '../../support/client.ts';
import { allOf, importFile, newProcess, termsOf } from '../../support/library.ts';
import { Person } from '../../support/person.ts';
import type { TestServer } from '../../support/server.ts';
import { madeUp, RARE } from './made-up.ts';
import { check, type Figure, measure } from './measure.ts';

/** Searches and counts in a library of so many recommendations. */
export async function searchLibrary(server: TestServer, size: number): Promise<Figure[]> {
  const person = await Person.demo(server, 'amara');
  const address = await newProcess(person, `Library of ${size}`);
  const library: LibraryFile = madeUp(size);
  const bytes = new TextEncoder().encode(JSON.stringify(library));
  const { body: report } = await importFile(person, bytes, 'library.json', `${address}/library/imports`);
  check(report.added === size, `an import of ${size} added ${report.added}: ${report.error}`);

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
  return figures;
}
