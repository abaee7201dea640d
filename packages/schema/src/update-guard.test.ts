import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readBlocks, repairDraft, seedDraft } from './shared-draft.ts';
import { contentOf, linksOf } from './shared-types.ts';
import { updateGuard } from './update-guard.ts';

const guard = updateGuard({ links: (key, value) => key.startsWith('c/') && value !== undefined });

function draft(): Y.Doc {
  const doc = new Y.Doc();
  seedDraft(doc, [
    { id: 't', kind: 'title', text: 'Title' },
    { id: 'a', kind: 'paragraph', text: 'First paragraph' },
    { id: 'b', kind: 'paragraph', text: 'Second' },
  ]);
  return doc;
}

/** What a client that has the draft sends for a change. */
function updateOf(server: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const client = new Y.Doc();
  Y.applyUpdate(client, Y.encodeStateAsUpdate(server));
  const updates: Uint8Array[] = [];
  client.on('update', (update: Uint8Array) => updates.push(update));
  client.transact(() => change(client));
  return Y.mergeUpdates(updates);
}

const blockAt = (doc: Y.Doc, index: number): Y.XmlElement => {
  const block = contentOf(doc).get(index);
  if (!(block instanceof Y.XmlElement)) throw new Error('no block');
  return block;
};
const textAt = (doc: Y.Doc, index: number): Y.XmlText => {
  const text = blockAt(doc, index).get(0);
  if (!(text instanceof Y.XmlText)) throw new Error('no text');
  return text;
};

describe('GRD-1 what an editor writes is taken', () => {
  it.each<[string, (doc: Y.Doc) => void]>([
    ['typing', (doc) => textAt(doc, 1).insert(3, 'x')],
    ['a mark', (doc) => textAt(doc, 1).format(0, 5, { bold: {} })],
    ['a new kind', (doc) => blockAt(doc, 1).setAttribute('kind', 'item')],
    ['deletion', (doc) => contentOf(doc).delete(1, 1)],
    [
      'a link, changed and removed',
      (doc) => {
        linksOf(doc).set('c/r/1', { relation: 'adapted' });
        linksOf(doc).set('c/r/1', { relation: 'verbatim' });
        linksOf(doc).delete('c/r/1');
      },
    ],
    [
      'a new block with a line break',
      (doc) => {
        const block = new Y.XmlElement('block');
        block.setAttribute('id', 'n');
        block.setAttribute('kind', 'item');
        block.insert(0, [new Y.XmlText('one'), new Y.XmlElement('hardBreak'), new Y.XmlText('two')]);
        contentOf(doc).insert(2, [block]);
      },
    ],
  ])('%s', (_name, change) => {
    const server = draft();
    const update = updateOf(server, change);
    expect(guard(server, update)).toBeNull();
    Y.applyUpdate(server, update);
    expect(server.store.pendingStructs).toBeNull();
  });

  it('typing into a clause that another deleted meanwhile', () => {
    const server = draft();
    const update = updateOf(server, (doc) => textAt(doc, 1).insert(3, 'late'));
    contentOf(server).delete(1, 1);
    expect(guard(server, update)).toBeNull();
    Y.applyUpdate(server, update);
    expect(readBlocks(server).map(({ id }) => id)).toEqual(['t', 'b']);
  });

  it('undo of a deleted clause, and the server’s repairs', () => {
    const server = draft();
    const client = new Y.Doc();
    Y.applyUpdate(client, Y.encodeStateAsUpdate(server));
    const undo = new Y.UndoManager(contentOf(client));
    client.on('update', (update: Uint8Array) => {
      expect(guard(server, update)).toBeNull();
      Y.applyUpdate(server, update);
    });
    contentOf(client).delete(1, 1);
    undo.undo();
    expect(readBlocks(server).map(({ text }) => text)).toEqual(['Title', 'First paragraph', 'Second']);
    expect(repairDraft(server, null).renamed).toEqual([]);
  });
});

describe('GRD-2 what leaves the schema is refused before anything of it is applied', () => {
  it.each<[string, (doc: Y.Doc) => void, RegExp]>([
    ['another root', (doc) => doc.getMap('evil').set('a', 1), /no part "evil"/],
    ['another type under a known root', (doc) => doc.getMap('content').set('a', 1), /only blocks/],
    ['an unknown element', (doc) => contentOf(doc).push([new Y.XmlElement('script')]), /only blocks/],
    ['a malformed link', (doc) => linksOf(doc).set('bad', 1), /"links" is malformed/],
    [
      'a malformed record over a good one',
      (doc) => {
        linksOf(doc).set('c/r/1', { relation: 'adapted' });
        linksOf(doc).set('c/r/1', new Y.Map());
      },
      /"links" is malformed/,
    ],
    ['an unknown attribute', (doc) => blockAt(doc, 1).setAttribute('onclick', 'x'), /no attribute/],
    ['an unknown kind', (doc) => blockAt(doc, 1).setAttribute('kind', 'king'), /no attribute/],
    ['an unknown mark', (doc) => textAt(doc, 1).format(0, 2, { link: { href: 'javascript:x' } }), /marks/],
    ['an embed', (doc) => textAt(doc, 1).insertEmbed(0, { image: 'x' }), /only characters/],
    ['a nested document', (doc) => linksOf(doc).set('c/r/2', new Y.Doc()), /malformed/],
    ['an element in a block', (doc) => blockAt(doc, 1).push([new Y.XmlElement('block')]), /only text/],
  ])('%s', (_name, change, reason) => {
    const server = draft();
    const before = Y.encodeStateVector(server);
    const refusal = guard(server, updateOf(server, change));
    expect(refusal?.reason).toMatch(reason);
    expect(refusal?.resync).toBe(false);
    expect(Y.encodeStateVector(server)).toEqual(before);
  });

  it('what builds on unseen changes is not left waiting in the document, where nothing would check it', () => {
    const server = draft();
    const client = new Y.Doc();
    Y.applyUpdate(client, Y.encodeStateAsUpdate(server));
    const updates: Uint8Array[] = [];
    client.on('update', (update: Uint8Array) => updates.push(update));
    doc2(client);
    expect(guard(server, updates[1] ?? new Uint8Array())).toMatchObject({ resync: true });
  });

  it('characters that stand beside themselves, or beside each other in a ring, are refused and not followed for ever', () => {
    // One client, n strings "x" without a parent, each put next to the character at the clock given.
    const strings = (...beside: number[]): Uint8Array =>
      Uint8Array.of(1, beside.length, 5, 0, ...beside.flatMap((clock) => [0x84, 5, clock, 1, 120]), 0);
    for (const update of [strings(0), strings(1, 0)])
      expect(guard(draft(), update)?.reason).toContain('not seen');
  });

  it('mutated updates are refused or harmless, never fatal', () => {
    const server = draft();
    const good = updateOf(server, (doc) => textAt(doc, 1).insert(3, 'some more text'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const update = Uint8Array.from(good);
          for (const [index, value] of edits) update[index] = value;
          const copy = new Y.Doc();
          Y.applyUpdate(copy, Y.encodeStateAsUpdate(server));
          try {
            if (guard(copy, update) === null) Y.applyUpdate(copy, update);
          } catch {
            return;
          }
          expect([...copy.share.keys()].every((name) => ['content', 'links'].includes(name))).toBe(true);
        },
      ),
      { numRuns: 3_000, seed: 7 },
    );
  });
});

function doc2(client: Y.Doc): void {
  textAt(client, 1).insert(0, 'one');
  textAt(client, 1).insert(1, 'two');
}
