import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { DEPOSIT_STATE_LABELS, DEPOSIT_STATES, type Deposit, type NearDuplicate } from '@zerodraft/contract';
import { Inbox } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api-client.ts';
import { refreshProcesses } from '../start/process-api.ts';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Problem } from '../ui/field.tsx';
import { BoxDialog } from './box-dialog.tsx';
import { DepositDetail } from './deposit-detail.tsx';
import { DepositList } from './deposit-list.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { KeyList } from './key-list.tsx';
import { differing, toldFields } from './meanwhile.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { NothingWaits } from './nothing-waits.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';
import {
  type Decision,
  decide,
  depositQuery,
  depositsQuery,
  fetchDeposit,
  refreshDeposits,
} from './triage-api.ts';
import { useClaim } from './use-claim.ts';
import { type Key, useKeys } from './use-keys.ts';

/** What was decided, in words that are read out. */
function toldOf({ title, state, recommendations, mergedInto }: Deposit): string {
  const references = recommendations.map(({ reference }) => reference).join(', ');
  switch (state) {
    case 'accepted':
      return `Accepted “${title}” as ${references}.`;
    case 'split':
      return `Split “${title}” into ${references}.`;
    case 'merged':
      return `Merged “${title}” with ${references || `“${mergedInto?.title}”`}.`;
    case 'returned':
      return `Returned “${title}”.`;
    case 'new':
      return `“${title}” is in triage.`;
  }
}

type Work = 'edit' | 'merge' | 'split' | 'return';
const WORKS: Partial<Record<Key, Work>> = { e: 'edit', m: 'merge', s: 'split', r: 'return' };

