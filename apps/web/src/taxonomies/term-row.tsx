import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type Term, termLabel } from '@zerodraft/contract';
import { GripVertical, Pencil } from 'lucide-react';
import { type FormEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Problem } from '../ui/field.tsx';
import { ItemMenu, type MenuItem } from '../ui/menu.tsx';
import { notify } from '../ui/notices.tsx';
import { changeTerm, type Place, refreshTerms } from './taxonomies-api.ts';
import { othersOf, recommendationsOf } from './words.ts';

/** The field in the place of a term's name. */
function Rename({ place, term, onClose }: { place: Place; term: Term; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string>();
  const saving = useMutation({
    mutationFn: (label: string) => changeTerm(place, term.id, { label }),
    onSuccess: async ({ label }) => {
      notify(`“${term.label}” is “${label}” now, wherever it stands.`);
      await refreshTerms();
      onClose();
    },
  });
  useEffect(() => field.current?.select(), []);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const parsed = termLabel.safeParse(field.current?.value);
    setWrong(parsed.error?.issues[0]?.message);
    if (!parsed.success || saving.isPending) return;
    if (parsed.data === term.label) onClose();
    else saving.mutate(parsed.data);
  };
  return (
    <form className="term-rename" onSubmit={onSubmit}>
      <input
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of what opened it
        autoFocus
        aria-label={`New name of “${term.label}”`}
        aria-invalid={wrong || saving.error ? true : undefined}
        dir="auto"
        maxLength={200}
        defaultValue={term.label}
        onKeyDown={({ key }) => {
          if (key === 'Escape') onClose();
        }}
      />
      <button type="submit" className="button button-primary" disabled={saving.isPending}>
        Rename
      </button>
      <button type="button" className="button" onClick={onClose}>
        Cancel
      </button>
      <Problem>{wrong ?? saving.error?.message}</Problem>
    </form>
  );
}

/** How many recommendations have a term, and the way to them. */
function Uses({ place, term }: { place: Place; term: Term }) {
  const { history } = useRouter();
  const { processId, taxonomy } = place;
  const address = `/processes/${encodeURIComponent(processId)}/library?${taxonomy}=${encodeURIComponent(JSON.stringify([term.id]))}`;
  const others = othersOf(term);
  return (
    <p className="term-uses">
      {term.used > 0 ? (
        <a
          href={address}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            history.push(address);
          }}
        >
          {recommendationsOf(term)}
          <span className="visually-hidden"> with “{term.label}”</span>
        </a>
      ) : (
        <span className="muted">{others ? 'No recommendation' : 'Not used'}</span>
      )}
      {others && <span className="muted">{others}</span>}
    </p>
  );
}

interface Props {
  place: Place;
  term: Term;
  /** What was merged into it. */
  formerly: readonly Term[];
  /** Null for who may only read. */
  items: readonly (MenuItem | null)[] | null;
  /** How it is moved; without it, it has no place of its own. */
  order?: { dragged: boolean; move: (by: number) => void; drag: (event: PointerEvent<HTMLElement>) => void };
  children?: ReactNode;
}

/** One term: its name, what has it, what can be done with it. */
export function TermRow({ place, term, formerly, items, order, children }: Props) {
  const [renaming, setRenaming] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setRenaming(false);
    // Once the button stands there again.
    setTimeout(() => pencil.current?.focus());
  };
  return (
    <li className="term" data-term={term.id} data-dragged={order?.dragged || undefined}>
      {items && order && (
        <button
          type="button"
          className="icon-button term-handle"
          aria-label={`Move “${term.label}”`}
          aria-describedby="term-handle-hint"
          title="Drag, or press the arrow keys"
          onPointerDown={order.drag}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            order.move(event.key === 'ArrowUp' ? -1 : 1);
          }}
        >
          <GripVertical size={16} aria-hidden="true" />
        </button>
      )}
      <div className="term-what">
        {renaming ? (
          <Rename place={place} term={term} onClose={close} />
        ) : (
          <p className="term-name">
            <bdi>{term.label}</bdi>
            {items && (
              <button
                type="button"
                ref={pencil}
                className="icon-button"
                aria-label={`Rename “${term.label}”`}
                onClick={() => setRenaming(true)}
              >
                <Pencil size={14} aria-hidden="true" />
              </button>
            )}
          </p>
        )}
        {formerly.length > 0 && (
          <p className="muted">Merged into it: {formerly.map(({ label }) => label).join('; ')}</p>
        )}
      </div>
      <Uses place={place} term={term} />
      {children}
      {items && <ItemMenu label={`Menu of “${term.label}”`} items={items} />}
    </li>
  );
}
