import { expect, it } from 'vitest';
import { bodyParts, token } from './comment-body.ts';
import { plainBody } from './plain-comment.ts';

it('finds references and leaves everything else as text', () => {
  const body = `Hello ${token({ kind: 'person', id: 'jonas' })}, see ${token({ kind: 'clause', id: 'c1' })} and #[person:x] @[clause:y] &[recommendation:r-1]`;
  expect(bodyParts(body)).toEqual([
    { kind: 'text', text: 'Hello ' },
    { kind: 'person', id: 'jonas' },
    { kind: 'text', text: ', see ' },
    { kind: 'clause', id: 'c1' },
    { kind: 'text', text: ' and #[person:x] @[clause:y] ' },
    { kind: 'recommendation', id: 'r-1' },
  ]);
  expect(bodyParts('@[person:a\nb] **bold**')).toEqual([{ kind: 'text', text: '@[person:a\nb] **bold**' }]);
});

it('reads as plain text with present names', () => {
  const names: Record<string, string> = { 'A Mission': 'A Mission', c1: '12(a)' };
  expect(
    plainBody('@[organisation:A Mission] on #[clause:c1], #[clause:gone]', ({ id }) => names[id] ?? null),
  ).toBe('@A Mission on #12(a), #…');
});
