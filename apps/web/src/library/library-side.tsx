import { useNavigate } from '@tanstack/react-router';
import { type ComponentProps, useCallback, useState } from 'react';
import { DocumentPanel } from '../sources/document-panel.tsx';
import { OpenSourceContext } from '../sources/open-source.ts';
import { LibraryPanel } from './library-panel.tsx';

interface Reading {
  sourceId: string;
  recommendationId: string;
  /** What had the focus. */
  opener: Element | null;
}

/** The library, and over it the document that a recommendation comes from. */
export function LibrarySide(props: ComponentProps<typeof LibraryPanel>) {
  const navigate = useNavigate({ from: '/drafts/$draftId' });
  const [reading, setReading] = useState<Reading | null>(null);
  // The library begins anew when something else is to be found in it.
  const [asked, setAsked] = useState(0);
  const open = useCallback((sourceId: string, recommendationId: string): void => {
    setReading({ sourceId, recommendationId, opener: document.activeElement });
  }, []);
  const back = (): void => {
    const opener = reading?.opener;
    setReading(null);
    requestAnimationFrame(() => {
      const search = document.querySelector('.library input[type=search]');
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
      <div className="library-under" inert={reading !== null}>
        <LibraryPanel key={asked} {...props} />
      </div>
      {reading && (
        <DocumentPanel
          key={`${reading.sourceId}/${reading.recommendationId}`}
          sourceId={reading.sourceId}
          recommendationId={reading.recommendationId}
          clauseId={props.clauseId}
          onBack={back}
          onFind={(reference) => void find(reference)}
        />
      )}
    </OpenSourceContext>
  );
}
