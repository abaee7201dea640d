import { contentOf, linksOf, readBlocks, seedDraft, wordingsOf } from '@zerodraft/schema';
import { editHeadless } from '@zerodraft/schema/headless-editor';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { linkAuthors } from './authors.ts';
import { addLink, changeLink, confirmLinks, copyLinksInto } from './links.ts';
import { choosePhrase } from './phrase.ts';
import { readLinks } from './read-links.ts';
import { suspectLinks, type Wordings } from './suspect.ts';

const TEXT = 'We commit to ensure that migrants can access basic services without fear of being detained';

function draft(text = TEXT): Y.Doc {
  const doc = new Y.Doc();
  seedDraft(doc, [
    { id: 't', kind: 'title', text: 'Title' },
    { id: 'a', kind: 'paragraph', text },
    { id: 'b', kind: 'paragraph', text: 'Another' },
  ]);
  return doc;
}

const pair = { clauseId: 'a', recommendationId: 'r' };
const suspects = (doc: Y.Doc, wordings: Wordings | null = null) =>
  suspectLinks(doc, readBlocks(doc), readLinks(doc, readBlocks(doc)), () => wordings);
/** Exchanges some words in the clause `a`. */
function reword(doc: Y.Doc, was: string, is: string): void {
  editHeadless(doc, null, (state) => {
    const from = 1 + state.doc.child(0).nodeSize + state.doc.child(1).textContent.indexOf(was);
    return is === ''
      ? state.tr.delete(from, from + was.length)
      : state.tr.insertText(is, from, from + was.length);
  });
}
function phrase(doc: Y.Doc, words: string) {
  const blocks = readBlocks(doc);
  const offset = blocks[1]?.text.indexOf(words) ?? 0;
  const start = { clauseId: 'a', offset };
  return choosePhrase(doc, blocks, { start, end: { ...start, offset: offset + words.length } });
}

describe('a link is suspect', () => {
  it('when its clause says something else, until it is confirmed', () => {
    const doc = draft();
    addLink(doc, { ...pair, relation: 'adapted' });
    expect(suspects(doc)).toEqual([]);
    reword(doc, 'without', 'with');
    const [found] = suspects(doc);
    expect(found).toMatchObject({
      clause: { was: TEXT, is: TEXT.replace('without', 'with') },
      recommendation: null,
    });
    confirmLinks(doc, readBlocks(doc), [{ ...pair, recommendationVersion: 2 }]);
    expect(suspects(doc)).toEqual([]);
    expect(readLinks(doc, readBlocks(doc))[0]?.basis?.recommendation).toBe(2);
  });

  it('never by formatting, a kind or a place', () => {
    const doc = draft();
    addLink(doc, { ...pair, relation: 'adapted' });
    editHeadless(doc, null, (state) => {
      const start = 1 + state.doc.child(0).nodeSize;
      return state.tr
        .addMark(start, start + 9, state.schema.mark('bold'))
        .setNodeAttribute(start - 1, 'kind', 'item');
    });
    contentOf(doc).insert(1, [new Y.XmlElement('block')]);
    expect(suspects(doc)).toEqual([]);
  });

  it('on a phrase when its words change or go, and not by what changes beside them', () => {
    const doc = draft();
    const words = phrase(doc, 'migrants can access');
    if (words === null) throw new Error('no phrase');
    addLink(doc, { ...pair, relation: 'verbatim', phrase: words });
    reword(doc, 'without fear of being detained', '');
    expect(suspects(doc)).toEqual([]);
    reword(doc, 'can', 'may');
    expect(suspects(doc)).toMatchObject([
      { clause: { was: 'migrants can access', is: 'migrants may access' } },
    ]);
    confirmLinks(doc, readBlocks(doc), [{ ...pair, recommendationVersion: undefined }]);
    expect(suspects(doc)).toEqual([]);
    reword(doc, 'migrants may access', '');
    expect(suspects(doc)).toMatchObject([{ phraseGone: true, clause: null }]);
    confirmLinks(doc, readBlocks(doc), [{ ...pair, recommendationVersion: undefined }]);
    expect(readLinks(doc, readBlocks(doc))).toMatchObject([{ ...pair, relation: 'verbatim' }]);
    expect(suspects(doc)).toEqual([]);
  });

  it('when its recommendation says something else than in the version that was linked', () => {
    const doc = draft();
    addLink(doc, { ...pair, relation: 'adapted', recommendationVersion: 2 });
    const earlier = [
      { until: 2, text: 'Detain nobody.' },
      { until: 5, text: 'Detain no child.' },
    ];
    const now = { version: 6, text: 'Detain some.', earlier };
    expect(suspects(doc, { version: 2, text: 'Detain no child.', earlier: earlier.slice(0, 1) })).toEqual([]);
    expect(suspects(doc, now)).toMatchObject([
      { clause: null, recommendation: { was: 'Detain no child.', is: 'Detain some.' } },
    ]);
  });

  it('when what its recommendation was merged into is worded anew, and not by the merge', () => {
    const doc = draft();
    addLink(doc, { ...pair, relation: 'adapted', recommendationVersion: 1 });
    // `r` was merged into `s` at its version 4, and that into `t` at its version 2; neither reads as `r` did.
    const merges = new Map([
      ['r', { id: 's', version: 4 }],
      ['s', { id: 't', version: 2 }],
    ]);
    const texts = new Map<string, Wordings>();
    const found = (mergeOf = (id: string) => merges.get(id)) =>
      suspectLinks(doc, readBlocks(doc), readLinks(doc, readBlocks(doc)), (id) => texts.get(id) ?? null, {
        mergeOf,
      });
    texts.set('s', { version: 4, text: 'House all.', earlier: [{ until: 3, text: 'House some.' }] });
    expect(found()).toEqual([]);
    texts.set('t', { version: 3, text: 'Feed nobody.', earlier: [{ until: 3, text: 'Feed all.' }] });
    expect(found()).toMatchObject([{ recommendation: { was: 'Feed all.', is: 'Feed nobody.' } }]);
    // Confirmed is what `t` says; that the version's number is one that `r` never had says nothing.
    confirmLinks(doc, readBlocks(doc), [{ ...pair, recommendationVersion: 3, recommendationOf: 't' }]);
    expect(found()).toEqual([]);
    texts.set('r', { version: 9, text: 'Detain some.', earlier: [{ until: 5, text: 'Detain no child.' }] });
    expect(found()).toEqual([]);
    // Parted from it, what was confirmed of `t` holds no more: `r` is compared with what it said when it was linked.
    const apart = suspectLinks(
      doc,
      readBlocks(doc),
      readLinks(doc, readBlocks(doc)),
      (id) => texts.get(id) ?? null,
      {
        versionOf: () => 1,
      },
    );
    expect(apart).toMatchObject([{ recommendation: { was: 'Detain no child.', is: 'Detain some.' } }]);
  });
});

