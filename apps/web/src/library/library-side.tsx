import { useNavigate } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import { type ComponentProps, useCallback, useState } from 'react';
import { SuspectCount } from '../links/suspect-count.tsx';
import { SuspectPanel } from '../links/suspect-panel.tsx';
import { DocumentPanel } from '../sources/document-panel.tsx';
import { OpenSourceContext } from '../sources/open-source.ts';
import { SourcePicker } from '../sources/source-picker.tsx';
import { LibraryPanel } from './library-panel.tsx';

/** What lies over the library. */
interface Over {
  /** The suspect links, instead of a source. */
  suspects?: boolean;
  /** Null while one is looked for. */
  sourceId: string | null;
  /** What it was opened for. */
  recommendationId: string | null;
  /** What had the focus. */
  opener: Element | null;
}

/** The library, and over it the document that a recommendation comes from, or is made of. */
export function LibrarySide(props: ComponentProps<typeof LibraryPanel>) {
  const navigate = useNavigate({ from: '/drafts/$draftId' });
  const [over, setOver] = useState<Over | null>(null);
  // The library begins anew when something else is to be found in it.
  const [asked, setAsked] = useState(0);
  const open = useCallback((sourceId: string | null, recommendationId: string | null): void => {
    setOver((before) => ({
      sourceId,
      recommendationId,
      opener: before?.opener ?? document.activeElement,
    }));
  }, []);
  const back = (): void => {
    const opener = over?.opener;
    setOver(null);
    requestAnimationFrame(() => {
      // The number of suspect links went when there were none, and may have come back.
      const counted = over?.suspects ? document.querySelector('.suspect-count') : null;
      const search = counted ?? document.querySelector('.library input[type=search]');
      const place = opener?.isConnected ? opener : search;
      if (place instanceof HTMLElement) place.focus();
    });
  };
  const find = async (reference: string): Promise<void> => {
    await navigate({ search: { find: reference }, replace: true });
    setAsked(asked + 1);
    back();
  };
  return (
    <OpenSourceContext value={open}>
      <div className="library-under" inert={over !== null}>
        <div className="library-head">
          <button type="button" className="open-sources" onClick={() => open(null, null)}>
            <BookOpen size={14} aria-hidden="true" /> Read a source
          </button>
          <SuspectCount
            onOpen={() =>
              setOver({
                suspects: true,
                sourceId: null,
                recommendationId: null,
                opener: document.activeElement,
              })
            }
          />
        </div>
        <LibraryPanel key={asked} {...props} />
      </div>
      {over?.suspects && <SuspectPanel onBack={back} onReveal={props.onReveal} />}
      {over?.sourceId === null && !over.suspects && (
        <SourcePicker onPick={(id) => open(id, null)} onBack={back} />
      )}
      {over !== null && over.sourceId !== null && (
        <DocumentPanel
          key={`${over.sourceId}/${over.recommendationId}`}
          sourceId={over.sourceId}
          recommendationId={over.recommendationId}
          clauseId={props.clauseId}
          onBack={back}
          onFind={(reference) => void find(reference)}
        />
      )}
    </OpenSourceContext>
  );
}
