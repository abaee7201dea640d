import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Problem } from '../ui/field.tsx';
import { OWN_ZONE } from '../ui/moments.tsx';
import { RoundCard } from './round-card.tsx';
import { RoundDialog } from './round-dialog.tsx';
import { roundsQuery } from './rounds-api.ts';
import { useNow } from './use-now.ts';
import { WindowSummary } from './window-summary.tsx';

/** When delegates may comment and propose. */
export function RoundsPage() {
  const view = useProcess();
  const { process } = view;
  const rounds = useQuery(roundsQuery(process.id));
  const now = useNow(rounds.data ?? []);
  const manages = mayIn(view, 'round.manage');
  const [making, setMaking] = useState(false);
  // The one that matters now is among the last.
  const sorted = [...(rounds.data ?? [])].sort((a, b) => ((a.opensAt ?? '') < (b.opensAt ?? '') ? 1 : -1));
  return (
    <section aria-labelledby="rounds-title">
      <div className="page-head">
        <h2 id="rounds-title">Rounds</h2>
        {manages && (
          <button type="button" className="button button-primary" onClick={() => setMaking(true)}>
            <Plus size={15} aria-hidden="true" /> New round
          </button>
        )}
      </div>
      <p className="page-lead">
        A round opens comments and proposals to delegates for a time. Facilitators and drafters write at any
        time. Your time zone is {OWN_ZONE.replaceAll('_', ' ')}.
      </p>
      <Problem>{rounds.error?.message}</Problem>
      {rounds.data && <WindowSummary rounds={rounds.data} now={now} />}
      {rounds.data?.length === 0 && (
        <p className="empty">
          There are no rounds, so delegates may comment and propose at any time.
          {manages && ' Make a round to give them a time.'}
        </p>
      )}
      <ul className="rounds">
        {sorted.map((round) => (
          <RoundCard key={round.id} round={round} now={now} manages={manages} />
        ))}
      </ul>
      {making && <RoundDialog onClose={() => setMaking(false)} />}
    </section>
  );
}
