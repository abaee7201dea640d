import { formatMoment, type Round } from '@zerodraft/contract';
import { ownTime } from '../ui/moments.tsx';

/** Where a round stands: before, within or after its time. */
export type Standing = 'coming' | 'open' | 'closed';

export function standingOf({ opensAt, closesAt }: Round, now: Date): Standing {
  const at = now.toISOString();
  if (opensAt !== null && at < opensAt) return 'coming';
  return closesAt !== null && at >= closesAt ? 'closed' : 'open';
}

/** A moment in the round's zone, and below in the viewer's where it differs. */
export function RoundMoment({ at, zone }: { at: string; zone: string }) {
  const own = ownTime(at, zone);
  return (
    <time dateTime={at}>
      {formatMoment(at, zone)}
      {own && <span className="cell-note">{own}</span>}
    </time>
  );
}

/** What a round opens, in words. */
export function windowsOf({ comments, proposals }: Round): string {
  if (comments && proposals) return 'Comments and proposals';
  if (comments) return 'Comments';
  return proposals ? 'Proposals' : 'Nothing yet';
}
