import { contentOf, seedDraft } from '@zerodraft/schema';
import { addLink, confirmLinks } from '@zerodraft/trace';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DraftReader } from '../session/draft-view.ts';
import { SuspectScan } from './suspect-scan.ts';
import type { DraftTrace } from './trace-query.ts';

let doc: Y.Doc;
let reader: DraftReader;
let scan: SuspectScan;
let told: number;

const look = () => {
  reader.refresh();
  return scan.scan();
};
const found = () => look().all.map(({ link }) => `${link.clauseId} ${link.recommendationId}`);
/** Writes a clause anew. */
function reword(at: number, text: string): void {
  const block = contentOf(doc).get(at);
  if (!(block instanceof Y.XmlElement)) throw new Error('no such clause');
  const old = block.get(0);
  if (!(old instanceof Y.XmlText)) throw new Error('no text');
  old.delete(0, old.length);
  old.insert(0, text);
}
const blocks = () => reader.view().blocks;

beforeEach(() => {
  doc = new Y.Doc();
  seedDraft(doc, [
    { id: 't', kind: 'title', text: 'Title' },
    { id: 'a', kind: 'paragraph', text: 'Nobody is detained without a hearing' },
    { id: 'b', kind: 'paragraph', text: 'Every child goes to school' },
  ]);
  reader = new DraftReader(doc);
  scan = new SuspectScan({ doc, view: reader.view, subscribe: () => () => {} });
  told = 0;
  scan.subscribe(() => {
    told += 1;
  });
  for (const clauseId of ['b', 'a'])
    addLink(doc, { clauseId, recommendationId: 'r', relation: 'adapted', recommendationVersion: 1 });
  look();
});

describe('the scan', () => {
  it('finds what a changed clause made suspect, in the order of the draft, and forgets it when it is confirmed', () => {
    expect(found()).toEqual([]);
    reword(2, 'Some children may go to school');
    expect(found()).toEqual(['b r']);
    reword(1, 'Some are detained');
    expect(found()).toEqual(['a r', 'b r']);
    confirmLinks(doc, blocks(), [{ clauseId: 'b', recommendationId: 'r', recommendationVersion: 1 }]);
    expect(found()).toEqual(['a r']);
    reword(1, 'Nobody is detained without a hearing');
    expect(found()).toEqual([]);
    expect(told).toBe(4);
  });

  it('tells of a suspect clause that changes further, and of nothing when nothing changed', () => {
    reword(1, 'Some are detained');
    look();
    look();
    expect(told).toBe(1);
    reword(1, 'Some are not detained');
    expect(look().byClause.get('a')?.[0]?.clause?.is).toBe('Some are not detained');
    expect(told).toBe(2);
  });

  it('keeps its answer while other clauses are typed into', () => {
    reword(1, 'Some are detained');
    const before = look();
    reword(0, 'Another title');
    expect(look()).toBe(before);
  });

  it('compares recommendations with the version that a link names, else with that of when it was made', () => {
    addLink(doc, { clauseId: 'b', recommendationId: 's', relation: 'adapted' });
    reader.refresh();
    const { links } = reader.view().links;
    const key = links.find(({ recommendationId }) => recommendationId === 's')?.key ?? '';
    const worded = (now: string) => ({
      version: 3,
      text: now,
      earlier: [{ until: 2, text: 'Every child learns', at: '2026-02-01T00:00:00.000Z' }],
    });
    const trace = (madeAt: string): DraftTrace => ({
      authors: new Map([
        [key, { key, madeBy: null, madeAt, changedBy: null, changedAt: '2026-04-01T00:00:00.000Z' }],
      ]),
      wordings: { r: worded('Every child learns'), s: worded('No child need learn') },
      merges: {},
      state: { links: 1, library: 1 },
    });
    scan.setTrace(trace('2026-01-01T00:00:00.000Z'));
    expect(found()).toEqual(['b s']);
    expect(scan.current().all[0]?.recommendation?.was).toBe('Every child learns');
    scan.setTrace(trace('2026-03-01T00:00:00.000Z'));
    expect(found()).toEqual([]);
  });
});
