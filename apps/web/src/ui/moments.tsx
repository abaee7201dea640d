import { formatMoment } from '@zerodraft/contract';

/** The time zone of whoever looks at the screen. */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** A day as people read it, in the viewer's time zone: "31 May 2026". */
export function formatDay(at: string): string {
  return DAY.format(new Date(at));
}

const CALENDAR_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A day of the calendar, the same in every zone: "2026-05-31" as "31 May 2026". */
export function formatDate(day: string): string {
  return CALENDAR_DAY.format(new Date(day));
}

/** When something happened, as near as matters: a time today, else a day. */
export function When({ at }: { at: string }) {
  const then = new Date(at);
  const today = DAY.format(then) === DAY.format(new Date());
  return (
    <time dateTime={at} title={formatMoment(at, OWN_ZONE)}>
      {today ? `today, ${TIME.format(then)}` : DAY.format(then)}
    </time>
  );
}

/**
 * A moment of another zone in the viewer's: "23:00 CEST for you", with the day where it is another; empty when both
 * zones show the same time.
 */
export function ownTime(at: string, zone: string): string {
  const [theirs, ours] = [formatMoment(at, zone), formatMoment(at, OWN_ZONE)];
  const [theirDay] = theirs.split(', ');
  const [ownDay, ownClock = ''] = ours.split(', ');
  if (theirDay !== ownDay) return `${ours} for you`;
  return theirs.replace(/ [^ ]+$/, '') === ours.replace(/ [^ ]+$/, '') ? '' : `${ownClock} for you`;
}
