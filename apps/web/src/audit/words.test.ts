import { expect, it } from 'vitest';
import { detailsOf } from './words.ts';

const nameOf = (id: string): string => (id === 'd1' ? 'Zero draft' : id);

it('says what changed and leaves out what did not', () => {
  const details = {
    name: 'Leila',
    before: { role: 'observer', organisation: 'Institute' },
    after: { role: 'delegate', organisation: 'Institute' },
  };
  expect(detailsOf({ details }, nameOf)).toEqual(['name: Leila', 'role: delegate, before: observer']);
});

it('says what a role in one draft is', () => {
  const details = { member: 'u1', name: 'Leila', role: 'none' };
  expect(detailsOf({ details }, nameOf)).toEqual(['name: Leila', 'role: no access']);
  expect(detailsOf({ details: { role: null } }, nameOf)).toEqual(['role: as in the process']);
});

it('names drafts, says dates and nothing as people do', () => {
  const details = { draft: 'd1', expiresAt: null, changed: ['name', 'themes'] };
  expect(detailsOf({ details }, nameOf)).toEqual([
    'draft: Zero draft',
    'expires: none',
    'changed: name, themes',
  ]);
  expect(detailsOf({ details: { closesAt: '2026-05-31T17:00:00.000Z' } }, nameOf)[0]).toContain(
    '31 May 2026',
  );
});
