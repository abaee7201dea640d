import { useSyncExternalStore } from 'react';
import { useWorkspace } from '../session/use-draft.tsx';
import { CommentText } from './comment-text.tsx';
import type { Unsent } from './outbox.ts';

/** What this person wrote here and the server has not taken yet. */
export function useUnsent(): readonly Unsent[] {
  const { outbox } = useWorkspace().session;
  return useSyncExternalStore(outbox.subscribe, outbox.entries);
}

/** A comment on its way; when the server refused it, why, and what can be done. */
export function UnsentComment({ entry }: { entry: Unsent }) {
  const { outbox } = useWorkspace().session;
  return (
    <article data-testid="unsent">
      <CommentText body={entry.kind === 'thread' ? entry.thread.body : entry.comment.body} />
      {entry.refused === null ? (
        <p className="muted" role="status">
          Waiting to be sent
        </p>
      ) : (
        <>
          <p role="alert">Not sent: {entry.refused}</p>
          <div className="row">
            <button type="button" className="button" onClick={() => outbox.retry(entry.id)}>
              Send again
            </button>
            <button type="button" className="button" onClick={() => outbox.discard(entry.id)}>
              Discard
            </button>
          </div>
        </>
      )}
    </article>
  );
}

/** Threads begun here that the server has not taken yet. */
export function UnsentThreads() {
  return useUnsent()
    .filter(({ kind }) => kind === 'thread')
    .map((entry) => (
      <div key={entry.id} className="thread">
        <UnsentComment entry={entry} />
      </div>
    ));
}
