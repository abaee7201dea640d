import { Link } from '@tanstack/react-router';
import type { LibraryItem } from '@zerodraft/contract';
import { Link2, Merge } from 'lucide-react';
import type { MouseEvent } from 'react';
import { Marked } from '../ui/marked.tsx';
import { formatDate } from '../ui/moments.tsx';
import { DispositionMark } from './disposition-mark.tsx';
import { labelOf, type Terms } from './facet-values.ts';

/** Themes that a row has room for. */
const FEW_THEMES = 2;

interface Props {
  processId: string;
  item: LibraryItem;
  terms: Terms | undefined;
  /** Whether words were looked for: then it is shown where they stand. */
  found: boolean;
  /** Null for who cannot choose. */
  chosen: boolean | null;
  /** Whether Tab comes to it. */
  current: boolean;
  onCheck: (on: boolean, stretch: boolean) => void;
  onFocus: () => void;
  onOpen: () => void;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** One recommendation in the list: what it is, where it comes from, what became of it. */
export function LibraryRow({
  processId,
  item,
  terms,
  found,
  chosen,
  current,
  onCheck,
  onFocus,
  onOpen,
}: Props) {
  const { id, reference, title, source, session, date, excerpt, links, merged, language } = item;
  const themes = (item.terms.themes ?? []).map((theme) => labelOf(terms, 'themes', theme));
  const more = themes.length - FEW_THEMES;
  const lang = language || undefined;
  const onClick = ({ shiftKey, currentTarget }: MouseEvent<HTMLInputElement>): void =>
    onCheck(currentTarget.checked, shiftKey);
  return (
    <div className="library-row" data-chosen={chosen || undefined} data-found={found || undefined}>
      {chosen !== null && (
        // The whole corner is the target, as the list is often worked through with a thumb.
        <label className="row-check">
          <input
            type="checkbox"
            aria-label={`Choose ${reference}`}
            tabIndex={current ? 0 : -1}
            checked={chosen}
            onFocus={onFocus}
            onClick={onClick}
            // What was clicked is told above, with whether Shift was held.
            onChange={() => {}}
          />
        </label>
      )}
      <Link
        to="/processes/$processId/recommendations/$recommendationId"
        params={{ processId, recommendationId: id }}
        className="row-link"
        tabIndex={current ? 0 : -1}
        data-row-focus
        onFocus={onFocus}
        onClick={onOpen}
      >
        <span className="row-reference">{reference}</span>{' '}
        <span className="row-title" dir="auto" lang={lang}>
          <Marked text={title} />
        </span>
      </Link>
      <p className="row-about">
        <span dir="auto">{source}</span>
        {session && <span dir="auto"> · {session}</span>}
        {date && <span> · {formatDate(date)}</span>}
      </p>
      {found && (
        <p className="row-excerpt" dir="auto" lang={lang}>
          <Marked text={excerpt} />
        </p>
      )}
      {themes.length > 0 && (
        <ul className="row-themes" aria-label="Themes">
          {themes.slice(0, FEW_THEMES).map((label) => (
            <li key={label} dir="auto" title={label}>
              {label}
            </li>
          ))}
          {more > 0 && (
            <li title={themes.slice(FEW_THEMES).join(', ')}>
              +{more}
              <span className="visually-hidden"> more</span>
            </li>
          )}
        </ul>
      )}
      <p className="row-facts">
        {merged > 0 && (
          <span title={`${counted(merged, 'other')} merged into it`}>
            <Merge size={13} aria-hidden="true" /> {merged}
            <span className="visually-hidden"> merged into it</span>
          </span>
        )}
        {links > 0 && (
          <span title={counted(links, 'linked clause')}>
            <Link2 size={14} aria-hidden="true" /> {links}
            <span className="visually-hidden"> linked {links === 1 ? 'clause' : 'clauses'}</span>
          </span>
        )}
      </p>
      <DispositionMark value={item.effective} />
    </div>
  );
}

/** Where a row will stand. */
export function WaitingRow() {
  return (
    <div className="library-row library-row-waiting">
      <span className="visually-hidden" data-row-focus tabIndex={-1}>
        Fetching…
      </span>
      <span className="waiting-line" aria-hidden="true" />
      <span className="waiting-line waiting-line-short" aria-hidden="true" />
    </div>
  );
}
