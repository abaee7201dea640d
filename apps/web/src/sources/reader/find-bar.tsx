import { ChevronDown, ChevronUp } from 'lucide-react';
import type { Find } from './use-find.ts';

function status({ searching, total, count, at, query }: Find): string {
  if (query.trim() === '') return '';
  if (searching || total === null) return 'Searching…';
  if (total === 0) return 'Not found';
  const more = total > count ? ` (the first of ${total.toLocaleString('en')})` : '';
  return `${at + 1} of ${count}${more}`;
}

/** Search in the document; Enter goes to the next place, with Shift to the one before. */
export function FindBar({ find }: { find: Find }) {
  const none = find.count === 0;
  return (
    <search className="find-bar">
      <input
        type="search"
        aria-label="Search in the document"
        placeholder="Search in the document"
        dir="auto"
        maxLength={200}
        value={find.query}
        onChange={({ target }) => find.setQuery(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          find.go(event.shiftKey ? -1 : 1);
        }}
      />
      <span role="status" className="muted">
        {find.error ? find.error.message : status(find)}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label="Previous place"
        disabled={none}
        onClick={() => find.go(-1)}
      >
        <ChevronUp size={17} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Next place"
        disabled={none}
        onClick={() => find.go(1)}
      >
        <ChevronDown size={17} aria-hidden="true" />
      </button>
    </search>
  );
}
