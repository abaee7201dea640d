import { useMutation, useQuery } from '@tanstack/react-query';
import type { RecommendationPage } from '@zerodraft/contract';
import { X } from 'lucide-react';
import { type FormEvent, useDeferredValue, useState } from 'react';
import { ApiError, queryClient } from '../api-client.ts';
import { findQuery } from '../library/find-recommendations.ts';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { mergeInto, pageQuery, refreshRecommendations, type Seen } from './recommendation-api.ts';

interface Props {
  processId: string;
  page: RecommendationPage;
  onDone: (batch: string, what: string, rows: number) => void;
  onClose: () => void;
}

type Chosen = Seen & Pick<RecommendationPage, 'reference' | 'title'>;

/** Looks for recommendations that say the same, and makes them part of this one. */
export function MergeDialog({ processId, page, onDone, onClose }: Props) {
  const [find, setFind] = useState('');
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const words = useDeferredValue(find.trim());
  const { data, error } = useQuery(findQuery(processId, words));
  const found = words === '' ? [] : (data?.items ?? []).filter(({ id }) => id !== page.id);
  // The version that was looked at when the dialog opened: what comes meanwhile is to be seen first.
  const [version, setVersion] = useState(page.version);

  /** Looks again at all that takes part; what is no longer there is chosen no longer. */
  async function lookAgain(): Promise<void> {
    const fresh = await Promise.all(
      [page, ...chosen].map(({ id }) =>
        queryClient.fetchQuery({ ...pageQuery(processId, id), staleTime: 0 }),
      ),
    );
    const [own, ...others] = fresh;
    if (own) setVersion(own.version);
    setChosen(others.filter(({ deletedAt, mergedInto }) => deletedAt === null && mergedInto === null));
    await refreshRecommendations(processId);
  }

  const merging = useMutation({
    mutationFn: async () => {
      try {
        return await mergeInto(processId, { id: page.id, version }, [...chosen]);
      } catch (problem) {
        if (problem instanceof ApiError && problem.status === 409) await lookAgain();
        throw problem;
      }
    },
    onSuccess: async ({ batch }) => {
      const names = new Intl.ListFormat('en').format(chosen.map(({ reference }) => reference));
      onDone(batch, `${names} ${chosen.length === 1 ? 'is' : 'are'} part of this now.`, chosen.length);
      onClose();
      await refreshRecommendations(processId);
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (chosen.length > 0 && !merging.isPending) merging.mutate();
  };
  const toggle = (item: Chosen, on: boolean): void =>
    setChosen(on ? [...chosen, item] : chosen.filter(({ id }) => id !== item.id));

  return (
    <Modal
      title={`Merge into ${page.reference}`}
      lead="What you choose becomes part of this one: its links and its discussion count here, and its address leads here. It can be undone."
      onClose={onClose}
    >
      <form onSubmit={onSubmit} className="form">
        <TextField
          label="Look for what says the same"
          type="search"
          hint="By reference, or words of the title and the text."
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
        <p className="visually-hidden" role="status">
          {words !== '' && data ? `${found.length} found` : ''}
        </p>
        {words !== '' && (
          <fieldset className="choice merge-choice">
            <legend>Found</legend>
            {found.map((item) => (
              <label key={item.id}>
                <input
                  type="checkbox"
                  checked={chosen.some(({ id }) => id === item.id)}
                  onChange={({ target }) => toggle(item, target.checked)}
                />
                <span>
                  <span className="chip">{item.reference}</span> <span dir="auto">{item.title}</span>
                </span>
              </label>
            ))}
            {data && found.length === 0 && <p className="muted">Nothing else has these words.</p>}
          </fieldset>
        )}
        {chosen.length > 0 && (
          <div>
            <p className="edit-label">To become part of it</p>
            <ul className="merge-chosen" aria-label="To become part of it">
              {chosen.map((item) => (
                <li key={item.id}>
                  <span>
                    <span className="chip">{item.reference}</span> <span dir="auto">{item.title}</span>
                  </span>
                  <button
                    type="button"
                    className="icon-button"
                    aria-label={`Leave ${item.reference} out`}
                    onClick={() => toggle(item, false)}
                  >
                    <X size={15} aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
        <Problem>{error?.message ?? merging.error?.message}</Problem>
        <DialogFoot action="Merge" pending={merging.isPending || chosen.length === 0} onClose={onClose} />
      </form>
    </Modal>
  );
}
