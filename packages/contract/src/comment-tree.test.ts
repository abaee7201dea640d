import fc from 'fast-check';
import { expect, it } from 'vitest';
import { token } from './comment-body.ts';
import { commentTree } from './comment-tree.ts';
import { plainBody } from './plain-comment.ts';

const text = (value: string) => ({ kind: 'text', text: value });

it('reads bold, italic, links, lists and line ends', () => {
  expect(
    commentTree('**We** ask for *more*,\nsee [the report](https://un.org/x).\n\n1. one\n2. two'),
  ).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'strong', children: [text('We')] },
        text(' ask for '),
        { kind: 'emphasis', children: [text('more')] },
        text(','),
        { kind: 'break' },
        text('see '),
        { kind: 'link', href: 'https://un.org/x', children: [text('the report')] },
        text('.'),
      ],
    },
    {
      kind: 'list',
      ordered: true,
      start: 1,
      items: [
        [{ kind: 'paragraph', children: [text('one')] }],
        [{ kind: 'paragraph', children: [text('two')] }],
      ],
    },
  ]);
});

it('knows addresses and keeps dangerous ones as text', () => {
  expect(commentTree('see https://un.org')[0]).toEqual({
    kind: 'paragraph',
    children: [text('see '), { kind: 'link', href: 'https://un.org', children: [text('https://un.org')] }],
  });
  const body = '[click](javascript:alert(1)) <script>alert(1)</script> ![x](https://a.b/c.png)';
  expect(JSON.stringify(commentTree('[click](javascript:alert(1)) <script>'))).not.toContain('href');
  expect(plainBody(body, () => null)).toContain('<script>alert(1)</script>');
});

it('leaves every other sign as it was typed', () => {
  for (const body of [
    '# not a heading',
    '[sic] [bracketed] text',
    '> quoted',
    '`code` &amp; 3 * 4',
    '---',
    '    x',
  ])
    expect(plainBody(body, () => null)).toBe(body.trim());
});

it('finds references whatever their names hold, also within bold', () => {
  const organisation = { kind: 'organisation', id: 'A*B_c* (x)' } as const;
  expect(commentTree(`**${token(organisation)}** _x_`)).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'strong', children: [{ kind: 'reference', reference: organisation }] },
        text(' '),
        { kind: 'emphasis', children: [text('x')] },
      ],
    },
  ]);
});

it('never throws and loses no word', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z*_#>`[\]()\\-]{1,8}$/), { maxLength: 12 }), (words) => {
      const letters = (value: string): string => value.replace(/[^a-z]/g, '');
      const body = words.join(' ');
      expect(letters(plainBody(body, () => null))).toBe(letters(body));
    }),
  );
});
