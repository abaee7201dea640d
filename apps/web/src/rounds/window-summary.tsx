import { formatMoment, type Round, type RoundWindow, WINDOWS, windowState } from '@zerodraft/contract';
import { ownTime } from '../ui/moments.tsx';

function sentence(rounds: readonly Round[], window: RoundWindow, now: Date): { open: boolean; text: string } {
  if (rounds.length === 0) return { open: true, text: 'open at any time' };
  const state = windowState(rounds, window, now);
  const moment = (at: string, { name, timeZone }: Round): string => {
    const own = ownTime(at, timeZone);
    return `${formatMoment(at, timeZone)}${own && ` (${own})`}, ${name}`;
  };
  switch (state.kind) {
    case 'open':
      return {
        open: true,
        text:
          state.round.closesAt === null
            ? `open until somebody closes them, ${state.round.name}`
            : `open until ${moment(state.round.closesAt, state.round)}`,
      };
    case 'opens':
      return { open: false, text: `closed, open on ${moment(state.at, state.round)}` };
    case 'closed':
      return { open: false, text: `closed since ${moment(state.since, state.round)}` };
    case 'none':
      return { open: false, text: 'closed, no round opens them' };
  }
}

/** What delegates may do now, and until or since when. */
export function WindowSummary({ rounds, now }: { rounds: readonly Round[]; now: Date }) {
  return (
    <dl className="windows" aria-label="For delegates now">
      {WINDOWS.map((window) => {
        const { open, text } = sentence(rounds, window, now);
        return (
          <div key={window}>
            <dt>{window === 'comments' ? 'Comments' : 'Proposals'}</dt>
            <dd className={open ? 'is-open' : 'is-closed'}>{text}</dd>
          </div>
        );
      })}
    </dl>
  );
}
