// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { returnPath } from './return-path.ts';

it.each([
  ['/drafts/x?find=a#clause', '/drafts/x?find=a#clause'],
  [undefined, '/'],
  ['https://elsewhere.example/', '/'],
  ['//elsewhere.example/', '/'],
  ['/\\elsewhere.example/', '/'],
  ['/\t/elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/sign-in', '/'],
])('after signing in for %s one goes to %s', (next, path) => {
  expect(returnPath(next)).toBe(path);
});
