import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RecommendationPage } from '@zerodraft/contract';
import { useState } from 'react';
import { Confirm } from '../ui/dialog.tsx';
import { When } from '../ui/moments.tsx';
import { seenOf } from './history.tsx';
import { historyQuery, refreshRecommendations, unmerge } from './recommendation-api.ts';
import { UndoDialog } from './undo-dialog.tsx';

interface Props {
  processId: string;
  page: RecommendationPage;
  edits: boolean;
}

/** Says what a merged or deleted recommendation became, and takes it back; nothing of one that stands. */
export function Standing({ processId, page, edits }: Props) {
  const { data: events } = useQuery(historyQuery(processId, page.id, seenOf(page)));
  const [undoing, setUndoing] = useState(false);
  const { id, mergedInto, deletedAt, reference } = page;
  if (mergedInto === null && deletedAt === null) return null;
  const last = events?.find(({ recommendationId }) => recommendationId === id);
  return (
    <div className="callout standing" role="note">
      <p>
        {mergedInto ? (
          <>
            {reference} was merged into{' '}
            <Link
              to="/processes/$processId/recommendations/$recommendationId"
              params={{ processId, recommendationId: mergedInto.id }}
            >
              {mergedInto.reference}
            </Link>
          </>
        ) : (
          `${reference} was deleted`
        )}
        {last?.by && ` by ${last.by.name}`}
        {last && (
          <>
            {', '}
            <When at={last.at} />
          </>
        )}
        .{' '}
        {mergedInto
          ? 'Its links count there; what it said stays here to be read.'
          : 'It stands in no list any more; its reference stays its own.'}
      </p>
      {edits && last && (
        <button type="button" className="button" onClick={() => setUndoing(true)}>
          {mergedInto ? `Part it from ${mergedInto.reference}` : 'Bring it back'}
        </button>
      )}
      {undoing && mergedInto && (
        <Confirm
          title={`Part ${reference} from ${mergedInto.reference}?`}
          action="Part them"
          perform={async () => {
            await unmerge(processId, page);
            await refreshRecommendations(processId);
          }}
          onClose={() => setUndoing(false)}
        >
          Each then stands for itself again, with the links and comments that were made to it.
        </Confirm>
      )}
      {undoing && !mergedInto && last && (
        <UndoDialog
          processId={processId}
          batch={last.batch}
          rows={last.rows}
          onClose={() => setUndoing(false)}
        />
      )}
    </div>
  );
}
