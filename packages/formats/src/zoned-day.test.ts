import { expect, it } from 'vitest';
import { isTimeZone, startOfDay } from './zoned-day.ts';

it.each([
  ['2018-02-20', 'UTC', 0, '2018-02-20T00:00:00.000Z'],
  ['2018-02-20', 'America/New_York', 0, '2018-02-20T05:00:00.000Z'],
  ['2018-07-09', 'America/New_York', 0, '2018-07-09T04:00:00.000Z'],
  ['2018-03-10', 'America/New_York', 2, '2018-03-12T04:00:00.000Z'],
  ['2018-03-25', 'Europe/Zurich', 0, '2018-03-24T23:00:00.000Z'],
  ['2018-03-25', 'Europe/Zurich', 1, '2018-03-25T22:00:00.000Z'],
  ['2018-12-31', 'Pacific/Auckland', 1, '2018-12-31T11:00:00.000Z'],
])('the day %s in %s, %i days on, begins at its own midnight', (date, zone, plus, moment) => {
  expect(startOfDay(date, zone, plus)).toBe(moment);
});

it('knows time zones from other names', () => {
  expect(isTimeZone('Africa/Nairobi')).toBe(true);
  expect(isTimeZone('Geneva')).toBe(false);
});
