import type { NearDuplicate } from '@zerodraft/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Box, DEPOSITS } from '../support/deposits.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { GROUPS } from './near-duplicates.sample.ts';
import { WRITINGS } from './near-duplicates.writings.sample.ts';

const PROCESS = '/api/processes/global-compact-sample';
/** What the suggestions must reach on the labelled pairs. */
const FLOOR = { precision: 0.92, recall: 0.95 };

let server: TestServer;
let mei: Person;
let box: Box;
beforeAll(async () => {
  server = await TestServer.start({ env: { ZERODRAFT_TRUST_PROXY: '1' } });
  mei = await Person.demo(server, 'mei');
  box = await Box.open(server);
});
afterAll(() => server?.remove());

function parts(line: string): { title: string; text: string } {
  const [title = '', text = ''] = line.split(' | ');
  return { title, text };
}

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;

interface Measured {
  precision: number;
  recall: number;
  told: string;
}

/** Puts the proposals, and those that are not the same, in the library beside the sample's own; then deposits the others. */
async function measure(groups: typeof GROUPS, prefix: string): Promise<Measured> {
  const rows = groups.flatMap(([proposal, , other], index) =>
    [proposal, other].map((line, which) => {
      const { title, text } = parts(line);
      return [`${prefix}-${index}-${which}`, title, text, 'A network', 'Other'].map(quoted).join(',');
    }),
  );
  const form = new FormData();
  form.set('file', new File([`Reference,Title,Text,Source,Source kind\n${rows.join('\n')}\n`], 'pairs.csv'));
  form.set('commit', 'true');
  const { body } = await mei.send('POST', `${PROCESS}/imports`, form);
  expect(body).toMatchObject({ added: groups.length * 2, errors: [] });

  const found = { right: 0, wrong: 0, elsewhere: 0, first: 0 };
  const lines: string[] = [];
  for (const [index, [, same]] of groups.entries()) {
    const { id } = await box.depositOfAnother(parts(same));
    const { duplicates } = (await mei.get(`${DEPOSITS}/${id}/duplicates`)).body;
    const references: string[] = duplicates.map(({ reference }: NearDuplicate) => reference);
    const [right, wrong] = [`${prefix}-${index}-0`, `${prefix}-${index}-1`];
    if (references.includes(right)) found.right += 1;
    else lines.push(`missed: ${same}`);
    if (references[0] === right) found.first += 1;
    if (references.includes(wrong)) {
      found.wrong += 1;
      lines.push(`wrong: ${same}`);
    }
    found.elsewhere += references.filter((reference) => reference !== right && reference !== wrong).length;
  }
  const precision = found.right / (found.right + found.wrong);
  const recall = found.right / groups.length;
  const told = [
    `${groups.length * 2} labelled pairs: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; ` +
      `${found.first} of ${groups.length} first of the list; ${found.elsewhere} suggestions outside of the pairs.`,
    ...lines,
  ].join('\n');
  return { precision, recall, told };
}

it('suggests what is the same, among the sample’s recommendations and others in the same words', async () => {
  expect(GROUPS.length * 2).toBeGreaterThanOrEqual(120);
  const { precision, recall, told } = await measure(GROUPS, 'N');
  console.info(`Near-duplicates, ${told}`);
  expect(precision).toBeGreaterThanOrEqual(FLOOR.precision);
  expect(recall).toBeGreaterThanOrEqual(FLOOR.recall);
});

it.each(Object.entries(WRITINGS))('suggests what is the same in %s', async (language, groups) => {
  const { precision, recall, told } = await measure(groups, language);
  console.info(`Near-duplicates in ${language}, ${told}`);
  expect(precision).toBeGreaterThanOrEqual(FLOOR.precision);
  expect(recall).toBeGreaterThanOrEqual(FLOOR.recall);
});
