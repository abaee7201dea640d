import { useMutation } from '@tanstack/react-query';
import type { Round } from '@zerodraft/contract';
import { useState } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Problem } from '../ui/field.tsx';
import { ItemMenu } from '../ui/menu.tsx';
import { notify } from '../ui/notices.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import { RoundDialog } from './round-dialog.tsx';
import { RoundMoment, type Standing, standingOf, windowsOf } from './round-times.tsx';
import { changeRound, closeRound, deleteRound, refreshRounds } from './rounds-api.ts';

const LABELS: Record<Standing, { text: string; chip: string }> = {
  coming: { text: 'not open yet', chip: 'chip' },
  open: { text: 'open', chip: 'chip chip-good' },
  closed: { text: 'closed', chip: 'chip chip-off' },
};

function Actions({ round, standing }: { round: Round; standing: Standing }) {
  const { process } = useProcess();
  const [asking, setAsking] = useState<'close' | 'reopen' | 'edit' | 'delete' | null>(null);
  const close = (): void => setAsking(null);
  const refresh = (): void => void refreshRounds(process.id);
  const openNow = useMutation({
    mutationFn: () => changeRound(process.id, round.id, { opensAt: new Date().toISOString() }),
    onSuccess: () => {
      notify(`${round.name} is open.`);
      refresh();
    },
  });
  return (
    <div className="round-actions">
      {standing === 'coming' && (
        <button
          type="button"
          className="button"
          disabled={openNow.isPending}
          onClick={() => openNow.mutate()}
        >
          Open now<span className="visually-hidden"> {round.name}</span>
        </button>
      )}
      {standing === 'open' && (
        <button type="button" className="button" onClick={() => setAsking('close')}>
          Close now<span className="visually-hidden"> {round.name}</span>
        </button>
      )}
      {standing === 'closed' && (
        <button type="button" className="button" onClick={() => setAsking('reopen')}>
          Reopen<span className="visually-hidden"> {round.name}</span>
        </button>
      )}
      <ItemMenu
        label={`Menu of ${round.name}`}
        items={[
          { label: 'Change', onSelect: () => setAsking('edit') },
          { label: 'Delete', danger: true, onSelect: () => setAsking('delete') },
        ]}
      />
      <Problem>{openNow.error?.message}</Problem>
      {asking === 'edit' && <RoundDialog round={round} onClose={close} />}
      {asking === 'reopen' && <ReopenDialog round={round} onClose={close} />}
      {asking === 'close' && (
        <Confirm
          title={`Close ${round.name} now?`}
          action="Close the round"
          perform={() => closeRound(process.id, round.id)}
          onDone={() => {
            notify(`${round.name} is closed.`);
            refresh();
          }}
          onClose={close}
        >
          <p>Delegates who are writing are told at once, and keep what they typed. You can reopen it.</p>
        </Confirm>
      )}
      {asking === 'delete' && (
        <Confirm
          title={`Delete ${round.name}?`}
          action="Delete the round"
          danger
          perform={() => deleteRound(process.id, round.id)}
          onDone={() => {
            notify(`${round.name} was deleted.`);
            refresh();
          }}
          onClose={close}
        >
          <p>
            Its dates are lost; what was written in it stays. Without any round, delegates may write at any
            time.
          </p>
        </Confirm>
      )}
    </div>
  );
}

/** One round: what it opens, when, and what can be done with it. */
export function RoundCard({ round, now, manages }: { round: Round; now: Date; manages: boolean }) {
  const standing = standingOf(round, now);
  const { text, chip } = LABELS[standing];
  const { opensAt, closesAt, timeZone } = round;
  return (
    <li className={`round round-${standing}`} data-testid="round">
      <div>
        <div className="round-head">
          <h3>{round.name}</h3>
          <span className={chip}>{text}</span>
        </div>
        <p className="cell-note">
          {windowsOf(round)}, {timeZone.replaceAll('_', ' ')}
        </p>
      </div>
      <dl>
        <div>
          <dt>{standing === 'coming' ? 'Opens' : 'Opened'}</dt>
          <dd>{opensAt ? <RoundMoment at={opensAt} zone={timeZone} /> : 'from the beginning'}</dd>
        </div>
        <div>
          <dt>{standing === 'closed' ? 'Closed' : 'Closes'}</dt>
          <dd>{closesAt ? <RoundMoment at={closesAt} zone={timeZone} /> : 'when somebody closes it'}</dd>
        </div>
      </dl>
      {manages && <Actions round={round} standing={standing} />}
    </li>
  );
}
