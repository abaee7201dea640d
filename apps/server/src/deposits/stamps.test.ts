import { expect, it } from 'vitest';
import { Stamps } from './stamps.ts';

const stamps = new Stamps('a key of the test');
const at = Date.parse('2031-03-01T09:00:00Z');

it('lets a form pass that somebody had time to fill in, and no other', () => {
  const stamp = stamps.make('a-box', at);
  expect(stamps.check('a-box', stamp, at + 1_000)).toBe('too-soon');
  expect(stamps.check('a-box', stamp, at + 10_000)).toBe('good');
  expect(stamps.check('a-box', stamp, at + 47 * 3_600_000)).toBe('good');
  expect(stamps.check('a-box', stamp, at + 49 * 3_600_000)).toBe('stale');
});

it('knows its own only: for this box, at this time, with this key', () => {
  const stamp = stamps.make('a-box', at);
  expect(stamps.check('b-box', stamp, at + 10_000)).toBe('stale');
  expect(stamps.check('a-box', `0.${stamp.split('.')[1]}`, at + 10_000)).toBe('stale');
  expect(new Stamps('another key').check('a-box', stamp, at + 10_000)).toBe('stale');
  for (const forged of ['', '.', 'x.y', `${stamp}.`, stamp.slice(0, -2)])
    expect(stamps.check('a-box', forged, at + 10_000)).toBe(forged === `${stamp}.` ? 'good' : 'stale');
});
