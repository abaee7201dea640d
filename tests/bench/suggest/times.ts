import type { Suggestion } from '@zerodraft/contract';
import { contentOf, readBlocks } from '@zerodraft/schema';
import { addLink } from '@zerodraft/trace';
import * as Y from 'yjs';
import { TestClient, until } from '../../support/client.ts';
import { allOf, importFile, newProcess } from '../../support/library.ts';
import { Person } from '../../support/person.ts';
import { TestServer } from '../../support/server.ts';
import { madeUp } from '../library/made-up.ts';

const RECOMMENDATIONS = 5_000;
const CLAUSES = 1_000;
const LINKS = 20_000;
const RUNS = 200;
/** The first ones warm up. */
const WARM = 20;

/** Milliseconds of requests, one after the other. */
export interface Times {
  name: string;
  median: number;
  p95: number;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function measure(name: string, run: (index: number) => Promise<unknown>): Promise<Times> {
  const times: number[] = [];
  for (let index = -WARM; index < RUNS; index += 1) {
    const start = performance.now();
    await run(index + WARM);
    if (index >= 0) times.push(performance.now() - start);
  }
  return { name, median: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** Paragraphs under a section for each twenty, after what the draft holds. */
function write(doc: Y.Doc, texts: readonly string[]): void {
  const block = (kind: string, id: string, text: string): Y.XmlElement => {
    const element = new Y.XmlElement('block');
    element.setAttribute('id', id);
    element.setAttribute('kind', kind);
    element.insert(0, [new Y.XmlText(text)]);
    return element;
  };
  const blocks = texts.flatMap((text, at) => [
    ...(at % 20 === 0 ? [block('section', `section-${at}`, text.split(' ').slice(0, 4).join(' '))] : []),
    block('paragraph', `clause-${at}`, text),
  ]);
  contentOf(doc).insert(contentOf(doc).length, blocks);
}

/** A key pressed in some clause. */
function typeInto(doc: Y.Doc, at: number): void {
  const content = contentOf(doc);
  const block = content.get(content.length - 1 - (at % 10));
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (text instanceof Y.XmlText) text.insert(text.length, 'x');
}

/** Times over HTTP on a server of its own, with a library and a draft as large as they become. */
export async function timesOf(): Promise<{ times: Times[]; first: number }> {
  const server = await TestServer.start();
  try {
    const person = await Person.demo(server, 'amara');
    const address = await newProcess(person, 'Large');
    const library = madeUp(RECOMMENDATIONS);
    const bytes = new TextEncoder().encode(JSON.stringify(library));
    await importFile(person, bytes, 'library.json', `${address}/library/imports`);
    const ids = [...(await allOf(person, address)).values()].map(({ id }) => id);
    if (ids.length !== RECOMMENDATIONS) throw new Error(`the import added ${ids.length}`);
    const { body: draft } = await person.post(`${address}/drafts`, { title: 'Draft' });
    const client = new TestClient(server, person.cookie, { draftId: draft.id, status: true });
    await client.synced();
    const texts = Array.from({ length: CLAUSES }, (_, at) => {
      const text = library.recommendations[(at * 7) % RECOMMENDATIONS]?.text ?? '';
      return text.split('. ').slice(1, 3).join('. ');
    });
    write(client.doc, texts);
    const clauses = readBlocks(client.doc).filter(({ kind, text }) => kind === 'paragraph' && text !== '');
    if (clauses.length < CLAUSES) throw new Error(`the draft has ${clauses.length} clauses`);
    client.doc.transact(() => {
      for (let at = 0; at < LINKS; at += 1) {
        const clauseId = clauses[at % CLAUSES]?.id ?? '';
        const recommendationId = ids[(at * 13) % RECOMMENDATIONS] ?? '';
        addLink(client.doc, { clauseId, recommendationId, relation: 'adapted' });
      }
    });
    await client.saved(1);
    const ask = async (at: number, more = ''): Promise<Suggestion[]> => {
      const { id, text } = clauses[(at * 31) % CLAUSES] ?? { id: '', text: '' };
      const { status, body } = await person.post(`/api/drafts/${draft.id}/suggestions`, {
        clauseId: id,
        text: text + more,
      });
      if (status !== 200) throw new Error(`a suggestion answered ${status}: ${body.error}`);
      return body.suggestions;
    };
    const start = performance.now();
    const found = await ask(0);
    const first = performance.now() - start;
    if (found.length !== 10) throw new Error(`a clause has ${found.length} suggestions`);
    await until(async () => {
      const page = await person.post(`${address}/library/search`, {
        filters: { linked: ['linked'] },
        limit: 1,
      });
      return page.body.total > 0;
    });
    const times = [
      await measure('recommendations for a clause', (at) => ask(at)),
      await measure('… while somebody types in the draft', async (at) => {
        typeInto(client.doc, at);
        await ask(at, ' and more');
      }),
      await measure('clauses for a recommendation', (at) =>
        person.get(`${address}/recommendations/${ids[(at * 17) % RECOMMENDATIONS]}/suggestions`),
      ),
      await measure('bare request', () => person.get(`${address}/views`)),
    ];
    client.destroy();
    return { times, first };
  } finally {
    await server.remove();
  }
}
