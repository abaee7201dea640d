import { expect, it } from 'vitest';
import { isTimeZone, momentOf, startOfDay, wallTime } from './zoned-day.ts';

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

it.each([
  ['2031-05-31T09:00', 'Europe/Zurich', '2031-05-31T07:00:00.000Z'],
  ['2031-12-31T23:30', 'America/New_York', '2032-01-01T04:30:00.000Z'],
  ['2031-06-15T12:15', 'Asia/Kathmandu', '2031-06-15T06:30:00.000Z'],
])('the clock time %s in %s is a moment, and the moment shows that time there', (wall, zone, moment) => {
  expect(momentOf(wall, zone)).toBe(moment);
  expect(wallTime(moment, zone)).toBe(wall);
});

it('a clock time that a change of clocks leaves out is one beside it', () => {
  expect(momentOf('2018-03-25T02:30', 'Europe/Zurich')).toMatch(/^2018-03-25T0[01]:30:00.000Z$/);
});