/** The inbox of a process's box: what came in, and what becomes of it. */
export function TriagePage() {
  const view = useProcess();
  const processId = view.process.id;
  const { state = 'new', deposit: asked } = useSearch({
    from: '/session/signed-in/processes/$processId/triage',
  });
  const navigate = useNavigate({ from: '/processes/$processId/triage' });
  const list = useQuery(depositsQuery(processId, state));
  const decides = mayIn(view, 'deposit.triage');
  const [boxOpen, setBoxOpen] = useState(false);
  /** What is done in a dialog, and the deposit as it was seen when that opened. */
  const [work, setWork] = useState<{ kind: Work; on: Deposit } | null>(null);
  const [mergeWith, setMergeWith] = useState<NearDuplicate | null>(null);
  const [last, setLast] = useState<Deposit | null>(null);
  /** The region that the last decision made. */
  const [newRegion, setNewRegion] = useState('');
  const lastIndex = useRef(0);

  const rows = list.data?.deposits ?? [];
  const found = rows.findIndex(({ id }) => id === asked);
  // What others decide on while it is looked at stays on the screen.
  const chosen = asked ?? rows[0]?.id;
  const summary = rows.find(({ id }) => id === chosen);
  if (summary) lastIndex.current = rows.indexOf(summary);
  // What its terms are called may change without it.
  const terms = list.data?.terms;
  const seen = summary ? `${summary.version} ${summary.state} ${terms}` : 'elsewhere';
  const detail = useQuery({
    ...depositQuery(processId, chosen ?? '', seen),
    enabled: chosen !== undefined,
    placeholderData: (before) => (before?.id === chosen ? before : undefined),
  });
  const deposit = detail.data;
  const { other, takeOver } = useClaim(
    processId,
    summary,
    decides && state === 'new' && chosen !== undefined,
  );

  const choose = (id: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, deposit: id }), replace: true });

  const deciding = useMutation({
    mutationFn: ({ on, decision }: { on: Deposit; decision: Decision }) => decide(processId, on, decision),
    onSuccess: (after, { on }) => {
      const isNew = on.newRegion && !after.newRegion && after.region === on.region;
      setNewRegion(isNew && (after.state === 'accepted' || after.state === 'split') ? after.region : '');
      if (isNew) void refreshProcesses();
      setLast(after.state === 'new' && last?.id !== after.id ? null : after);
      if (after.state !== state) {
        const next = rows[lastIndex.current + 1] ?? rows[lastIndex.current - 1];
        if (after.id === chosen) choose(next?.id);
      }
    },
    onSettled: () => refreshDeposits(processId),
  });
  /** Decides in a dialog on what was seen there; what somebody else has changed since is told first. */
  const send = async (decision: Decision): Promise<void> => {
    if (!work) return;
    try {
      await deciding.mutateAsync({ on: work.on, decision });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'changed') throw error;
      const now = await fetchDeposit(processId, work.on.id);
      const theirs = differing(work.on, now);
      const clash = decision.deed === 'edit' ? theirs.filter((field) => field in decision.change) : theirs;
      setWork({ ...work, on: now });
      if (clash.length > 0)
        throw new Error(
          `Somebody else has changed this meanwhile. ${toldFields(clash, now)}. Nothing was decided; send it again if yours still holds.`,
        );
      await deciding.mutateAsync({ on: now, decision });
    }
  };

  const act = (key: Key): void => {
    if (key === 'j' || key === 'k') {
      const from = summary ? found : key === 'j' ? lastIndex.current - 1 : lastIndex.current;
      const to = (summary && found === -1 ? 0 : from) + (key === 'j' ? 1 : -1);
      const next = rows[Math.min(rows.length - 1, Math.max(0, to))];
      deciding.reset();
      if (next) choose(next.id);
      return;
    }
    if (!decides || deciding.isPending) return;
    if (key === 'b') {
      const back = deposit && deposit.state !== 'new' ? deposit : last;
      if (back && back.state !== 'new') deciding.mutate({ on: back, decision: { deed: 'reopen' } });
      return;
    }
    if (deposit?.state !== 'new' || other !== null) return;
    if (key === 'a') deciding.mutate({ on: deposit, decision: { deed: 'accept' } });
    const kind = WORKS[key];
    setMergeWith(null);
    setWork(kind ? { kind, on: deposit } : null);
  };
  const first = rows[0]?.id;
  useEffect(() => {
    // What is looked at stays when others decide on it: it is named in the address.
    if (asked === undefined && first !== undefined)
      void navigate({ search: (before) => ({ ...before, deposit: first }), replace: true });
  }, [asked, first, navigate]);
  const keys = useKeys(act);
  const close = (): void => setWork(null);
  const counts = list.data?.counts;

  return (
    <div className="triage">
      <div className="page-head">
        <h2>Triage</h2>
        <button type="button" className="button" onClick={() => setBoxOpen(true)}>
          <Inbox size={15} aria-hidden="true" /> The box
        </button>
      </div>
      <nav className="subnav triage-states" aria-label="Deposits by state">
        {DEPOSIT_STATES.map((each) => (
          <Link
            key={each}
            from="/processes/$processId/triage"
            search={{ state: each === 'new' ? undefined : each }}
            activeOptions={{ exact: true, includeSearch: false }}
            className={each === state ? 'active' : ''}
            activeProps={{ className: '' }}
            aria-current={each === state ? 'page' : undefined}
          >
            {DEPOSIT_STATE_LABELS[each]}
            {counts && ` (${counts[each]})`}
          </Link>
        ))}
      </nav>
      <div className="triage-told" role="status">
        {last && (
          <>
            <span dir="auto">{toldOf(last)}</span>
            {newRegion !== '' && (
              <span>
                “<bdi>{newRegion}</bdi>” is a new region of the process.{' '}
                <Link to="/processes/$processId/taxonomies" params={{ processId }} search={{ of: 'regions' }}>
                  Look at the regions
                </Link>
              </span>
            )}
            {last.state !== 'new' && decides && (
              <button
                type="button"
                className="link-button"
                onClick={() => deciding.mutate({ on: last, decision: { deed: 'reopen' } })}
              >
                Back to triage
              </button>
            )}
          </>
        )}
      </div>
      <Problem>
        {list.error?.message ?? takeOver.error?.message ?? (deposit ? null : deciding.error?.message)}
      </Problem>
      {list.isPending && <p className="empty">Fetching the deposits…</p>}
      {list.data && rows.length === 0 && !deposit && state === 'new' && (
        <NothingWaits
          processId={processId}
          manages={mayIn(view, 'box.manage')}
          onBox={() => setBoxOpen(true)}
        />
      )}
      {list.data && rows.length === 0 && !deposit && state !== 'new' && (
        <div className="first-steps">
          <h3>None yet</h3>
          <p>Deposits with this outcome appear here.</p>
        </div>
      )}
      <div className="triage-panes">
        {list.data && rows.length > 0 && (
          <DepositList
            list={list.data}
            chosen={chosen}
            onChoose={(id) => {
              deciding.reset();
              choose(id);
            }}
          />
        )}
        {deposit && (
          <DepositDetail
            processId={processId}
            deposit={deposit}
            other={other}
            onTakeOver={() => takeOver.mutate()}
            decides={decides}
            pending={deciding.isPending}
            problem={work === null ? deciding.error?.message : undefined}
            act={act}
            onMerge={(duplicate) => {
              setMergeWith(duplicate);
              setWork({ kind: 'merge', on: deposit });
            }}
          />
        )}
      </div>
      {counts && counts[state] > rows.length && (
        <p className="muted">
          {rows.length} of {counts[state]} are listed; the others follow as these are decided on.
        </p>
      )}
      <KeyList on={keys.on} onToggle={keys.toggle} />
      {boxOpen && (
        <BoxDialog
          processId={processId}
          manages={mayIn(view, 'box.manage')}
          onClose={() => setBoxOpen(false)}
        />
      )}
      {work?.kind === 'edit' && (
        <EditDialog deposit={work.on} send={(change) => send({ deed: 'edit', change })} onClose={close} />
      )}
      {work?.kind === 'merge' && (
        <MergeDialog
          processId={processId}
          deposit={work.on}
          first={mergeWith}
          send={(into) => send({ deed: 'merge', into })}
          onClose={close}
        />
      )}
      {work?.kind === 'split' && (
        <SplitDialog deposit={work.on} send={(parts) => send({ deed: 'split', parts })} onClose={close} />
      )}
      {work?.kind === 'return' && (
        <ReturnDialog deposit={work.on} send={(reason) => send({ deed: 'return', reason })} onClose={close} />
      )}
    </div>
  );
}
