const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

function iso(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

/**
 * Reads a date as people write it in a sheet: 2017-12-31, 31.12.2017, 31/12/2017 or 31 December 2017.
 * @returns ISO yyyy-mm-dd; null when it is none, or when slashes leave day and month open (05/06/2017)
 */
export function readDate(text: string): string | null {
  const isoForm = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (isoForm) return iso(Number(isoForm[1]), Number(isoForm[2]), Number(isoForm[3]));
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return iso(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (slashed) {
    const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
    if (first > 12) return iso(year, second, first);
    if (second > 12) return iso(year, first, second);
    return first === second ? iso(year, first, second) : null;
  }
  const named = /^(\d{1,2})\s+(\p{L}{3,})\.?\s+(\d{4})$/u.exec(text);
  if (named) {
    const month = MONTHS.findIndex((name) => name.startsWith((named[2] ?? '').toLowerCase()));
    return month < 0 ? null : iso(Number(named[3]), month + 1, Number(named[1]));
  }
  return null;
}
