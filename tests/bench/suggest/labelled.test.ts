import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Labelled, readFolder, readLabelled } from './labelled.ts';
import { qualityOf } from './quality.ts';

let dir: string;
let sample: Labelled;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zerodraft-labels-'));
  sample = await readFolder(join(import.meta.dirname, '../../../apps/server/sample'));
});
afterAll(() => rm(dir, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, text);
  return path;
}

describe('labelled clauses', () => {
  it('are read from a sheet, with the recommendations of the sample or of a file', async () => {
    const sheet = await file(
      'labels.csv',
      'Clause text,Section heading,Recommendations\n"Remittances, cheap",Money,CO-001; CO-107\nNo child is held.,,HR-002\n',
    );
    const { cases, library } = await readLabelled(sheet, null, sample);
    expect(library).toHaveLength(316);
    expect(cases.map(({ text, heading, recommendations }) => [text, heading, recommendations])).toEqual([
      ['Remittances, cheap', 'Money', ['CO-001', 'CO-107']],
      ['No child is held.', '', ['HR-002']],
    ]);
    const own = await file('own.csv', 'Reference,Title,Text,Source,Themes\nCO-001,Money,Send money,A,T\n');
    await expect(readLabelled(sheet, own, sample)).rejects.toThrow(/names the recommendation "CO-107"/);
  });

  it('are read from JSON that brings its own recommendations', async () => {
    const recommendations = [{ reference: 'A-1', title: 'Ports by night', themes: ['T'] }];
    const clauses = [{ text: 'Ports open by night.', recommendations: ['A-1'] }];
    const path = await file('labels.json', JSON.stringify({ recommendations, clauses }));
    const labelled = await readLabelled(path, null, sample);
    expect(labelled.library).toMatchObject([{ id: 'A-1', terms: { themes: ['T'] } }]);
    expect(qualityOf(labelled).at(-1)).toMatchObject({ recall: 1, reciprocal: 1, listed: 1 });
  });

  it.each([
    ['no.csv', 'a,b\n1,2\n', /needs the columns/],
    ['row.csv', 'Clause,References\nText,\n', /row 2: a clause's text and at least one reference/],
    ['broken.json', '{', /is no JSON/],
    ['other.json', '{"clauses":[{"text":"x"}]}', /recommendations/],
  ])('%s says what is wrong with it', async (name, text, problem) => {
    await expect(readLabelled(await file(name, text), null, sample)).rejects.toThrow(problem);
  });

  it('of the sample: taxonomy, section and stems find more than plain BM25', () => {
    const rankings = qualityOf(sample);
    const [plain, ours] = [rankings[0], rankings.at(-1)];
    expect(ours?.recall).toBeGreaterThan(plain?.recall ?? 1);
    expect(ours?.reciprocal).toBeGreaterThan(plain?.reciprocal ?? 1);
  });
});
