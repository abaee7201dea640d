import { CircleHelp, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { MAX_QUERY } from './library-search.ts';

/** Milliseconds without a key after which what was typed is looked for. */
const TYPED = 150;

function Help() {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label="How to search">
        <CircleHelp size={17} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu search-help" align="end" sideOffset={6} aria-label="How to search">
          <p>Searches reference, title, text, source and document. Every word must be found.</p>
          <dl>
            <div>
              <dt>
                <kbd>port entry</kbd>
              </dt>
              <dd>both words, in any order</dd>
            </div>
            <div>
              <dt>
                <kbd>migra</kbd>
              </dt>
              <dd>a beginning: migrant, migration</dd>
            </div>
            <div>
              <dt>
                <kbd>"decent work"</kbd>
              </dt>
              <dd>the words side by side</dd>
            </div>
            <div>
              <dt>
                <kbd>schools</kbd>
              </dt>
              <dd>other forms too: school, schooling</dd>
            </div>
            <div>
              <dt>
                <kbd>educacion</kbd>
              </dt>
              <dd>accents and capitals do not matter</dd>
            </div>
          </dl>
          <Popover.Arrow className="popover-arrow" />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface Props {
  q: string;
  onSearch: (q: string) => void;
  /** Goes on in what was found. */
  onLeave: () => void;
}

/** The words that are looked for. What is typed stands here at once and in the address a moment later. */
export function SearchBox({ q, onSearch, onLeave }: Props) {
  const [typed, setTyped] = useState(q);
  const sent = useRef(q);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => {
    // A chip, a view or Back changed it; the address of one's own words changes nothing here.
    if (q === sent.current) return;
    window.clearTimeout(timer.current);
    sent.current = q;
    setTyped(q);
  }, [q]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const send = (text: string): void => {
    window.clearTimeout(timer.current);
    const words = text.trim();
    if (words === sent.current) return;
    sent.current = words;
    onSearch(words);
  };
  return (
    <search className="library-search">
      <Search size={16} aria-hidden="true" />
      <input
        type="search"
        aria-label="Search the library"
        placeholder="Search the full text"
        maxLength={MAX_QUERY}
        value={typed}
        onChange={({ target }) => {
          const text = target.value;
          setTyped(text);
          window.clearTimeout(timer.current);
          timer.current = window.setTimeout(() => send(text), TYPED);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(typed);
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          send(typed);
          onLeave();
        }}
      />
      <Help />
    </search>
  );
}
