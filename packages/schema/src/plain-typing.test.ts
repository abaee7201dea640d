import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { isPlainTyping } from './plain-typing.ts';
import { seedDraft } from './shared-draft.ts';
import { contentOf } from './shared-types.ts';
import { structGuard } from './update-guard.ts';

const guard = structGuard({});

function server(): Y.Doc {
  const doc = new Y.Doc();
  seedDraft(doc, [
    { kind: 'title', text: 'Title' },
    { kind: 'paragraph', text: 'A paragraph to type in' },
  ]);
  return doc;
}

/** The update of one change, made by a client that has the draft. */
function updateOf(doc: Y.Doc, change: (text: Y.XmlText, block: Y.XmlElement) => void): Uint8Array {
  const client = new Y.Doc();
  Y.applyUpdate(client, Y.encodeStateAsUpdate(doc));
  const block = contentOf(client).get(1);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(block instanceof Y.XmlElement && text instanceof Y.XmlText)) throw new Error('no text');
  const vector = Y.encodeStateVector(client);
  change(text, block);
  return Y.encodeStateAsUpdate(client, vector);
}

it.each<[string, boolean, (text: Y.XmlText, block: Y.XmlElement) => void]>([
  ['a character between others', true, (text) => text.insert(3, 'x')],
  ['a word at the end', true, (text) => text.insert(text.length, ' word')],
  ['a deletion', true, (text) => text.delete(2, 3)],
  ['a character at the very beginning', false, (text) => text.insert(0, 'x')],
  ['a mark', false, (text) => text.format(0, 3, { bold: {} })],
  ['an attribute', false, (_text, block) => block.setAttribute('kind', 'item')],
  ['an embedded thing', false, (text) => text.insertEmbed(3, { image: 'x' })],
])('GRD-1 knows plain typing by its bytes: %s', (_name, plain, change) => {
  const doc = server();
  expect(isPlainTyping(doc, updateOf(doc, change))).toBe(plain);
});

it('GRD-2 what it lets pass, the whole check lets pass, whatever the bytes', () => {
  const doc = server();
  const typing = updateOf(doc, (text) => text.insert(5, 'some words'));
  let passed = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(typing.length - 1), fc.nat(255)), { maxLength: 3 }),
      fc.nat(typing.length),
      (changes, end) => {
        const bytes = Uint8Array.from(typing);
        for (const [at, value] of changes) bytes[at] = value;
        const update = end % 4 === 0 ? bytes.slice(0, end) : bytes;
        let plain = false;
        try {
          plain = isPlainTyping(doc, update);
        } catch {
          return;
        }
        if (!plain) return;
        passed += 1;
        expect(guard(doc, update)).toBeNull();
      },
    ),
    { numRuns: 20_000 },
  );
  expect(passed).toBeGreaterThan(100);
});
