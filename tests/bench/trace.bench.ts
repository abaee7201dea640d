import { contentOf, isClauseKind, linksOf, newClauseId, readBlocks } from '@zerodraft/schema';
import { seeded } from '@zerodraft/sync/random';
import {
  addLink,
  clauseCoverage,
  compareCoverage,
  crossCoverage,
  flowOf,
  keepWording,
  newKey,
  RELATIONS,
  type RecommendationSummary,
  readLinks,
  suspectLinks,
  uptakeOf,
} from '@zerodraft/trace';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import * as Y from 'yjs';
import { launch, openAs } from '../support/browser.ts';
import { DRAFT, TestClient, until } from '../support/client.ts';
import { importRows, PROCESS } from '../support/library.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { at, report, typeInTurns } from './typing.ts';

const TRACE = `/api/drafts/${DRAFT}/trace`;
const CLAUSES = 1_000;
const RECOMMENDATIONS = 5_000;
const LINKS = 20_000;
const OPENINGS = 5;
const RUNS = 15;

let browser: Browser;
/** A large draft with many links, and the same without. */
let linked: TestServer;
let bare: TestServer;
let doc: Y.Doc;
let library: RecommendationSummary[];

beforeAll(async () => {
  browser = await launch();
  linked = await TestServer.start();
  bare = await TestServer.start();
  await fill(bare, false);
  // Last: its library is the one that is counted.
  doc = await fill(linked, true);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  for (const server of [linked, bare]) await server?.remove();
});

/** Clauses behind the sample's, a library, and links whose texts are remembered; the same each time. */
async function fill(server: TestServer, withLinks: boolean): Promise<Y.Doc> {
  const random = seeded(11);
  const amara = await Person.demo(server, 'amara');
  const words = ['migrants', 'states', 'ensure', 'access', 'rights', 'cooperation', 'national', 'policies'];
  const sentence = (length: number): string =>
    Array.from({ length }, () => words[random(words.length)] ?? '').join(' ');
  const rows = Array.from({ length: RECOMMENDATIONS }, (_, n) => [
    `T-${n}`,
    `${sentence(30)} ${n}`,
    `Organisation ${n % 250}`,
    `Region ${n % 9}`,
    `Session ${n % 20}`,
  ]);
  await importRows(amara, [['Reference', 'Text', 'Source', 'Region', 'Session'], ...rows]);
  library = (await amara.get(`${PROCESS}/recommendations`)).body.recommendations;
  const client = new TestClient(server, amara.cookie, { status: true });
  await client.synced();
  client.doc.transact(() => {
    const blocks = Array.from({ length: CLAUSES }, (_, n) => {
      const block = new Y.XmlElement('block');
      block.setAttribute('id', newClauseId());
      block.setAttribute('kind', n % 50 === 0 ? 'section' : 'paragraph');
      block.insert(0, [new Y.XmlText(`${sentence(24)} ${n}`)]);
      return block;
    });
    contentOf(client.doc).insert(contentOf(client.doc).length, blocks);
  });
  await client.saved(1);
  if (withLinks) {
    const clauses = readBlocks(client.doc).filter(({ kind }) => isClauseKind(kind));
    for (let from = 0; from < LINKS; from += 2_000) {
      client.doc.transact(() => {
        for (let nth = from; nth < from + 2_000; nth += 1) {
          const clause = clauses[nth % clauses.length];
          const item = library[(nth * 37) % library.length];
          if (!clause || !item) continue;
          // One in forty remembers another text than the clause has.
          const said = nth % 40 === 0 ? `Once it said that ${clause.text.slice(20)}` : clause.text;
          linksOf(client.doc).set(newKey({ clauseId: clause.id, recommendationId: item.id }), {
            relation: RELATIONS[nth % RELATIONS.length],
            basis: { clause: keepWording(client.doc, said), recommendation: 1 },
          });
        }
      });
      await client.saved(2 + from / 2_000);
    }
  }
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(client.doc));
  client.destroy();
  return copy;
}

function timed(what: string, work: () => unknown): void {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begin = performance.now();
    work();
    times.push(performance.now() - begin);
  }
  console.log(`${what}: p50 ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms`);
}

