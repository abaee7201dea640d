/** Whether a name is a time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds by which the clocks of a zone are ahead of UTC at a moment. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const part = (type: string): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(moment / 1_000) * 1_000;
}

/**
 * The moment at which the clocks of a zone show a time, as ISO 8601 in UTC; a time that a change of clocks leaves out is
 * the moment after it.
 * @param wall as 2018-02-20T09:30
 */
export function momentOf(wall: string, timeZone: string): string {
  const asUtc = Date.parse(`${wall}Z`);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  // The clocks may have changed between the guess and the moment.
  return new Date(asUtc - offsetAt(guess, timeZone)).toISOString();
}

/** What the clocks of a zone show at a moment, as 2018-02-20T09:30. */
export function wallTime(at: string, timeZone: string): string {
  const moment = Date.parse(at);
  return new Date(moment + offsetAt(moment, timeZone)).toISOString().slice(0, 16);
}

/**
 * When a day begins in a time zone, as ISO 8601 in UTC.
 * @param date as 2018-02-20
 * @param plus days after it
 */
export function startOfDay(date: string, timeZone: string, plus = 0): string {
  const day = new Date(Date.parse(`${date}T00:00:00Z`) + plus * 24 * 60 * 60 * 1_000);
  return momentOf(day.toISOString().slice(0, 16), timeZone);
}
