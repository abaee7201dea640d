import { expect, it } from 'vitest';
import { boxSlug, newReceiptCode, receiptCode } from './deposits.ts';

it('a receipt code is read however it is typed', () => {
  const code = newReceiptCode();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  const plain = code.replaceAll('-', '');
  for (const typed of [code, plain, code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, `#${code}`])
    expect(receiptCode.parse(typed)).toBe(plain);
  expect(receiptCode.parse('OIL0-0000-0000-0000')).toBe('0110000000000000');
  for (const wrong of ['', '1234', `${code}A`, 'U'.repeat(16)])
    expect(receiptCode.safeParse(wrong).success).toBe(false);
});

it('receipt codes do not repeat', () => {
  expect(new Set(Array.from({ length: 500 }, newReceiptCode)).size).toBe(500);
});

it('a box’s address can be read out', () => {
  expect(boxSlug.parse(' Global-Compact-2018 ')).toBe('global-compact-2018');
  for (const wrong of ['abc', 'a--b-c', '-abcd', 'abcd-', 'a/bcd', 'receipt', 'Zürich-box', 'x'.repeat(61)])
    expect(boxSlug.safeParse(wrong).success).toBe(false);
});
