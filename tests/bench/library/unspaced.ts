import type { SearchPage, SearchRequestInput } from '@zerodraft/contract';
import { seeded } from '@zerodraft/sync/random';
import { importRows, newProcess } from '../../support/library.ts';
import { Person } from '../../support/person.ts';
import type { TestServer } from '../../support/server.ts';
import { check, type Figure, measure } from './measure.ts';

const random = seeded(29);
/** Signs as they are spread in Chinese texts: a few are in most of them, many in a few. */
const sign = (): string => String.fromCodePoint(0x4e00 + 7 * random(1 + random(1_500)));
const WORDS = Array.from({ length: 4_000 }, () =>
  Array.from({ length: random(4) === 0 ? 3 : 2 }, sign).join(''),
);
const COMMON = ['移民', '国家', '儿童', '权利'];
const words = (count: number): string =>
  Array.from({ length: count }, () =>
    random(8) === 0 ? COMMON[random(COMMON.length)] : WORDS[random(1 + random(WORDS.length))],
  ).join('');

const HEAD = ['Reference', 'Title', 'Text', 'Source'];
const FILE = 10_000;

/** Searches in a library of so many recommendations that are all in Chinese. */
export async function searchUnspaced(server: TestServer, size: number): Promise<Figure[]> {
  const person = await Person.demo(server, 'amara');
  const address = await newProcess(person, `Chinese library of ${size}`);
  const rows = Array.from({ length: size }, (_, index) => {
    const text = Array.from({ length: 6 }, () => words(14)).join('，');
    return [
      `Z-${index + 1}`,
      words(8),
      index % 100 === 7 ? `${text}，罕见桑给巴尔。` : `${text}。`,
      '代表团',
    ];
  });
  // A file of all would be larger than a table may be.
  for (let at = 0; at < size; at += FILE) {
    const part = rows.slice(at, at + FILE);
    const { body } = await importRows(person, [HEAD, ...part], address);
    check(body.added === part.length, `an import of ${part.length} added ${body.added}: ${body.error}`);
  }
  const search = async (request: SearchRequestInput): Promise<SearchPage> =>
    (await person.post(`${address}/library/search`, request)).body;
  for (const q of ['移民', '桑给', '儿童 权利']) {
    const wanted = rows.filter((row) =>
      q.split(' ').every((word) => row.some((cell) => cell.includes(word))),
    );
    const { total } = await search({ q });
    check(total === wanted.length, `${q} finds ${total} of ${wanted.length}`);
  }
  const common = (index: number): string => COMMON[Math.abs(index) % COMMON.length] ?? '';
  return [
    await measure('Chinese: a word in most', 'search', (index) => search({ q: common(index) })),
    await measure('Chinese: two words', 'search', (index) =>
      search({ q: `${common(index)} ${common(index + 1)}` }),
    ),
    await measure('Chinese: a rare word', 'search', () => search({ q: '桑给' })),
  ];
}
