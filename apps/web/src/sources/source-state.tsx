import type { Source } from '@zerodraft/contract';

/** What stands in place of a document's text while there is none. */
export function NoText({ source, manages }: { source: Source; manages: boolean }) {
  const { state, problem } = source;
  return (
    <div className="no-text" role="status">
      {state === 'reading' && <p>The document is being read. Its text appears here by itself.</p>}
      {state === 'no-file' && (
        <p>
          {source.fileName === null
            ? 'There is no document here yet.'
            : `The document, ${source.fileName}, did not come along with what was taken from it.`}
          {manages && ' Upload it from the menu above, or from the list of sources.'}
        </p>
      )}
      {state === 'no-text' && <p className="callout">{problem ?? 'The document has no text.'}</p>}
      {state === 'failed' && <p className="callout">{problem ?? 'The document could not be read.'}</p>}
      {(state === 'failed' || state === 'no-text') && (
        <p className="muted">
          The document is kept as it was uploaded and can be downloaded.
          {manages && ' “Replace the document” takes the mended one.'}
        </p>
      )}
    </div>
  );
}
