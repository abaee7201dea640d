import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useWorkspace } from '../session/use-draft.tsx';
import { Problem } from '../ui/field.tsx';
import { counted, describe } from './source-details.ts';
import { filterSources } from './source-filter.ts';
import { sourcesQuery } from './sources-api.ts';

/** Sources that are listed at once; more are found by their words. */
const SHOWN = 60;

/** Which document to read beside the draft. */
export function SourcePicker({ onPick, onBack }: { onPick: (sourceId: string) => void; onBack: () => void }) {
  const { process } = useWorkspace();
  const [find, setFind] = useState('');
  const asked = useDeferredValue(find);
  const sources = useQuery(sourcesQuery(process.id));
  const found = filterSources(sources.data ?? [], { find: asked, state: 'read' });
  return (
    <section className="document-panel" aria-label="Sources">
      <header className="panel-head">
        <button type="button" className="button" onClick={onBack}>
          <ArrowLeft size={15} aria-hidden="true" /> Library
        </button>
        <input
          type="search"
          aria-label="Search sources"
          placeholder="Search sources"
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that opened it
          autoFocus
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
      </header>
      <Problem>{sources.error?.message}</Problem>
      <p className="muted picker-status" role="status">
        {sources.isPending
          ? 'Fetching the sources…'
          : `${counted(found.length, 'source')} with a text${found.length > SHOWN ? `; the first ${SHOWN} are shown` : ''}`}
      </p>
      <ul className="picker-list">
        {found.slice(0, SHOWN).map((source) => (
          <li key={source.id}>
            <button type="button" onClick={() => onPick(source.id)}>
              <strong dir="auto">{source.title}</strong>
              <span className="muted" dir="auto">
                {describe(source)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
