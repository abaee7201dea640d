import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { type CommentHistory, type Person, signature } from '@zerodraft/contract';
import { Modal } from '../ui/dialog.tsx';
import { When } from '../ui/moments.tsx';
import { CommentText } from './comment-text.tsx';

type Versions = CommentHistory['versions'];
export type VersionsQuery = UseQueryOptions<Versions, Error, Versions, string[]>;

/** What a comment said before it was changed or deleted, oldest first. */
export function EarlierVersions({
  author,
  query,
  onClose,
}: {
  author: Person;
  query: VersionsQuery;
  onClose: () => void;
}) {
  const versions = useQuery(query);
  return (
    <Modal title="Earlier versions" lead={`Comment of ${signature(author)}`} onClose={onClose}>
      {versions.isPending && <p>Loading…</p>}
      {versions.isError && <p role="alert">{versions.error.message}</p>}
      <ol className="versions">
        {versions.data?.map(({ body, until, by }) => (
          <li key={until}>
            <p className="muted">
              Until <When at={until} />, changed by {signature(by)}
            </p>
            <CommentText body={body} />
          </li>
        ))}
      </ol>
    </Modal>
  );
}
