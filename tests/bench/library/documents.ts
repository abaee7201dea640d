import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { SourcesHits } from '@zerodraft/contract';
import BetterSqlite from 'better-sqlite3';
import { newProcess } from '../../support/library.ts';
import { Person } from '../../support/person.ts';
import type { TestServer } from '../../support/server.ts';
import { RARE, sentence } from './made-up.ts';
import { check, type Figure, measure } from './measure.ts';

const PARAGRAPHS = 50;

/** Documents as they are once they are read; uploading thousands would take longer than all that is measured. */
function writeDocuments(file: string, processId: string, count: number): { rare: number; documents: number } {
  const db = new BetterSqlite(file);
  db.pragma('busy_timeout = 5000');
  const source = db.prepare(
    `insert into source (id, processId, title, kind, who, phase, session, symbol, state, paragraphs, createdBy,
      createdAt, updatedAt) values (?, ?, ?, 'written-input', ?, '', '', '', 'read', ?, 'amara', ?, ?)`,
  );
  const paragraph = db.prepare(
    `insert into source_paragraph (sourceId, n, kind, page, text) values (?, ?, 'paragraph', ?, ?)`,
  );
  let [rare, documents] = [0, 0];
  db.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const [id, now] = [randomUUID(), new Date().toISOString()];
      source.run(id, processId, `Input ${index}`, `Organisation ${index % 200}`, PARAGRAPHS, now, now);
      for (let n = 1; n <= PARAGRAPHS; n += 1) {
        const special = index % 10 === 4 && n === 7;
        if (special) rare += 1;
        const text = [sentence(), sentence(), special ? `A ${RARE} home.` : sentence()].join(' ');
        paragraph.run(id, n, Math.ceil(n / 6), text);
      }
      if (index % 10 === 4) documents += 1;
    }
  })();
  db.close();
  return { rare, documents };
}

/** Searches in the texts of so many documents of fifty paragraphs. */
export async function searchDocuments(server: TestServer, count: number): Promise<Figure[]> {
  const person = await Person.demo(server, 'amara');
  const address = await newProcess(person, `Documents, ${count}`);
  const processId = address.split('/').at(-1) ?? '';
  const { rare, documents } = writeDocuments(join(server.dataDir, 'zerodraft.db'), processId, count);
  const search = async (q: string, offset = 0): Promise<SourcesHits> =>
    (await person.get(`${address}/sources/search?q=${encodeURIComponent(q)}&offset=${offset}`)).body;
  const found = await search(RARE);
  check(found.total === rare && found.sources === documents, `${found.total} of ${rare} in ${found.sources}`);
  check((await search('nowhere-at-all')).total === 0, 'what no text has is found');
  const common = ['migrants', 'states ensure', 'national policies', 'rights'];
  return [
    await measure('sources: words in most', 'search', (n) =>
      search(common[Math.abs(n) % common.length] ?? ''),
    ),
    await measure('sources: a rare word', 'search', () => search(RARE)),
    await measure('sources: a phrase', 'search', () => search('"states should"')),
    await measure('sources: a beginning', 'search', () => search('migr')),
    await measure('sources: page 5', 'search', () => search('migrants', 80)),
  ];
}
