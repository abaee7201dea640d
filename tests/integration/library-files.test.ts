import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allOf,
  bareLibrary,
  importFile,
  importRows,
  newId,
  newProcess,
  PROCESS,
  termsOf,
} from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let amara: Person;
beforeAll(async () => {
  server = await TestServer.start();
  amara = await Person.demo(server, 'amara');
});
afterAll(() => server?.remove());

async function download(address: string, format: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`${server.url}${address}/library/export?format=${format}`, {
    headers: { cookie: amara.cookie },
  });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Texts that files like to spoil. */
const AWKWARD: readonly string[] = [
  '=SUM(A1:A2)',
  "'=already with an apostrophe",
  "''+two of them",
  '-5 per cent',
  '@home',
  'Quotes "inside", commas; semicolons | bars\tand tabs',
  'Line one\nLine two\n\nLine four',
  'Old\r\nline\rbreaks',
  'يجب على الدول أن تتعاون',
  '促进安全、有序和正常移民 😀',
  '_x000D_ and &amp; <b>markup</b>',
  '007',
  '2017-05-01',
  'TRUE',
  "'quoted'",
  'e\u0301 and é',
];

/** A process full of awkward things. */
async function awkward(): Promise<string> {
  const address = await newProcess(amara, 'Awkward');
  const labels = [
    'Water; energy',
    '"Quoted" term',
    'Water',
    'water and energy',
    'A|B',
    '=1+1',
    'Zebra',
    'Apple',
  ];
  for (const label of labels) await amara.post(`${address}/taxonomies/themes/terms`, { id: newId(), label });
  const themes = await termsOf(amara, 'themes', address);
  const kinds = await termsOf(amara, 'kinds', address);
  await importRows(
    amara,
    [
      ['Reference', 'Title', 'Text', 'Source'],
      ...AWKWARD.map((_, index) => [`A-${index}`, `T${index}`, 'x', 'S']),
    ],
    address,
  );
  const all = await allOf(amara, address);
  for (const [index, value] of AWKWARD.entries()) {
    const one = all.get(`A-${index}`);
    const line = value.replace(/\s+/g, ' ');
    const change = {
      version: one?.version,
      text: value,
      title: line,
      source: line,
      document: index % 2 === 0 ? line : '',
      session: line,
      phase: index % 3 === 0 ? 'Stocktaking' : '',
      language: index % 4 === 0 ? 'ar' : '',
      date: index % 5 === 0 ? '2017-05-01' : null,
      disposition: index % 2 === 0 ? 'not-reflected' : 'partly',
      dispositionReason: value,
      terms: {
        themes: labels.slice(index % 8, (index % 8) + 3).map((label) => themes.get(label)?.id),
        kinds: index % 2 === 0 ? [kinds.get('Partnership')?.id] : [],
      },
    };
    const { status, body } = await amara.patch(`${address}/recommendations/${one?.id}`, change);
    expect(status, JSON.stringify(body)).toBe(200);
  }
  await amara.patch(`${address}/taxonomies/themes/terms/${themes.get('Zebra')?.id}`, { retired: true });
  await amara.patch(`${address}/taxonomies/kinds/terms/${kinds.get('Other')?.id}`, { label: 'Else' });
  return address;
}

