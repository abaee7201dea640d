import { getSchema, type JSONContent } from '@tiptap/core';
import { token } from '@zerodraft/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bodyOfContent, contentOfBody } from './comment-markdown.ts';
import { commentExtensions } from './comment-schema.ts';

const schema = getSchema(commentExtensions);
const again = (body: string): string =>
  bodyOfContent(schema.nodeFromJSON(contentOfBody(body, () => 'x')).toJSON());

it('reads back what it wrote', () => {
  const person = token({ kind: 'person', id: 'jonas' });
  for (const body of [
    `Thank you ${person}, **bold *both*** and *so on*`,
    'one\ntwo\n\nthree',
    '- a\n- b\n  1. c\n  2. d',
    'see [the report](https://un.org/a_b) and https://un.org/x_y_z',
    '[sic] [text in brackets] 3 \\* 4 snake\\_case',
    '\\- not a list',
  ])
    expect(again(body)).toBe(body);
});

it('writes out any text so that it reads back as it was typed', () => {
  const run = fc.record({
    text: fc.stringMatching(/^[ -~é]{1,12}$/),
    bold: fc.boolean(),
    italic: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) => {
      const content: JSONContent[] = runs.map(({ text, bold, italic }) => ({
        type: 'text',
        text,
        marks: [...(bold ? [{ type: 'bold' }] : []), ...(italic ? [{ type: 'italic' }] : [])],
      }));
      const doc = { type: 'doc', content: [{ type: 'paragraph', content }] };
      const back = schema.nodeFromJSON(contentOfBody(bodyOfContent(doc), () => 'x'));
      const squeeze = (text: string): string => text.replace(/\s+/g, '');
      expect(squeeze(back.textContent)).toBe(squeeze(runs.map(({ text }) => text).join('')));
    }),
    { numRuns: 500 },
  );
});
