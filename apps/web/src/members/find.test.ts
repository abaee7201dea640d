import { expect, it } from 'vitest';
import { isFound } from './find.ts';

const tomas = { name: 'Tomás Hellberg', organisation: 'Mission of Åland', role: 'delegate' as const };

it.each(['', 'tomas', 'HELLBERG aland', 'delegate hell'])('finds by “%s”', (find) => {
  expect(isFound(tomas, find)).toBe(true);
});

it.each(['tomas observer', 'x'])('does not find by “%s”', (find) => {
  expect(isFound(tomas, find)).toBe(false);
});
