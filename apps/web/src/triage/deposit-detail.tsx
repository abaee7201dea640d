import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DEPOSIT_STATE_LABELS, type Deposit, type NearDuplicate, type Person } from '@zerodraft/contract';
import type { ReactNode } from 'react';
import { languageName } from '../sources/source-details.ts';
import { Problem } from '../ui/field.tsx';
import { When } from '../ui/moments.tsx';
import { ProposalView } from './proposal-view.tsx';
import { duplicatesQuery } from './triage-api.ts';
import type { Key } from './use-keys.ts';

interface Props {
  processId: string;
  deposit: Deposit;
  /** Who else is on it. */
  other: Pick<Person, 'id' | 'name'> | null;
  onTakeOver: () => void;
  /** Whether the person may decide, here and now. */
  decides: boolean;
  pending: boolean;
  problem: ReactNode;
  act: (key: Key) => void;
  onMerge: (duplicate: NearDuplicate) => void;
}

const ACTIONS: readonly { key: Key; label: string }[] = [
  { key: 'a', label: 'Accept' },
  { key: 'e', label: 'Edit' },
  { key: 'm', label: 'Merge' },
  { key: 's', label: 'Split' },
  { key: 'r', label: 'Return' },
];

/** The key beside a button's name, for the eye; the button tells it by itself. */
function KeySign({ sign }: { sign: Key }) {
  return (
    <span className="key" aria-hidden="true">
      {sign}
    </span>
  );
}

/** How alike in words; the number is for comparing two. */
function likenessIn(likeness: number): string {
  const degree = likeness >= 0.7 ? 'Nearly the same' : likeness >= 0.55 ? 'Very alike' : 'Alike';
  return `${degree} (${Math.round(likeness * 100)} of 100)`;
}

function Duplicates({
  processId,
  deposit,
  merges,
  onMerge,
}: Pick<Props, 'processId' | 'deposit' | 'onMerge'> & { merges: boolean }) {
  const { data, isPending, error } = useQuery(duplicatesQuery(processId, deposit.id, deposit.version));
  return (
    <section aria-labelledby="duplicates-title" className="duplicates">
      <h3 id="duplicates-title" className="duplicates-title">
        Perhaps the same
      </h3>
      <Problem>{error?.message}</Problem>
      {isPending && <p className="muted">Comparing…</p>}
      {data?.length === 0 && <p className="muted">Nothing in the library or in triage is much like it.</p>}
      <ul>
        {data?.map((found) => (
          <li key={`${found.kind} ${found.id}`}>
            <p>
              {found.kind === 'recommendation' ? (
                <span className="chip">{found.reference}</span>
              ) : (
                <span className="chip">Also in triage</span>
              )}{' '}
              <strong dir="auto">{found.title}</strong>
            </p>
            <p className="duplicate-text" dir="auto">
              {found.text}
            </p>
            <p className="row">
              <span className="muted">{likenessIn(found.likeness)}</span>
              {merges && (
                <button
                  type="button"
                  className="button"
                  aria-label={`Merge with it: ${found.reference || found.title}`}
                  onClick={() => onMerge(found)}
                >
                  Merge with it
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decided({ processId, deposit }: Pick<Props, 'processId' | 'deposit'>) {
  const { state, decidedBy, decidedAt, recommendations, mergedInto, reason } = deposit;
  if (state === 'new') return null;
  return (
    <div className="callout callout-calm">
      <p>
        <strong>{DEPOSIT_STATE_LABELS[state]}</strong>
        {decidedBy && ` by ${decidedBy.name}`}
        {decidedAt && (
          <>
            {', '}
            <When at={decidedAt} />
          </>
        )}
        .
      </p>
      {recommendations.map(({ id, reference, title, mergedInto: into, removed }) => (
        <p key={id}>
          <Link
            className="chip"
            to="/processes/$processId/recommendations/$recommendationId"
            params={{ processId, recommendationId: id }}
          >
            {reference}
          </Link>{' '}
          <span dir="auto">{title}</span>
          {into !== null && <span className="muted"> (merged into {into} since)</span>}
          {removed && <span className="muted"> (taken out of the library since)</span>}
        </p>
      ))}
      {mergedInto && <p>With the deposit “{mergedInto.title}”.</p>}
      {reason && (
        <p className="proposal-text" dir="auto">
          {reason}
        </p>
      )}
    </div>
  );
}

/** One deposit: what it says now and as it was sent, what may be the same, what can be done. */
export function DepositDetail(props: Props) {
  const { processId, deposit, other, onTakeOver, decides, pending, problem, act, onMerge } = props;
  const { state, language, receivedAt, contact, edited, original, merged } = deposit;
  const open = state === 'new' && decides;
  const can = open && other === null && !pending;
  return (
    <article className="deposit" aria-labelledby="deposit-title">
      <header>
        <h3 id="deposit-title" dir="auto" lang={language}>
          {deposit.title}
        </h3>
        <p className="muted">
          Received <When at={receivedAt} /> in {languageName(language)}
        </p>
      </header>
      {other !== null && open && (
        <div className="callout claim">
          <span>{other.name} is on it.</span>
          <button type="button" className="button" onClick={onTakeOver}>
            Take over
          </button>
        </div>
      )}
      <Decided processId={processId} deposit={deposit} />
      {open && (
        <div className="deposit-actions" role="toolbar" aria-label="Decide">
          {ACTIONS.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              className={key === 'a' ? 'button button-primary' : 'button'}
              aria-keyshortcuts={key}
              disabled={!can}
              onClick={() => act(key)}
            >
              {label} <KeySign sign={key} />
            </button>
          ))}
        </div>
      )}
      {state !== 'new' && decides && (
        <div className="deposit-actions">
          <button
            type="button"
            className="button"
            aria-keyshortcuts="b"
            disabled={pending}
            onClick={() => act('b')}
          >
            Back to triage <KeySign sign="b" />
          </button>
        </div>
      )}
      <Problem>{problem}</Problem>
      <div className={edited ? 'proposals proposals-two' : 'proposals'}>
        <ProposalView
          proposal={deposit}
          language={language}
          newRegion={deposit.newRegion}
          {...(edited ? { heading: 'Now' } : {})}
        />
        {edited && <ProposalView proposal={original} language={language} heading="As it was sent" />}
      </div>
      <dl className="proposal-contact">
        <div>
          <dt>Contact</dt>
          <dd>
            <bdi>{contact || 'None given'}</bdi>
          </dd>
        </div>
        {merged.length > 0 && (
          <div>
            <dt>Merged with it</dt>
            <dd>{merged.map(({ title }) => title).join('; ')}</dd>
          </div>
        )}
      </dl>
      {state === 'new' && (
        <Duplicates processId={processId} deposit={deposit} merges={can} onMerge={onMerge} />
      )}
    </article>
  );
}
