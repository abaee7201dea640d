import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { DIGESTS, type Digest, mailPreference, type ProcessSummary } from '@zerodraft/contract';
import { useId } from 'react';
import { processesQuery } from '../api.ts';
import { useSession } from '../shell/signed-in.tsx';
import { Problem } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { mailPreferenceQuery, setMailPreference } from './account-api.ts';

const LABELS: Record<Digest, string> = {
  immediate: 'At once',
  daily: 'Once a day',
  off: 'Never',
};

function ProcessRow({ process }: { process: Pick<ProcessSummary, 'id' | 'name'> }) {
  const id = useId();
  const queries = useQueryClient();
  const query = mailPreferenceQuery(process.id);
  const preference = useQuery(query);
  const change = useMutation({
    mutationFn: (digest: Digest) => setMailPreference(process.id, digest),
    onSuccess: (_done, digest) => {
      queries.setQueryData(query.queryKey, digest);
      notify(`Mail about ${process.name}: ${LABELS[digest].toLowerCase()}.`);
    },
  });
  const chosen = change.isPending ? change.variables : preference.data;
  return (
    <li className="item">
      <div>
        <label htmlFor={id}>{process.name}</label>
        <Problem>{preference.error?.message ?? change.error?.message}</Problem>
      </div>
      <select
        id={id}
        className="mail-choice"
        value={chosen ?? ''}
        disabled={chosen === undefined}
        onChange={({ currentTarget }) =>
          change.mutate(mailPreference.shape.digest.parse(currentTarget.value))
        }
      >
        {chosen === undefined && <option value="">…</option>}
        {DIGESTS.map((digest) => (
          <option key={digest} value={digest}>
            {LABELS[digest]}
          </option>
        ))}
      </select>
    </li>
  );
}

/** How often one is mailed what is unread in the inbox, for each process. */
export function MailSection() {
  const { mail } = useSession();
  const processes = useQuery(processesQuery);
  const kept = processes.data?.filter(({ process }) => process.state !== 'deleted') ?? [];
  return (
    <section aria-labelledby="mail" className="section">
      <div className="section-head">
        <h2 id="mail" tabIndex={-1}>
          Mail
        </h2>
        <p>How often you are mailed what waits unread in your inbox. What you have read is not mailed.</p>
      </div>
      <div className="form">
        {!mail && (
          <p className="callout">
            This server has no mail server set up: nothing is mailed until it has one. What you choose here is
            kept.
          </p>
        )}
        <Problem>{processes.error?.message}</Problem>
        {processes.data && kept.length === 0 && <p className="empty">You are in no process.</p>}
        <ul className="items" aria-label="Mail by process">
          {kept.map(({ process }) => (
            <ProcessRow key={process.id} process={process} />
          ))}
        </ul>
      </div>
    </section>
  );
}
