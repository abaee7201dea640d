import { useMutation } from '@tanstack/react-query';
import { type Term, termLabel } from '@zerodraft/contract';
import { type FormEvent, useRef, useState } from 'react';
import { Problem, TextField } from '../ui/field.tsx';
import type { MenuItem } from '../ui/menu.tsx';
import { notify } from '../ui/notices.tsx';
import { addTerm, changeTerm, type Place, refreshTerms } from './taxonomies-api.ts';
import { DeleteTerm, MergeTerm } from './term-dialogs.tsx';
import { TermRow } from './term-row.tsx';
import { useOrder } from './use-order.ts';
import { inUse, isFree, survivorOf, WORDS } from './words.ts';

/** Adds a term at the end. */
function AddTerm({ place }: { place: Place }) {
  const field = useRef<HTMLFormElement>(null);
  /** Sent again after a lost answer, it makes one term. */
  const id = useRef(crypto.randomUUID());
  const [wrong, setWrong] = useState<string>();
  const adding = useMutation({
    mutationFn: (label: string) => addTerm(place, { id: id.current, label }),
    onSuccess: async ({ label }) => {
      id.current = crypto.randomUUID();
      field.current?.reset();
      notify(`“${label}” was added.`);
      await refreshTerms();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const parsed = termLabel.safeParse(new FormData(event.currentTarget).get('label'));
    setWrong(parsed.error?.issues[0]?.message);
    adding.reset();
    if (!parsed.success || adding.isPending) return;
    adding.mutate(parsed.data);
  };
  return (
    <form ref={field} className="term-add" onSubmit={onSubmit} noValidate>
      <TextField
        label={`New ${WORDS[place.taxonomy].one}`}
        name="label"
        dir="auto"
        autoComplete="off"
        maxLength={200}
        error={wrong ?? adding.error?.message}
      />
      <button type="submit" className="button button-primary" disabled={adding.isPending}>
        Add
      </button>
    </form>
  );
}

interface Props {
  place: Place;
  /** All of a taxonomy, in its order, retired and merged ones among them. */
  terms: readonly Term[];
  manages: boolean;
}

/** One taxonomy: what is offered in its order, what is retired, and a field for another. */
export function TermLists({ place, terms, manages }: Props) {
  const words = WORDS[place.taxonomy];
  const offered = terms.filter(inUse);
  const retired = terms.filter(({ retiredAt, mergedInto }) => retiredAt !== null && mergedInto === null);
  const order = useOrder(place, offered);
  const [asking, setAsking] = useState<{ term: Term; deed: 'merge' | 'delete' } | null>(null);
  const retiring = useMutation({
    mutationFn: ({ term, retired: on }: { term: Term; retired: boolean }) =>
      changeTerm(place, term.id, { retired: on }),
    onSuccess: async (_after, { term, retired: on }) => {
      notify(on ? `“${term.label}” was retired.` : `“${term.label}” is offered again.`);
      await refreshTerms();
      // Its row stands elsewhere now, and the keyboard goes with it.
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const buttons = document.querySelectorAll<HTMLElement>(`[data-term="${CSS.escape(term.id)}"] button`);
        buttons.item(buttons.length - 1)?.focus();
      });
    },
  });
  const formerly = ({ id }: Term): Term[] =>
    terms.filter((term) => term.mergedInto !== null && survivorOf(terms, term).id === id);
  const others = (term: Term): (MenuItem | null)[] => [
    offered.some(({ id }) => id !== term.id)
      ? { label: 'Merge into another', onSelect: () => setAsking({ term, deed: 'merge' }) }
      : null,
    isFree(term) && formerly(term).length === 0
      ? { label: 'Delete', danger: true, onSelect: () => setAsking({ term, deed: 'delete' }) }
      : null,
  ];
  return (
    <>
      <p className="page-lead">{words.lead}</p>
      <Problem>{order.problem ?? retiring.error?.message}</Problem>
      <p role="status" className="visually-hidden">
        {order.told}
      </p>
      <p id="term-handle-hint" className="visually-hidden">
        Press the arrow keys up and down to move it.
      </p>
      {offered.length === 0 && <p className="empty">{words.empty}</p>}
      <ol className="terms" ref={order.list} aria-label={words.title}>
        {order.shown.map((term, index) => (
          <TermRow
            key={term.id}
            place={place}
            term={term}
            formerly={formerly(term)}
            order={{
              dragged: order.dragged === term.id,
              move: (by) => order.move(term.id, by),
              drag: (event) => order.drag(event, term.id),
            }}
            items={
              manages
                ? [
                    index > 0 ? { label: 'Move up', onSelect: () => order.move(term.id, -1) } : null,
                    index < offered.length - 1
                      ? { label: 'Move down', onSelect: () => order.move(term.id, 1) }
                      : null,
                    { label: 'Retire', onSelect: () => retiring.mutate({ term, retired: true }) },
                    ...others(term),
                  ]
                : null
            }
          />
        ))}
      </ol>
      {manages && <AddTerm key={place.taxonomy} place={place} />}
      {retired.length > 0 && (
        <section className="terms-retired" aria-labelledby="retired-title">
          <h4 id="retired-title">Retired</h4>
          <p className="muted">They stay on what has them, and are offered nowhere new.</p>
          <ul className="terms">
            {retired.map((term) => (
              <TermRow
                key={term.id}
                place={place}
                term={term}
                formerly={formerly(term)}
                items={manages ? others(term) : null}
              >
                {manages && (
                  <button
                    type="button"
                    className="button"
                    onClick={() => retiring.mutate({ term, retired: false })}
                  >
                    Bring back<span className="visually-hidden"> “{term.label}”</span>
                  </button>
                )}
              </TermRow>
            ))}
          </ul>
        </section>
      )}
      {asking?.deed === 'merge' && (
        <MergeTerm place={place} term={asking.term} terms={terms} onClose={() => setAsking(null)} />
      )}
      {asking?.deed === 'delete' && (
        <DeleteTerm place={place} term={asking.term} onClose={() => setAsking(null)} />
      )}
    </>
  );
}
