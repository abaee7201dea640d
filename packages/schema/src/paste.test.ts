// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { flattenPastedHtml, flattenPastedText } from './paste.ts';
import { readTypedNumber } from './typed-number.ts';

// happy-dom stands in for the browser's parser; its types are its own.
const parse: (html: string) => Document = (html) =>
  new globalThis.DOMParser().parseFromString(html || '<body></body>', 'text/html');

describe('pasted HTML', () => {
  it('reads nested lists of a web page as items and sub-items', () => {
    expect(
      flattenPastedHtml('<p>Intro</p><ol><li>One<ol><li>Deep</li></ol></li><li>Two</li></ol>', parse),
    ).toBe(
      '<p>Intro</p><p data-kind="item">One</p><p data-kind="subitem">Deep</p><p data-kind="item">Two</p>',
    );
  });

  it('reads Word’s typed and generated numbers and drops them', () => {
    const word =
      "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>12.</span>We commit</p>" +
      "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>(a)</span>to act</p>";
    expect(flattenPastedHtml(word, parse)).toBe(
      '<p data-kind="paragraph">We commit</p><p data-kind="item">to act</p>',
    );
  });

  it('lets no script, handler or image through', () => {
    const html = flattenPastedHtml(
      '<p onclick="x()">a<script>alert(1)</script><img src=x onerror=alert(1)><b>b</b></p>',
      parse,
    );
    expect(html).toBe('<p>a<strong>b</strong></p>');
  });
});

describe('typed numbers', () => {
  it('tells the letter i from the numeral by what stands before', () => {
    expect(readTypedNumber('(i) text', { kind: 'item', letter: 'h' }).kind).toBe('item');
    expect(readTypedNumber('(i) text', { kind: 'item', letter: 'a' }).kind).toBe('subitem');
    expect(readTypedNumber('Objective 3: Collect data')).toEqual({ kind: 'objective', text: 'Collect data' });
  });

  it('leaves a single phrase inline', () => {
    expect(flattenPastedText('a phrase', (text) => text)).toBeNull();
    expect(flattenPastedText('1. One\n(a) Two', (text) => text)).toBe(
      '<p data-kind="paragraph">One</p><p data-kind="item">Two</p>',
    );
  });
});
