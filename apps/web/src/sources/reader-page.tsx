import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ProcessView, Source, SourceView } from '@zerodraft/contract';
import { Download } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { processQuery } from '../api.ts';
import { isClosed } from '../api-client.ts';
import { Missing, Page, SiteHeader } from '../shell/page.tsx';
import { mayIn } from '../start/rights.ts';
import { capacity } from '../ui/people.ts';
import { Contents } from './reader/contents.tsx';
import { DocumentReader, type Place } from './reader/document-reader.tsx';
import { counted, describe } from './source-details.ts';
import { SourceMenu } from './source-menu.tsx';
import { NoText } from './source-state.tsx';
import { fileAddress, sourceQuery } from './sources-api.ts';

function Head({ view, source, onDeleted }: { view: ProcessView; source: Source; onDeleted: () => void }) {
  const { process } = view;
  const { title, language, url, fileName, paragraphs, warnings, state } = source;
  return (
    <header className="reader-head">
      <div>
        <p className="reader-way">
          <span className="wide-only">
            <Link to="/processes/$processId" params={{ processId: process.id }}>
              {process.name}
            </Link>
            {' / '}
          </span>
          <Link to="/processes/$processId/sources" params={{ processId: process.id }}>
            Sources
          </Link>
        </p>
        <h1 dir="auto" lang={language ?? undefined}>
          {title || 'Without a title'}
        </h1>
        <p className="muted">
          {[describe(source), state === 'read' && counted(paragraphs, 'paragraph')]
            .filter(Boolean)
            .join(' · ')}
          {url && (
            <>
              {' · '}
              <a href={url} rel="noreferrer" target="_blank">
                {new URL(url).host}
              </a>
            </>
          )}
        </p>
        {warnings.length > 0 && (
          <details className="reader-warnings">
            <summary>To know about the reading ({warnings.length})</summary>
            <ul>
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <div className="row">
        {fileName !== null && state !== 'no-file' && (
          <a
            className="button"
            href={fileAddress(process.id, source.id)}
            download
            aria-label={`Download ${fileName}`}
          >
            <Download size={15} aria-hidden="true" /> <span className="wide-only">Download</span>
          </a>
        )}
        <SourceMenu
          source={source}
          processId={process.id}
          manages={mayIn(view, 'source.manage')}
          onDeleted={onDeleted}
        />
      </div>
    </header>
  );
}

function OpenSource({ view, data: { source, citations } }: { view: ProcessView; data: SourceView }) {
  const { process } = view;
  const { p, r, find } = useSearch({ from: '/session/signed-in/processes/$processId/sources/$sourceId' });
  const navigate = useNavigate({ from: '/processes/$processId/sources/$sourceId' });
  const place = useMemo((): Place => ({ n: p ?? null, recommendationId: r ?? null }), [p, r]);
  const onPlace = useCallback(
    ({ n, recommendationId }: Place): void => {
      const search = { p: n ?? undefined, r: recommendationId ?? undefined, find };
      void navigate({ search, replace: true });
    },
    [navigate, find],
  );
  const contents = (
    <Contents processId={process.id} source={source} citations={citations} place={place} onPlace={onPlace} />
  );
  const read = source.state === 'read';
  return (
    <div className="reader-page">
      <title>{`${source.title || 'Source'} · ${process.name} · Zerodraft`}</title>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <SiteHeader detail={capacity(view.viewer)} />
      <main id="content" tabIndex={-1}>
        <Head
          view={view}
          source={source}
          onDeleted={() =>
            void navigate({ to: '/processes/$processId/sources', params: { processId: process.id } })
          }
        />
        {read ? (
          <>
            <details className="reader-contents-fold">
              <summary>Outline and recommendations ({citations.length})</summary>
              {contents}
            </details>
            <div className="reader-columns">
              <aside className="reader-contents" aria-label="Contents">
                {contents}
              </aside>
              <DocumentReader
                key={`${source.id}/${source.fileHash}`}
                find={find}
                process={process}
                source={source}
                citations={citations}
                place={place}
                onPlace={onPlace}
                mayMake={mayIn(view, 'recommendation.edit')}
                actions={({ id, reference }) => (
                  <Link
                    to="/processes/$processId/recommendations/$recommendationId"
                    params={{ processId: process.id, recommendationId: id }}
                  >
                    Open {reference}
                  </Link>
                )}
              />
            </div>
          </>
        ) : (
          <NoText source={source} processId={process.id} manages={mayIn(view, 'source.manage')} />
        )}
      </main>
    </div>
  );
}

/** One source: what is said about it, and its document to be read and quoted. */
export function ReaderPage() {
  const { processId, sourceId } = useParams({
    from: '/session/signed-in/processes/$processId/sources/$sourceId',
  });
  const process = useQuery(processQuery(processId));
  const source = useQuery(sourceQuery(processId, sourceId));
  const error = isClosed(process.error) ? process.error : source.error;
  if (process.data && source.data && !isClosed(error))
    return <OpenSource view={process.data} data={source.data} />;
  if (!error && (process.isPending || source.isPending)) return <p className="splash">Opening the source…</p>;
  return (
    <Page title="Source">
      <Missing heading="There is no such source">
        <p>{(process.error ?? error)?.message ?? 'It is not there, or not open to you.'}</p>
      </Missing>
    </Page>
  );
}
