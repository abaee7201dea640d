import { Link } from '@tanstack/react-router';
import { z } from 'zod';
import type { ApiError } from '../api-client.ts';
import { keptUnder } from '../session/kept-text.ts';
import { Page } from '../shell/page.tsx';
import { useAccount } from '../shell/signed-in.tsx';

const typed = z.union([z.string(), z.object({ body: z.string() }).transform(({ body }) => body)]);

/** What the person had typed into comments of a draft and not sent. */
function unsentComments(userId: string, draftId: string): string[] {
  return keptUnder(`${userId}/${draftId}/`)
    .map((text) => typed.safeParse(JSON.parse(text)).data ?? '')
    .filter((text) => text.trim() !== '');
}

/** In place of a draft that is not there for the person, or no longer. */
export function LostAccess({
  draftId,
  error,
  wasOpen,
}: {
  draftId: string;
  error: ApiError;
  /** Whether it was open to them a moment ago. */
  wasOpen: boolean;
}) {
  const { id } = useAccount();
  const unsent = unsentComments(id, draftId);
  const inBin = error.reason?.code === 'deleted';
  return (
    <Page title="Draft">
      <div className="missing" role={wasOpen ? 'alert' : undefined}>
        <h1>
          {inBin
            ? 'This draft is in the bin'
            : wasOpen
              ? 'Your access to this draft has ended'
              : 'There is no such draft'}
        </h1>
        <p>
          {inBin
            ? error.message
            : wasOpen
              ? 'A facilitator changed who may open it, or it is gone. What you had sent is kept; ask a facilitator if this is a mistake.'
              : 'It is not there, or not open to you.'}
        </p>
        {unsent.length > 0 && (
          <section aria-labelledby="unsent">
            <h2 id="unsent">What you had typed and not sent</h2>
            {unsent.map((text) => (
              <blockquote key={text}>{text}</blockquote>
            ))}
          </section>
        )}
        <Link to="/" className="button">
          All processes
        </Link>
      </div>
    </Page>
  );
}
