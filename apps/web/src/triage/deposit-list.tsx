import type { DepositSummary, DepositList as List } from '@zerodraft/contract';
import { useEffect, useRef } from 'react';
import { useAccount } from '../shell/signed-in.tsx';
import { When } from '../ui/moments.tsx';

interface Props {
  list: List;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function Row({
  deposit,
  current,
  onChoose,
}: {
  deposit: DepositSummary;
  current: boolean;
  onChoose: () => void;
}) {
  const { id: me } = useAccount();
  const { title, name, stakeholderKind, language, receivedAt, claim } = deposit;
  const held = claim && Date.parse(claim.until) > Date.now() ? claim.by : null;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The keyboard goes with the choice while it is in the list, or nowhere.
    const { activeElement: at } = document;
    if (current && (at === document.body || at?.closest('.deposit-list'))) button.current?.focus();
  }, [current]);
  return (
    <li>
      <button
        type="button"
        ref={button}
        className="deposit-row"
        aria-current={current ? 'true' : undefined}
        tabIndex={current ? 0 : -1}
        onClick={onChoose}
      >
        <strong dir="auto" lang={language}>
          {title}
        </strong>
        <span className="muted">
          <span dir="auto">{name || stakeholderKind || 'Unnamed'}</span> · <When at={receivedAt} />
        </span>
        {held !== null && (
          <span className={held.id === me ? 'chip' : 'chip chip-warn'}>
            {held.id === me ? 'You are on it' : `${held.name} is on it`}
          </span>
        )}
      </button>
    </li>
  );
}

/** The deposits in one state. */
export function DepositList({ list, chosen, onChoose }: Props) {
  return (
    <ul className="deposit-list" aria-label="Deposits">
      {list.deposits.map((deposit) => (
        <Row
          key={deposit.id}
          deposit={deposit}
          current={deposit.id === chosen}
          onChoose={() => onChoose(deposit.id)}
        />
      ))}
    </ul>
  );
}
