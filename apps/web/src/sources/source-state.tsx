import type { Source } from '@zerodraft/contract';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { ReplaceFile } from './source-dialogs.tsx';

/** What stands in place of a document's text while there is none, and for the team the way to one. */
export function NoText({
  source,
  processId,
  manages,
}: {
  source: Source;
  processId: string;
  manages: boolean;
}) {
  const { state, problem } = source;
  const [asking, setAsking] = useState(false);
  return (
    <div className="no-text">
      <div role="status">
        {state === 'reading' && <p>The document is being read. Its text appears here by itself.</p>}
        {state === 'no-file' && (
          <p>
            {source.fileName === null
              ? 'There is no document here yet.'
              : `The document, ${source.fileName}, did not come along with what was taken from it.`}
          </p>
        )}
        {state === 'no-text' && <p className="callout">{problem ?? 'The document has no text.'}</p>}
        {state === 'failed' && <p className="callout">{problem ?? 'The document could not be read.'}</p>}
        {(state === 'failed' || state === 'no-text') && (
          <p className="muted">The document is kept as it was uploaded and can be downloaded.</p>
        )}
      </div>
      {manages && state !== 'reading' && (
        <button type="button" className="button" onClick={() => setAsking(true)}>
          <FileUp size={15} aria-hidden="true" />{' '}
          {state === 'no-file' ? 'Upload the document' : 'Replace the document'}
        </button>
      )}
      {asking && <ReplaceFile source={source} processId={processId} onClose={() => setAsking(false)} />}
    </div>
  );
}
