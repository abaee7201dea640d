import { contentOf } from '@zerodraft/schema';
import * as Y from 'yjs';

const WORDS =
  'States shall cooperate to uphold the rights of all migrants and commit to sharing data on routes while respecting national law'.split(
    ' ',
  );

/** The same numbers in every run: a linear congruential generator. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function prose(length: number, random: (below: number) => number): string {
  let text = '';
  while (text.length < length) text += `${WORDS[random(WORDS.length)] ?? ''} `;
  return text.slice(0, length);
}

/** A draft in the product's shape: blocks with id and kind, text in each. Returns it as one update. */
export function makeDraft(blocks: number, length: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const random = randomNumbers(7);
  doc.transact(() => {
    const elements = Array.from({ length: blocks }, (_, index) => {
      const block = new Y.XmlElement('block');
      block.setAttribute('id', `clause-${index}`);
      block.setAttribute('kind', index === 0 ? 'title' : 'paragraph');
      block.insert(0, [new Y.XmlText(prose(length, random))]);
      return block;
    });
    contentOf(doc).insert(0, elements);
  });
  return Y.encodeStateAsUpdate(doc);
}

/** A document from updates. */
export function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** All that a draft shows, to compare replicas by. */
export function textOf(doc: Y.Doc): string {
  return contentOf(doc).toString();
}

function textAt(doc: Y.Doc, index: number): Y.XmlText {
  const block = contentOf(doc).get(index);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error(`block ${index} has no text`);
  return text;
}

/** Edits of one writer, one character each: edit `n` has the writer's clock `n`. */
export function makeEdits(draft: Uint8Array, client: number, block: number, count: number): Uint8Array[] {
  const doc = docOf([draft]);
  doc.clientID = client;
  const edits: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => edits.push(update));
  const text = textAt(doc, block);
  const middle = Math.floor(text.length / 2);
  for (let edit = 0; edit < count; edit += 1)
    text.insert(middle + edit, String.fromCharCode(97 + (edit % 26)));
  doc.destroy();
  return edits;
}

/** A draft and the many small edits it came from: typing in runs all over it by ten people, one character in five deleted again. */
export function makeHistory(count: number): { edits: Uint8Array[]; doc: Y.Doc } {
  const draft = makeDraft(500, 100);
  const doc = docOf([draft]);
  const random = randomNumbers(11);
  const edits: Uint8Array[] = [draft];
  doc.on('update', (update: Uint8Array) => edits.push(update));
  while (edits.length < count) {
    doc.clientID = 1_000 + random(10);
    const text = textAt(doc, random(500));
    let at = random(text.length);
    const run = 20 + random(20);
    for (let key = 0; key < run && edits.length < count; key += 1)
      text.insert(at++, 'etaoin shrdlu'[key % 13] ?? 'e');
    for (let key = 0; key < run / 4 && edits.length < count; key += 1) text.delete(--at, 1);
  }
  return { edits, doc };
}