describe.each([
  ['the sample', async () => PROCESS],
  ['a library of awkward texts', awkward],
])('%s', (_name, make) => {
  it('goes out as JSON, into an empty process and out again, the same', async () => {
    const address = await make();
    const first = await download(address, 'json');
    const copy = await newProcess(amara, 'Copy');
    const dry = await importFile(amara, first, 'l.json', `${copy}/library/imports`, { commit: 'false' });
    expect(dry.body).toMatchObject({ updated: 0, committed: false });
    expect((await allOf(amara, copy)).size).toBe(0);
    const { status, body } = await importFile(amara, first, 'l.json', `${copy}/library/imports`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toEqual({ ...dry.body, committed: true });
    expect(bareLibrary(await download(copy, 'json'))).toBe(bareLibrary(first));
    // Once more changes nothing.
    const again = await importFile(amara, first, 'l.json', `${copy}/library/imports`);
    expect(again.body).toMatchObject({ added: 0, updated: 0, newTerms: [] });
    expect(bareLibrary(await download(copy, 'json'))).toBe(bareLibrary(first));
  });

  it.each(['csv', 'xlsx'])(
    'goes out as %s, into an empty process and out again, the same',
    async (format) => {
      const address = await make();
      const first = await download(address, format);
      const copy = await newProcess(amara, 'Copy');
      const { body } = await importFile(amara, first, `l.${format}`, `${copy}/imports`, { terms: 'add' });
      expect(body).toMatchObject({ errors: [], updated: 0 });
      expect(body.added).toBe((await allOf(amara, address)).size);
      expect(text(await download(copy, 'csv'))).toBe(text(await download(address, 'csv')));
      // Every field is as it was, whatever the file says of it.
      // A sheet holds no ids, and nothing that stands beside the text.
      const withoutTerms = (json: string): unknown =>
        JSON.parse(json)
          .recommendations.filter(({ mergedInto }: { mergedInto: string | null }) => mergedInto === null)
          .map(({ id: _id, from: _from, ...fields }: { id: string; from: unknown }) => fields);
      expect(withoutTerms(text(await download(copy, 'json')))).toEqual(
        withoutTerms(text(await download(address, 'json'))),
      );
      const again = await importFile(amara, await download(copy, format), `l.${format}`, `${copy}/imports`);
      expect(again.body).toMatchObject({ added: 0, updated: 0, errors: [] });
    },
  );
});

describe('an import of a library', () => {
  const library = (over: object = {}) => ({
    format: 'zerodraft-library',
    version: 1,
    taxonomies: {
      themes: [{ label: 'New', retired: false }],
      dimensions: [],
      kinds: [],
      stakeholderKinds: [],
      regions: [],
    },
    recommendations: [
      {
        reference: 'X-1',
        title: 'T',
        text: 'Text',
        source: 'S',
        sourceKind: '',
        document: '',
        locator: '',
        date: null,
        themes: ['New'],
        dimensions: [],
        kind: '',
      },
    ],
    ...over,
  });
  const send = (address: string, value: unknown, fields = {}) =>
    importFile(
      amara,
      new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
      'other.json',
      `${address}/library/imports`,
      fields,
    );

  it('into a process with recommendations adds the terms it lacks and changes what has the same reference', async () => {
    const address = await newProcess(amara);
    await importRows(
      amara,
      [
        ['Reference', 'Text', 'Source', 'Themes'],
        ['X-1', 'Old', 'S', 'T'],
        ['Y', 'Y', 'S', ''],
      ],
      address,
    );
    expect((await send(address, library())).body).toEqual({
      added: 0,
      updated: 1,
      errors: [],
      deleted: 0,
      unchanged: 0,
      newTerms: ['themes: New'],
      committed: true,
    });
    const all = await allOf(amara, address);
    expect(all.get('X-1')).toMatchObject({ themes: ['New'], version: 2 });
    expect([...(await termsOf(amara, 'themes', address)).keys()]).toEqual(['T', 'New']);
    expect(all.get('Y')).toMatchObject({ version: 1 });
  });

  it.each([
    ['no JSON', '{"format": ', /is no JSON/],
    ['other JSON', '{"a": 1}', /is JSON, but no library of Zerodraft\. Export/],
    ['a later version', library({ version: 3 }), /version/],
    [
      'a reference twice',
      library({ recommendations: [...library().recommendations, ...library().recommendations] }),
      /twice/,
    ],
    [
      'a term of its own that it does not name',
      library({ taxonomies: { ...library().taxonomies, themes: [] } }),
      /"New"/,
    ],
    [
      'a date that is none',
      library({ recommendations: [{ ...library().recommendations[0], date: 'May' }] }),
      /recommendations\.0\.date/,
    ],
  ])('that is %s is refused, says where, and changes nothing', async (_name, value, message) => {
    const address = await newProcess(amara);
    const { status, body } = await send(address, value);
    expect([status, body.code]).toEqual([422, 'unreadable-file']);
    expect(body.error).toMatch(message);
    expect((await allOf(amara, address)).size).toBe(0);
  });

  it('a sheet says nothing of the columns it does not have', async () => {
    const address = await newProcess(amara);
    const head = ['Reference', 'Text', 'Source', 'Themes', 'Disposition'];
    await importRows(amara, [head, ['X', 'One', 'S', 'T', 'Deferred']], address);
    await importRows(
      amara,
      [
        ['Reference', 'Text', 'Source'],
        ['X', 'Two', 'S'],
      ],
      address,
    );
    expect((await allOf(amara, address)).get('X')).toMatchObject({
      themes: ['T'],
      disposition: 'deferred',
      version: 2,
    });
    const unknown = await importRows(amara, [head, ['Z', 'One', 'S', 'Weather', '']], address);
    expect(unknown.body.errors).toMatchObject([{ field: 'Themes' }]);
  });
});
