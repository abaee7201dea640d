import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type Citation, MAX_PARAGRAPHS_AT_ONCE, type ProcessSummary, type Source } from '@zerodraft/contract';
import { LIMITS, passageText } from '@zerodraft/trace';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { copyAddress } from '../../ui/copy-address.ts';
import { Problem } from '../../ui/field.tsx';
import { notify } from '../../ui/notices.tsx';
import { FindBar } from './find-bar.tsx';
import { ParagraphRow } from './paragraph-row.tsx';
import { PassageBar } from './passage-bar.tsx';
import { type LinkTo, RecommendDialog } from './recommend-dialog.tsx';
import { useFind } from './use-find.ts';
import { useKeys } from './use-keys.ts';
import { usePassage } from './use-passage.ts';
import { useReveal } from './use-reveal.ts';
import { useText } from './use-text.ts';

/** What of a document is shown: a paragraph by its address, or the passage of a recommendation. */
export interface Place {
  n: number | null;
  recommendationId: string | null;
}

interface Props {
  process: ProcessSummary;
  /** One whose document is read. */
  source: Source;
  citations: readonly Citation[];
  place: Place;
  onPlace: (place: Place) => void;
  mayMake: boolean;
  /** Words that are looked for from the beginning. */
  find?: string | undefined;
  /** The clause that a new recommendation may be linked to. */
  linkTo?: LinkTo | null;
  /** What can be done with the recommendation that is shown. */
  actions?: (citation: Citation) => ReactNode;
}

const NO_CITATIONS: readonly Citation[] = [];

/** The recommendations by the paragraphs that their passages stand in. */
function byParagraph(citations: readonly Citation[]): ReadonlyMap<number, readonly Citation[]> {
  const map = new Map<number, Citation[]>();
  for (const citation of citations) {
    if (!citation.passage) continue;
    for (let { n } = citation.passage.from; n <= citation.passage.to.n; n++)
      map.set(n, [...(map.get(n) ?? []), citation]);
  }
  return map;
}