it('counting, in one thread', () => {
  const blocks = readBlocks(doc);
  const links = readLinks(doc, blocks);
  const uptake = uptakeOf(library, links);
  console.log(`${blocks.length} blocks, ${library.length} recommendations, ${links.length} links`);
  timed('links read', () => readLinks(doc, blocks));
  timed('heat map counted', () =>
    crossCoverage(library, uptakeOf(library, links), { by: 'themes' }, { by: 'dimensions' }),
  );
  timed('clauses counted', () => clauseCoverage(blocks, uptake, 'objective'));
  timed('flows counted', () => flowOf(library, uptake, blocks, 'source', 'section', 12));
  timed('two moments compared', () =>
    compareCoverage(library, { blocks, links: links.slice(500) }, { blocks, links }),
  );
  const wordings = { version: 1, text: '', earlier: [] };
  timed('links in doubt found', () => suspectLinks(doc, blocks, links, () => wordings));
});

it('what the server tells of the links: all, and what came since', async () => {
  const amara = await Person.demo(linked, 'amara');
  const ask = async (what: string, query: string): Promise<void> => {
    const times: number[] = [];
    let size = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const begin = performance.now();
      const { body } = await amara.get(`${TRACE}${query}`);
      times.push(performance.now() - begin);
      size = JSON.stringify(body).length;
    }
    console.log(`${what}: ${(size / 1_000).toFixed(1)} kB, p50 ${at(times, 0.5).toFixed(1)} ms`);
  };
  await ask('all', '');
  const client = new TestClient(linked, amara.cookie, { status: true });
  await client.synced();
  const { links, library: known } = (await amara.get(TRACE)).body.state;
  const clause = readBlocks(client.doc).find(({ kind }) => isClauseKind(kind))?.id ?? '';
  const own = [...linksOf(client.doc).keys()].filter((key) => key.startsWith(`${clause}/`));
  const item = library.find(({ id }) => !own.some((key) => key.includes(id)))?.id ?? '';
  addLink(client.doc, { clauseId: clause, recommendationId: item, relation: 'adapted' });
  const since = `?links=${links}&library=${known}`;
  await until(async () => (await amara.get(`${TRACE}${since}`)).body.links.length > 0);
  await ask('since, one link later', since);
  client.destroy();
});

async function opened(server: TestServer, tab: string): Promise<Page> {
  const { page } = await openAs(browser, server, 'Amara', { viewport: { width: 1440, height: 900 } });
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await page.locator('[data-reference]').first().waitFor();
  return page;
}

it('time until the draft is editable, its library listed, and its heat map drawn', async () => {
  const times: Record<'editable' | 'listed' | 'counted', [number[], number[]]> = {
    editable: [[], []],
    listed: [[], []],
    counted: [[], []],
  };
  for (let run = 0; run < OPENINGS; run += 1)
    for (const [index, server] of [linked, bare].entries()) {
      const { page, context } = await openAs(browser, server, 'Amara');
      const begin = performance.now();
      const note = (what: keyof typeof times, from: number): void => {
        times[what][index]?.push(performance.now() - from);
      };
      await page.reload();
      await page.locator('.draft-text[contenteditable=true]').waitFor();
      note('editable', begin);
      await page.locator('[data-reference]').first().waitFor();
      note('listed', begin);
      await page.waitForLoadState('networkidle');
      const asked = performance.now();
      await page.getByRole('link', { name: 'Coverage' }).click();
      await page.locator('.heat-map tbody tr').first().waitFor();
      note('counted', asked);
      await context.close();
    }
  report('editable after a reload', ...times.editable);
  report('library listed after a reload', ...times.listed);
  report('heat map drawn after the click', ...times.counted);
});

it('typing: each key until its frame is drawn, and the work for it', async () => {
  for (const tab of ['Library']) {
    const pages = [await opened(linked, tab), await opened(bare, tab)] as const;
    await typeInTurns(`tab ${tab}`, pages, '6');
    for (const page of pages) await page.context().close();
  }
});
