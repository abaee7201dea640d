import { useState } from 'react';
import { ApiError } from '../api-client.ts';
import { Confirm } from '../ui/dialog.tsx';
import { notify } from '../ui/notices.tsx';
import { refreshRecommendations, undoBatch } from './recommendation-api.ts';

interface Props {
  processId: string;
  batch: string;
  /** How many recommendations the change touched. */
  rows: number;
  onDone?: () => void;
  onClose: () => void;
}

/** Takes back a change, with all that was changed in the same go; what others changed since stays, when one says so. */
export function UndoDialog({ processId, batch, rows, onDone, onClose }: Props) {
  const [skip, setSkip] = useState(false);
  const undo = async (): Promise<void> => {
    try {
      const { changed } = await undoBatch(processId, batch, skip);
      notify(changed === 1 ? 'Undone.' : `Undone in ${changed} recommendations.`);
    } catch (error) {
      // Of many, the others can still be undone.
      if (error instanceof ApiError && error.code === 'changed-since' && rows > 1) setSkip(true);
      throw error;
    } finally {
      await refreshRecommendations(processId);
    }
  };
  return (
    <Confirm
      title="Undo this change?"
      action={skip ? 'Undo the others' : 'Undo'}
      perform={undo}
      {...(onDone ? { onDone } : {})}
      onClose={onClose}
    >
      {rows > 1
        ? `It was made on ${rows} recommendations at once, and is undone on all of them.`
        : 'All it changed is put back as it was. The undo stands in the history, and can be undone.'}
    </Confirm>
  );
}