it('many links to one clause remember its text once', () => {
  const doc = draft();
  for (const id of ['r1', 'r2', 'r3'])
    addLink(doc, { clauseId: 'a', recommendationId: id, relation: 'adapted' });
  expect([...wordingsOf(doc).values()]).toEqual([TEXT]);
});

it('a copy of a draft has the links with all they remember', () => {
  const doc = draft();
  const words = phrase(doc, 'basic services');
  if (words === null) throw new Error('no phrase');
  addLink(doc, { ...pair, relation: 'inspired', note: 'From the hearing.', phrase: words });
  const copy = draft();
  const ids = new Map(['t', 'a', 'b'].map((id) => [id, id]));
  copyLinksInto(doc, readBlocks(doc), copy, ids);
  const [link] = readLinks(copy, readBlocks(copy));
  expect(link).toMatchObject({ ...pair, relation: 'inspired', note: 'From the hearing.' });
  expect(link?.phraseAt?.start).toEqual(words && { clauseId: 'a', offset: TEXT.indexOf('basic services') });
});

describe('who made a link', () => {
  it('is told by whose update brought it first, whatever a client sends later', () => {
    const server = draft();
    const pieces: { update: Uint8Array; userId: string; at: string }[] = [];
    const begin = Y.encodeStateAsUpdate(server);
    const write = (userId: string, at: string, deed: (doc: Y.Doc) => void, whole = false): void => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
      const known = Y.encodeStateVector(doc);
      deed(doc);
      const update = Y.encodeStateAsUpdate(doc, whole ? undefined : known);
      pieces.push({ update, userId, at });
      Y.applyUpdate(server, update);
    };
    write('amara', '2018-01-01', (doc) => addLink(doc, { ...pair, relation: 'adapted' }));
    write(
      'mei',
      '2018-01-02',
      (doc) => addLink(doc, { clauseId: 'b', recommendationId: 'r', relation: 'adapted' }),
      true,
    );
    write('mei', '2018-01-03', (doc) => changeLink(doc, pair, { note: 'Mine.' }));
    const told = linkAuthors(server, [{ update: begin, userId: null, at: '2017-12-31' }, ...pieces]);
    const key = (clauseId: string) =>
      [...linksOf(server).keys()].find((name) => name.startsWith(`${clauseId}/`)) ?? '';
    expect(told.get(key('a'))).toEqual({
      ...{ madeBy: 'amara', madeAt: '2018-01-01', changedBy: 'mei', changedAt: '2018-01-03' },
    });
    expect(told.get(key('b'))).toMatchObject({ madeBy: 'mei', madeAt: '2018-01-02' });
    // Damaged pieces name nobody.
    expect(
      linkAuthors(server, [{ update: new Uint8Array([9]), userId: 'x', at: '' }]).get(key('b')),
    ).toMatchObject({
      madeBy: null,
    });
  });
});