/** A document as numbered paragraphs, of which those in sight are drawn. */
export function DocumentReader(props: Props) {
  const { process, source, citations, place, onPlace, mayMake, linkTo = null, actions } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const texts = useRef(new Map<number, string>());
  const textOf = useCallback((n: number) => texts.current.get(n), []);
  const { passage, choose } = usePassage(list, textOf, mayMake);
  const [focused, setFocused] = useState<number | null>(null);
  const [making, setMaking] = useState(false);
  /** The paragraph where the last recommendation was made. */
  const [madeAt, setMadeAt] = useState<number | null>(null);
  const cited = useMemo(() => byParagraph(citations), [citations]);
  const shown = citations.find(({ id }) => id === place.recommendationId) ?? null;

  // The ends of what is chosen, and what has the focus, stay in the page when they are out of sight.
  const [first, last] = [passage?.from.n, passage?.to.n];
  const rangeExtractor = useCallback(
    (range: Range) => {
      const kept = [first, last, focused].flatMap((n) => (n && n <= range.count ? [n - 1] : []));
      return [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b);
    },
    [first, last, focused],
  );
  const rows = useVirtualizer<HTMLDivElement, Element>({
    count: source.paragraphs,
    getScrollElement: () => scroller.current,
    estimateSize: () => 96,
    overscan: 6,
    rangeExtractor,
  });
  const reveal = useReveal(scroller, rows);
  // What one came for stands at the paragraph in the address; from then on it is where one reads.
  const begun = useRef(false);
  const find = useFind(process.id, source, reveal, props.find ?? '', () => {
    const from = begun.current ? null : place.n;
    begun.current = true;
    return from ?? (rows.range?.startIndex ?? 0) + 1;
  });
  const items = rows.getVirtualItems();
  const inSight = rows.range ?? { startIndex: 0, endIndex: 0 };
  // With the one before, which tells whether a page begins.
  const wanted: [number, number][] = [[inSight.startIndex, inSight.endIndex + 7]];
  for (const { index } of items) wanted.push([index + 1, index + 1]);
  const long = passage !== null && passage.to.n - passage.from.n >= MAX_PARAGRAPHS_AT_ONCE;
  if (passage && !long) wanted.push([passage.from.n, passage.to.n]);
  const text = useText(process.id, source, wanted);
  useEffect(() => {
    texts.current = new Map([...text.paragraphs].map(([n, paragraph]) => [n, paragraph.text]));
  }, [text.paragraphs]);
  const quote = useMemo(
    () => (passage && !long ? passageText([...text.paragraphs.values()], passage) : null),
    [passage, long, text.paragraphs],
  );

  const goal = place.recommendationId === null ? place.n : shown?.passage?.from.n;
  // Opened anew also where it is the same paragraph, for another passage in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what is gone to
  useEffect(() => {
    if (goal) reveal(Math.min(goal, source.paragraphs));
  }, [goal, place.recommendationId, reveal, source.paragraphs]);

  const make = useCallback((): void => {
    if (quote !== null && quote.length <= LIMITS.text) setMaking(true);
    else notify(`A recommendation holds at most ${LIMITS.text.toLocaleString('en')} characters.`);
  }, [quote]);
  const focusOn = useCallback(
    (n: number): void => {
      setFocused(n);
      rows.scrollToIndex(n - 1);
    },
    [rows],
  );
  useEffect(() => {
    if (focused === null) return;
    const number = list.current?.querySelector<HTMLElement>(`[data-row="${focused}"] .para-number`);
    if (number && document.activeElement !== number) number.focus({ preventScroll: true });
  }, [focused]);
  const onKeyDown = useKeys({
    focused,
    total: source.paragraphs,
    textOf,
    passage,
    choose,
    onFocus: focusOn,
    onMake: make,
    mayChoose: mayMake,
  });
  const onAddress = useCallback(
    (n: number, href: string): void => {
      onPlace({ n, recommendationId: null });
      void copyAddress(href, `of paragraph ${n}`);
    },
    [onPlace],
  );
  const onShow = useCallback(
    (recommendationId: string | null): void => onPlace({ n: null, recommendationId }),
    [onPlace],
  );

  const tabbable = focused ?? inSight.startIndex + 1;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys go from the numbers of the paragraphs, which are links
    <div className="reader" onKeyDown={onKeyDown}>
      <FindBar find={find} />
      <Problem>{text.error?.message}</Problem>
      <div className="reader-scroll" ref={scroller} data-testid="reader">
        <ol
          ref={list}
          aria-label={`Text of ${source.title}`}
          style={{ height: rows.getTotalSize() }}
          onFocus={({ target }) => {
            if (!target.classList.contains('para-number')) return;
            setFocused(Number(target.closest('[data-row]')?.getAttribute('data-row')));
          }}
          onBlur={({ relatedTarget }) => {
            if (!(relatedTarget instanceof Element && relatedTarget.classList.contains('para-number')))
              setFocused(null);
          }}
        >
          {items.map((row) => {
            const n = row.index + 1;
            const paragraph = text.paragraphs.get(n);
            const page = paragraph?.page ?? null;
            const before = text.paragraphs.get(n - 1);
            return (
              <li
                key={row.key}
                // Measured with its text: what was measured once, the list takes for what it is.
                ref={paragraph ? rows.measureElement : undefined}
                data-index={row.index}
                data-row={n}
                aria-setsize={source.paragraphs}
                aria-posinset={n}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <ParagraphRow
                  n={n}
                  paragraph={paragraph}
                  page={page !== null && (n === 1 || (before && before.page !== page)) ? page : null}
                  language={source.language}
                  address={`/processes/${encodeURIComponent(process.id)}/sources/${encodeURIComponent(source.id)}`}
                  citations={cited.get(n) ?? NO_CITATIONS}
                  shown={
                    shown?.passage && n >= shown.passage.from.n && n <= shown.passage.to.n ? shown : null
                  }
                  words={find.wordsIn(n)}
                  now={find.now === n}
                  addressed={place.n === n}
                  tabbable={tabbable === n}
                  next={madeAt === n}
                  onAddress={onAddress}
                  onShow={onShow}
                  actions={actions}
                />
              </li>
            );
          })}
        </ol>
      </div>
      {mayMake && (
        <PassageBar
          passage={passage}
          length={long ? Number.POSITIVE_INFINITY : (quote?.length ?? null)}
          onMake={make}
          onLetGo={() => choose(null)}
        />
      )}
      {making && passage && quote !== null && (
        <RecommendDialog
          process={process}
          sourceId={source.id}
          passage={{ ...passage, quote }}
          linkTo={linkTo}
          onMade={({ id }) => {
            setMaking(false);
            setMadeAt(passage.from.n);
            choose(null);
            onShow(id);
          }}
          onClose={() => {
            setMaking(false);
            // The browser's own selection went into the form.
            choose(passage);
          }}
        />
      )}
    </div>
  );
}
