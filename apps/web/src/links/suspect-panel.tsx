import { useQuery } from '@tanstack/react-query';
import type { Suspicion } from '@zerodraft/trace';
import { ArrowLeft } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { libraryQuery } from '../api.ts';
import { useClauseOrder, useMay, useWorkspace } from '../session/use-draft.tsx';
import { confirmNamed, type Named, namedOf, nameOf, removeNamed, versionShown } from './link-acts.ts';
import { lastStep, type Step } from './lost-links.ts';
import { SuspectItem } from './suspect-item.tsx';
import { traceQuery } from './trace-query.ts';
import { useRecommendations } from './use-recommendations.ts';
import { useScan, useSuspects } from './use-trace.tsx';

/** How many are drawn at first, and more at a time. */
const PAGE = 40;

const counted = (n: number): string => `${n} ${n === 1 ? 'link' : 'links'}`;

/** The suspect links of the draft, with what changed: looked at, and confirmed, adjusted or removed, by keys or by mouse. */
export function SuspectPanel({
  onBack,
  onReveal,
}: {
  onBack: () => void;
  onReveal: (clauseId: string) => void;
}) {
  const { session, process } = useWorkspace();
  const editable = useMay('draft.edit');
  const { numbers } = useClauseOrder();
  const { all } = useSuspects();
  const scan = useScan();
  const recommendations = useRecommendations();
  const { data: trace } = useQuery(traceQuery(session.draft.id));
  const { data: library } = useQuery(libraryQuery(process.id));
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [adjusted, setAdjusted] = useState<string | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [shown, setShown] = useState(PAGE);
  const [said, setSaid] = useState<{ words: string; step: Step | null }>({ words: '', step: null });
  const list = useRef<HTMLUListElement>(null);
  const back = useRef<HTMLButtonElement>(null);
  // What opened it is hidden now: the keyboard goes on in the list.
  useEffect(() => (list.current?.querySelector<HTMLElement>('[data-suspect]') ?? back.current)?.focus(), []);

  const names = all.map(({ link }) => nameOf(link));
  const chosen = all.filter((_each, at) => ticked.has(names[at] ?? ''));
  const focused = current !== null && names.includes(current) ? current : names[0];

  const itemOf = (name: string | undefined): HTMLElement | null =>
    name === undefined
      ? null
      : (list.current?.querySelector<HTMLElement>(`[data-suspect="${CSS.escape(name)}"]`) ?? null);
  const named = ({ link: { clauseId, recommendationId } }: Suspicion): Named =>
    namedOf(clauseId, recommendations.get(recommendationId) ?? { id: recommendationId, mergedIds: [] });
  /** Goes to the next that stays, once these are dealt with. */
  const leave = (done: readonly Suspicion[]): void => {
    const gone = new Set(done.map(({ link }) => nameOf(link)));
    const from = focused === undefined ? 0 : Math.max(0, names.indexOf(focused));
    const next =
      names.slice(from).find((name) => !gone.has(name)) ?? names.filter((name) => !gone.has(name)).at(-1);
    setTicked(new Set([...ticked].filter((name) => !gone.has(name))));
    setAdjusted(null);
    setCurrent(next ?? null);
    lookAgain(next);
  };
  /** Looks at the links as they are once the screens have read them, and goes on from there. */
  const lookAgain = (next: string | undefined): void => {
    requestAnimationFrame(() => {
      scan?.scan();
      requestAnimationFrame(() => (itemOf(next) ?? back.current)?.focus());
    });
  };

  const confirm = (wanted: readonly Suspicion[]): void => {
    // What is confirmed is what was read: who typed meanwhile is read first.
    const now = scan?.scan();
    const asRead = wanted.filter((each) => {
      const fresh = now?.byName.get(nameOf(each.link));
      return fresh?.clause?.is === each.clause?.is && fresh?.recommendation?.is === each.recommendation?.is;
    });
    const stale = wanted.length - asRead.length;
    if (asRead.length > 0) confirmNamed(session, asRead.map(named), versionShown(trace, library));
    setSaid({
      words: [
        asRead.length > 0 && `${counted(asRead.length)} confirmed.`,
        stale > 0 && `${counted(stale)} changed just now: look again.`,
      ]
        .filter(Boolean)
        .join(' '),
      step: asRead.length > 0 ? lastStep(session.undo) : null,
    });
    if (asRead.length > 0) leave(asRead);
  };
  const remove = (wanted: readonly Suspicion[]): void => {
    removeNamed(session, wanted.map(named));
    setSaid({ words: `${counted(wanted.length)} removed.`, step: lastStep(session.undo) });
    leave(wanted);
  };
  const tick = (name: string): void => {
    const next = new Set(ticked);
    if (!next.delete(name)) next.add(name);
    setTicked(next);
  };
  const adjust = (name: string): void => {
    setAdjusted(adjusted === name ? null : name);
    requestAnimationFrame(() => itemOf(name)?.querySelector('select')?.focus());
  };
  const onKey = (event: KeyboardEvent, suspicion: Suspicion, at: number): void => {
    // Keys of the item itself; in its fields and on its buttons they are what they are there.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = names[at] ?? '';
    const move = (to: number): void => itemOf(names[Math.max(0, Math.min(names.length - 1, to))])?.focus();
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(Math.min(shown, names.length) - 1),
      Enter: () => onReveal(suspicion.link.clauseId),
      ...(editable && {
        ' ': () => tick(name),
        c: () => confirm([suspicion]),
        a: () => adjust(name),
        Delete: () => remove([suspicion]),
      }),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  };

  // A link that is suspect no more takes its editor with it: the keyboard goes on with the next.
  const isGone = adjusted !== null && !names.includes(adjusted);
  useEffect(() => {
    if (!isGone) return;
    setAdjusted(null);
    setSaid({ words: 'The adjusted link is suspect no more.', step: null });
    if (document.activeElement === document.body)
      (list.current?.querySelector<HTMLElement>('[tabindex="0"]') ?? back.current)?.focus();
  }, [isGone]);

  const canUndo = said.step?.isLast() === true;
  return (
    <section
      className="suspect-panel"
      aria-label="Suspect links"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onBack();
      }}
    >
      <header className="panel-head">
        <button type="button" className="button" ref={back} onClick={onBack}>
          <ArrowLeft size={15} aria-hidden="true" /> Library
        </button>
        <div>
          <h2>Suspect links ({all.length})</h2>
        </div>
      </header>
      <div className="suspect-status" role="status">
        <span>{said.words}</span>
        {canUndo && (
          <button
            type="button"
            className="link-button"
            onClick={() => {
              said.step?.undo();
              setSaid({ words: 'Undone.', step: null });
              lookAgain(focused);
            }}
          >
            Undo
          </button>
        )}
      </div>
      {all.length === 0 ? (
        <p className="empty">
          No link is suspect: clauses and recommendations say what they said when their links were confirmed.
        </p>
      ) : (
        <>
          <p className="muted suspect-lead">
            The clause or the recommendation says something else than when the link was made or last
            confirmed.
          </p>
          {editable && (
            <div className="row suspect-bulk">
              <label>
                <input
                  type="checkbox"
                  checked={chosen.length === all.length}
                  ref={(box) => {
                    if (box) box.indeterminate = chosen.length > 0 && chosen.length < all.length;
                  }}
                  onChange={() => setTicked(new Set(chosen.length === all.length ? [] : names))}
                />{' '}
                All
              </label>
              <button
                type="button"
                className="button"
                disabled={chosen.length === 0}
                onClick={() => confirm(chosen)}
              >
                Confirm ticked ({chosen.length})
              </button>
              <button
                type="button"
                className="button"
                disabled={chosen.length === 0}
                onClick={() => remove(chosen)}
              >
                Remove ticked ({chosen.length})
              </button>
            </div>
          )}
          {/* The role stays where the list's marks are taken away by style. */}
          <ul className="suspect-list" ref={list} aria-label="Suspect links">
            {all.slice(0, shown).map((suspicion, at) => {
              const { link } = suspicion;
              const name = names[at] ?? '';
              const one = recommendations.get(link.recommendationId);
              return (
                <SuspectItem
                  key={name}
                  name={name}
                  suspicion={suspicion}
                  recommendation={
                    one ?? { id: link.recommendationId, reference: '…', title: '', mergedIds: [] }
                  }
                  citation={numbers.get(link.clauseId)?.citation ?? ''}
                  editable={editable}
                  ticked={ticked.has(name)}
                  current={name === focused}
                  adjusting={adjusted === name}
                  onTick={() => tick(name)}
                  onConfirm={() => confirm([suspicion])}
                  onAdjust={() => adjust(name)}
                  onRemove={() => remove([suspicion])}
                  onReveal={() => onReveal(link.clauseId)}
                  onKeyDown={(event) => onKey(event, suspicion, at)}
                  onFocus={() => setCurrent(name)}
                />
              );
            })}
            {all.length > shown && (
              <li>
                <button type="button" className="button" onClick={() => setShown(shown + PAGE)}>
                  Show {Math.min(PAGE, all.length - shown)} more of {all.length}
                </button>
              </li>
            )}
          </ul>
          {editable && (
            <p className="muted suspect-keys">
              <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Enter</kbd> shows the clause, <kbd>Space</kbd> ticks,{' '}
              <kbd>C</kbd> confirms, <kbd>A</kbd> adjusts, <kbd>Del</kbd> removes, <kbd>Esc</kbd> leaves
            </p>
          )}
        </>
      )}
    </section>
  );
}
