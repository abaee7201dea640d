import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OpenSession } from '@zerodraft/contract';
import { Problem } from '../ui/field.tsx';
import { When } from '../ui/moments.tsx';
import { notify } from '../ui/notices.tsx';
import { endOtherSessions, endSession, openSessionsQuery } from './account-api.ts';

function SessionRow({ session }: { session: OpenSession }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => notify('That device was signed out.'),
    onSettled: () => queries.invalidateQueries({ queryKey: openSessionsQuery.queryKey }),
  });
  const device = session.device ?? 'Unknown device';
  return (
    <li className="item">
      <div>
        <strong>{device}</strong> {session.current && <span className="chip chip-good">this device</span>}
        <p className="muted">
          {session.ip && `${session.ip}, `}signed in <When at={session.createdAt} />, ends by itself{' '}
          <When at={session.expiresAt} />
        </p>
        <Problem>{end.error?.message}</Problem>
      </div>
      {!session.current && (
        <button
          type="button"
          className="button"
          aria-label={`Sign out ${device}${session.ip ? ` at ${session.ip}` : ''}`}
          disabled={end.isPending}
          onClick={() => end.mutate()}
        >
          Sign out
        </button>
      )}
    </li>
  );
}

export function SessionsSection() {
  const queries = useQueryClient();
  const sessions = useQuery(openSessionsQuery);
  const endOthers = useMutation({
    mutationFn: endOtherSessions,
    onSuccess: async () => {
      notify('All other devices were signed out.');
      await queries.invalidateQueries({ queryKey: openSessionsQuery.queryKey });
    },
  });
  return (
    <section aria-labelledby="sessions-title" className="section">
      <div className="section-head">
        <h2 id="sessions-title">Where you are signed in</h2>
        <p>Sign out what you do not know or no longer use; it ends at once, also in an open draft.</p>
      </div>
      <div className="form">
        <Problem>{sessions.error?.message ?? endOthers.error?.message}</Problem>
        <ul className="items" aria-label="Open sessions">
          {sessions.data?.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
        {(sessions.data?.length ?? 0) > 1 && (
          <div className="form-foot">
            <button
              type="button"
              className="button"
              disabled={endOthers.isPending}
              onClick={() => endOthers.mutate()}
            >
              Sign out everywhere else
            </button>
          </div>
        )}
      </div>
    </section>
  );
}
