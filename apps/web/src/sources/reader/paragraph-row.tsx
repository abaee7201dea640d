import type { Citation, SourceParagraph } from '@zerodraft/contract';
import { memo, type ReactNode } from 'react';
import { partIn, type Span } from './passages.ts';
import { type Mark, segmentsOf, wordsIn } from './segments.ts';

interface Props {
  n: number;
  /** Undefined until it is fetched. */
  paragraph: SourceParagraph | undefined;
  /** The page that begins with it. */
  page: number | null;
  language: string | null;
  /** Of the source's page. */
  address: string;
  /** Recommendations whose passage has a part in it. */
  citations: readonly Citation[];
  /** The recommendation that is shown. */
  shown: Citation | null;
  /** Words that were searched and stand in it. */
  words: readonly string[];
  /** Whether it is where the search is. */
  now: boolean;
  /** Whether its address was opened. */
  addressed: boolean;
  tabbable: boolean;
  /** Whether the keyboard goes on from here when a dialog closes whose opener is gone. */
  next: boolean;
  onAddress: (n: number, href: string) => void;
  onShow: (recommendationId: string | null) => void;
  actions: ((citation: Citation) => ReactNode) | undefined;
}

function part(span: Span | null, n: number, length: number, kind: Mark['kind']): Mark[] {
  const found = span && partIn(span, n, length);
  return found ? [{ ...found, kind }] : [];
}

function Text({ paragraph, citations, shown, words, now, language, onShow }: Props) {
  if (!paragraph) return <p className="para-text muted">Fetching…</p>;
  const { n, kind, text } = paragraph;
  const marks = [
    ...citations.flatMap(({ passage }) => part(passage, n, text.length, 'cited')),
    ...part(shown?.passage ?? null, n, text.length, 'target'),
    ...wordsIn(text, words),
  ];
  const show = (at: number): void => {
    // The end of a drag over it is no click.
    if (document.getSelection()?.isCollapsed === false) return;
    const over = citations.filter(({ passage }) => {
      const own = passage && partIn(passage, n, text.length);
      return own && own.from <= at && own.to > at;
    });
    const next = over[(over.findIndex(({ id }) => id === shown?.id) + 1) % Math.max(over.length, 1)];
    if (next) onShow(next.id);
  };
  const Tag = kind === 'heading' ? 'h3' : 'p';
  return (
    <Tag className={`para-text para-${kind}`} data-text={n} dir="auto" lang={language ?? undefined}>
      {segmentsOf(text, marks).map(({ from, text: piece, kinds }) => {
        if (kinds.length === 0) return piece;
        const names = kinds.map((mark) => `mark-${mark}`).join(' ');
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the buttons below the text
          <mark
            key={from}
            className={now && kinds.includes('hit') ? `${names} mark-now` : names}
            onClick={kinds.includes('cited') ? () => show(from) : undefined}
          >
            {piece}
          </mark>
        );
      })}
    </Tag>
  );
}

/** A paragraph with its number, and the recommendations that were taken from it. */
export const ParagraphRow = memo(function ParagraphRow(props: Props) {
  const { n, page, citations, shown, now, addressed, tabbable, next, onAddress, onShow, actions } = props;
  const begun = citations.filter(({ passage }) => passage?.from.n === n);
  const here = begun.find(({ id }) => id === shown?.id);
  return (
    <div className="para" data-now={now || undefined} data-addressed={addressed || undefined}>
      {page !== null && <p className="para-page">Page {page}</p>}
      <a
        href={`${props.address}?p=${n}`}
        className="para-number"
        tabIndex={tabbable ? 0 : -1}
        aria-label={`Paragraph ${n}: copy its address`}
        aria-current={addressed ? 'location' : undefined}
        data-focus-next={next || undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onAddress(n, event.currentTarget.href);
        }}
      >
        {n}
      </a>
      <div className="para-body">
        <Text {...props} />
        {begun.length > 0 && (
          <div className="para-citations">
            {begun.map(({ id, reference, title }) => (
              <button
                key={id}
                type="button"
                className="cite-chip"
                aria-expanded={id === shown?.id}
                title={title}
                onClick={() => onShow(id === shown?.id ? null : id)}
              >
                {reference}
              </button>
            ))}
            {here && (
              <div className="para-citation">
                <p dir="auto">{here.title}</p>
                {actions?.(here)}
              </div>
            )}
          </div>
        )}
      </div>
    </div>
  );
});
