import { randomUUID } from 'node:crypto';
import { librarySheet } from '@zerodraft/formats';
import { contentOf, readBlocks } from '@zerodraft/schema';
import Papa from 'papaparse';
import writeXlsxFile from 'write-excel-file/node';
import * as Y from 'yjs';
import { TestClient, until } from '../../support/client.ts';
import { newProcess, termsOf } from '../../support/library.ts';
import { Person } from '../../support/person.ts';
import type { TestServer } from '../../support/server.ts';
import { madeUp } from './made-up.ts';
import { check } from './measure.ts';

/** Rows that are imported: as many as one file may have. */
const ROWS = 20_000;
const BLOCK = 'typed-into';

/** What an import cost those beside it; times in milliseconds. */
export interface ImportFigure {
  format: string;
  megabytes: number;
  seconds: number;
  /** The longest time for which the server's event loop stood still, by its own metrics. */
  stall: number;
  /** The slowest of other people's edits: until another person has it, and until it is durable. */
  toPeer: number;
  toDisk: number;
  /** The slowest of other people's requests: one that reads nothing, one that reads, one that writes. */
  bare: number;
  reading: number;
  writing: number;
}

async function files(): Promise<{ format: string; bytes: Uint8Array<ArrayBuffer> }[]> {
  const library = madeUp(ROWS);
  const sheet = librarySheet(library.recommendations);
  const cells = sheet.map((row) => row.map((value) => ({ value, type: String })));
  const xlsx = await writeXlsxFile(cells, { sheet: 'Recommendations' }).toBuffer();
  return [
    { format: 'JSON', bytes: new TextEncoder().encode(JSON.stringify(library)) },
    { format: 'CSV', bytes: new TextEncoder().encode(Papa.unparse(sheet)) },
    { format: 'XLSX', bytes: new Uint8Array(xlsx) },
  ];
}

/** The longest stall since it was asked last. */
async function longestStall(server: TestServer): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]) * 1_000;
}

/** Does something again and again until it is told to end; gives the slowest. */
async function slowest(isOver: () => boolean, run: () => Promise<unknown>): Promise<number> {
  let most = 0;
  while (!isOver()) {
    const start = performance.now();
    // A server that stands still for seconds lets go of its connections; what it then costs to ask anew counts.
    await run().catch(run);
    most = Math.max(most, performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return most;
}

/** A clause of a draft, to be typed into. */
function writeBlock(doc: Y.Doc): Y.XmlText {
  const text = new Y.XmlText();
  const block = new Y.XmlElement('block');
  block.setAttribute('kind', 'paragraph');
  block.setAttribute('id', BLOCK);
  block.insert(0, [text]);
  contentOf(doc).insert(0, [block]);
  return text;
}

/** Characters that were typed into it, as another has them. */
function lengthOf(doc: Y.Doc): number {
  return readBlocks(doc).find(({ id }) => id === BLOCK)?.text.length ?? 0;
}

async function importBeside(
  server: TestServer,
  person: Person,
  { format, bytes }: { format: string; bytes: Uint8Array<ArrayBuffer> },
): Promise<ImportFigure> {
  const other = await newProcess(person, `Beside ${format}`);
  const { body: draft } = await person.post(`${other}/drafts`, { title: 'Draft' });
  const writer = new TestClient(server, person.cookie, { draftId: draft.id, status: true });
  const reader = new TestClient(server, person.cookie, { draftId: draft.id });
  await Promise.all([writer.synced(), reader.synced()]);
  const [theme] = [...(await termsOf(person, 'themes', other)).values()];
  const text = writeBlock(writer.doc);
  let typed = 0;
  let asked = 0;

  const address = await newProcess(person, `Import of ${format}`);
  const form = new FormData();
  form.set('file', new File([bytes], `library.${format.toLowerCase()}`));
  form.set('commit', 'true');
  form.set('terms', 'add');
  await longestStall(server);
  const start = performance.now();
  let over = false;
  const path = format === 'JSON' ? `${address}/library/imports` : `${address}/imports`;
  const importing = person.post(path, form).finally(() => {
    over = true;
  });
  const isOver = (): boolean => over;
  const [toPeer, toDisk, bare, reading, writing] = await Promise.all([
    slowest(isOver, async () => {
      typed += 1;
      text.insert(text.length, 'x');
      await until(() => over || lengthOf(reader.doc) >= typed);
    }),
    slowest(isOver, async () => writer.saved(++asked)),
    slowest(isOver, () => fetch(`${server.url}/health/live`)),
    slowest(isOver, () => person.get(`${other}/views`)),
    slowest(isOver, () =>
      person.patch(`${other}/taxonomies/themes/terms/${theme?.id}`, { label: randomUUID() }),
    ),
  ]);
  const { body: report } = await importing;
  check(report.added === ROWS, `an import of ${format} added ${report.added}: ${report.error}`);
  const seconds = (performance.now() - start) / 1_000;
  const stall = await longestStall(server);
  writer.destroy();
  reader.destroy();
  const megabytes = bytes.byteLength / 1024 / 1024;
  return { format, megabytes, seconds, stall, toPeer, toDisk, bare, reading, writing };
}

/** Imports a library in each kind of file while others go on with their work. */
export async function importLibraries(server: TestServer): Promise<ImportFigure[]> {
  const person = await Person.demo(server, 'amara');
  const figures: ImportFigure[] = [];
  for (const file of await files()) figures.push(await importBeside(server, person, file));
  return figures;
}
