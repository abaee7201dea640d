import { useMutation } from '@tanstack/react-query';
import type { Term } from '@zerodraft/contract';
import { type FormEvent, useState } from 'react';
import { Confirm, DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, SelectField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { deleteTerm, mergeTerm, type Place, refreshTerms } from './taxonomies-api.ts';
import { allOf, inUse, isFree } from './words.ts';

interface Props {
  place: Place;
  term: Term;
  onClose: () => void;
}

/** Makes a term part of another, after saying what that does. */
export function MergeTerm({ place, term, terms, onClose }: Props & { terms: readonly Term[] }) {
  const others = terms.filter((other) => inUse(other) && other.id !== term.id);
  const [chosen, setChosen] = useState('');
  const into = others.find(({ id }) => id === chosen);
  const [missing, setMissing] = useState(false);
  const merging = useMutation({
    mutationFn: (target: Term) => mergeTerm(place, term.id, target.id),
    onSuccess: async (_after, target) => {
      await refreshTerms();
      notify(`“${term.label}” was merged into “${target.label}”.`);
      onClose();
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(!into);
    if (into && !merging.isPending) merging.mutate(into);
  };
  return (
    <Modal
      title={`Merge “${term.label}”`}
      lead="The two become one. Nothing that has either loses anything."
      onClose={onClose}
    >
      <form className="form" onSubmit={onSubmit} noValidate>
        <SelectField
          label="Into"
          value={chosen}
          error={missing && !into ? 'Choose the term that is kept.' : undefined}
          onChange={({ target }) => setChosen(target.value)}
        >
          <option value="">Choose a term</option>
          {others.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <div className="merge-says" aria-live="polite">
          {into && (
            <ul>
              <li>
                {isFree(term)
                  ? `Nothing has “${term.label}”: only its name goes over.`
                  : `${allOf(term)} with “${term.label}” will have “${into.label}” instead.`}
              </li>
              <li>
                Files, links and saved views that name “{term.label}” lead to “{into.label}”.
              </li>
              <li>The two cannot be told apart afterwards: this cannot be undone.</li>
            </ul>
          )}
        </div>
        <Problem>{merging.error?.message}</Problem>
        <DialogFoot action="Merge" pending={merging.isPending} onClose={onClose} />
      </form>
    </Modal>
  );
}

/** Deletes a term that nothing has. */
export function DeleteTerm({ place, term, onClose }: Props) {
  return (
    <Confirm
      title={`Delete “${term.label}”?`}
      action="Delete"
      danger
      perform={() => deleteTerm(place, term.id)}
      onDone={() => {
        notify(`“${term.label}” was deleted.`);
        void refreshTerms();
      }}
      onClose={onClose}
    >
      <p>Nothing has it. A term that something had once cannot be deleted, only retired or merged.</p>
    </Confirm>
  );
}
