import type { NearDuplicate } from '@zerodraft/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Box, DEPOSITS } from '../support/deposits.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';
import { GROUPS } from './near-duplicates.sample.ts';

const PROCESS = '/api/processes/global-compact-sample';
/** What the suggestions must reach on the labelled pairs. */
const FLOOR = { precision: 0.92, recall: 0.95 };

let server: TestServer;
let mei: Person;
beforeAll(async () => {
  server = await TestServer.start({ env: { ZERODRAFT_TRUST_PROXY: '1' } });
  mei = await Person.demo(server, 'mei');
});
afterAll(() => server?.remove());

function parts(line: string): { title: string; text: string } {
  const [title = '', text = ''] = line.split(' | ');
  return { title, text };
}

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;

it('suggests what is the same, among the sample’s recommendations and others in the same words', async () => {
  expect(GROUPS.length * 2).toBeGreaterThanOrEqual(120);
  // The proposals, and those that are not the same, are in the library beside the sample's own.
  const rows = GROUPS.flatMap(([proposal, , other], index) =>
    [proposal, other].map((line, which) => {
      const { title, text } = parts(line);
      return [`N-${index}-${which}`, title, text, 'A network', 'Other'].map(quoted).join(',');
    }),
  );
  const form = new FormData();
  form.set('file', new File([`Reference,Title,Text,Source,Source kind\n${rows.join('\n')}\n`], 'pairs.csv'));
  form.set('commit', 'true');
  const { body } = await mei.send('POST', `${PROCESS}/imports`, form);
  expect(body).toMatchObject({ added: GROUPS.length * 2, errors: [] });

  const box = await Box.open(server);
  const found = { right: 0, wrong: 0, missed: 0, elsewhere: 0, first: 0 };
  const told: string[] = [];
  for (const [index, [, same]] of GROUPS.entries()) {
    const { id } = await box.depositOfAnother(parts(same));
    const { duplicates } = (await mei.get(`${DEPOSITS}/${id}/duplicates`)).body;
    const references: string[] = duplicates.map(({ reference }: NearDuplicate) => reference);
    const [right, wrong] = [`N-${index}-0`, `N-${index}-1`];
    if (references.includes(right)) found.right += 1;
    else {
      found.missed += 1;
      told.push(`missed: ${same}`);
    }
    if (references[0] === right) found.first += 1;
    if (references.includes(wrong)) {
      found.wrong += 1;
      told.push(`wrong: ${same}`);
    }
    found.elsewhere += references.filter((reference) => reference !== right && reference !== wrong).length;
  }
  const precision = found.right / (found.right + found.wrong);
  const recall = found.right / GROUPS.length;
  console.info(
    `Near-duplicates on ${GROUPS.length * 2} labelled pairs: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; ` +
      `${found.first} of ${GROUPS.length} first of the list; ${found.elsewhere} suggestions outside of the pairs.`,
    told,
  );
  expect(precision).toBeGreaterThanOrEqual(FLOOR.precision);
  expect(recall).toBeGreaterThanOrEqual(FLOOR.recall);
});
