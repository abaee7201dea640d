import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { mayEver, type NameOf, type RecommendationPage } from '@zerodraft/contract';
import { Lock } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { queryClient } from '../api-client.ts';
import { Composer } from '../comments/composer.tsx';
import { GivenNames } from '../comments/names.tsx';
import { type Choice, choicesForAt } from '../comments/writing/references.ts';
import { findQuery } from '../library/find-recommendations.ts';
import { membersQuery } from '../members/members-api.ts';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Problem } from '../ui/field.tsx';
import { addComment, discussionQuery, markDiscussionRead } from './discussion-api.ts';
import { DiscussionItem, useTypedIn } from './discussion-comment.tsx';

/** What the team says about a recommendation, and where it says more. */
export function Discussion({ page }: { page: RecommendationPage }) {
  const view = useProcess();
  const { process } = view;
  const { id, mergedInto } = page;
  const { data, error, isPending } = useQuery(discussionQuery(process.id, id));
  const { data: members } = useQuery(membersQuery(process.id));
  const typed = useTypedIn(`discussion/${id}`);
  const count = data?.comments.filter(({ deleted }) => deleted === null).length ?? 0;

  const nameOf = useMemo((): NameOf => {
    const names = new Map(data?.names.map(({ kind, id: own, name }) => [`${kind} ${own}`, name]));
    return ({ kind, id: own }) => (kind === 'organisation' ? own : (names.get(`${kind} ${own}`) ?? null));
  }, [data?.names]);
  const choices = useCallback(
    async (sign: '@' | '#', query: string): Promise<Choice[]> => {
      if (sign !== '@') return [];
      // Whoever is not of the team would not be told, and does not see this.
      const team = (members ?? []).filter(({ role }) => mayEver(role, 'discussion.read'));
      const words = query.trim();
      const found =
        words === '' ? null : await queryClient.fetchQuery(findQuery(process.id, words)).catch(() => null);
      return choicesForAt(query, team, found?.items ?? []);
    },
    [members, process.id],
  );

  const newest = data?.comments.at(-1)?.id;
  useEffect(() => {
    if (newest) void markDiscussionRead(process.id, id).catch(() => undefined);
  }, [process.id, id, newest]);

  const heading = useRef<HTMLHeadingElement>(null);
  const loaded = data !== undefined;
  useEffect(() => {
    // From the inbox one comes for what is said.
    if (loaded && window.location.hash === '#discussion') {
      heading.current?.scrollIntoView({ block: 'start' });
      heading.current?.focus({ preventScroll: true });
    }
  }, [loaded]);

  return (
    <section className="discussion" id="discussion" aria-labelledby="discussion-title">
      <h3 id="discussion-title" className="section-title" tabIndex={-1} ref={heading}>
        Discussion
        {count > 0 && (
          <span className="count" data-testid="comment-count">
            {count}
            <span className="visually-hidden">{count === 1 ? ' comment' : ' comments'}</span>
          </span>
        )}
      </h3>
      <p className="muted discussion-who">
        <Lock size={13} aria-hidden="true" /> Only facilitators and drafters of this process see it.
      </p>
      <Problem>{error?.message}</Problem>
      {isPending && <p className="muted">Loading…</p>}
      <GivenNames nameOf={nameOf} choices={choices}>
        {data?.comments.map((comment) => (
          <DiscussionItem key={comment.id} comment={comment} elsewhere={comment.recommendation.id !== id} />
        ))}
        <p className="visually-hidden" role="status">
          {data && `${count} ${count === 1 ? 'comment' : 'comments'}`}
        </p>
        {mergedInto ? (
          <p>
            The discussion goes on at{' '}
            <Link
              to="/processes/$processId/recommendations/$recommendationId"
              params={{ processId: process.id, recommendationId: mergedInto.id }}
            >
              {mergedInto.reference}
            </Link>
            .
          </p>
        ) : (
          (mayIn(view, 'discussion.write') || typed.body !== '') && (
            <Composer
              {...typed}
              label="Comment for the team"
              action="Comment"
              send={(body, commentId) => addComment(process.id, id, { id: commentId, body })}
            />
          )
        )}
      </GivenNames>
    </section>
  );
}
