import { type Actor, type Refusal, ROLE_LABELS } from './permissions.ts';

/** A moment as people read it, in a given time zone, which is named: "31 May 2026, 17:00 CEST". */
export function formatMoment(at: string, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  })
    .format(new Date(at))
    .replace(' at ', ', ');
}

const ACTOR_LABELS: Record<Actor, string> = {
  ...ROLE_LABELS,
  public: 'a reader by public link',
  creator: 'a creator of processes',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A refusal in words: what is not possible, until when or since when, and who can change it. */
export function explain(reason: Refusal): string {
  switch (reason.code) {
    case 'role':
      return `As ${ACTOR_LABELS[reason.actor].toLowerCase()} you may not do this. Ask a facilitator for the right.`;
    case 'archived':
      return `This ${reason.object} has been archived since ${formatMoment(reason.since)}; it can be read only. A facilitator can restore it.`;
    case 'deleted':
      return `This ${reason.object} was deleted on ${formatMoment(reason.since)} and stays in the bin until ${formatMoment(reason.until)}. A facilitator can restore it.`;
    case 'not-open-yet':
      return `${capital(reason.window)} open on ${formatMoment(reason.opensAt, reason.timeZone)} (${reason.round}).`;
    case 'closed':
      return `${capital(reason.window)} have been closed since ${formatMoment(reason.since, reason.timeZone)} (${reason.round}).`;
    case 'no-round':
      return `No round of this process is open for ${reason.window}.`;
  }
}
