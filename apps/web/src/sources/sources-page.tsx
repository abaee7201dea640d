import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DOCUMENT_KIND_LABELS, DOCUMENT_KINDS, SOURCE_STATES } from '@zerodraft/contract';
import { Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Problem } from '../ui/field.tsx';
import { counted } from './source-details.ts';
import { AddSource } from './source-dialogs.tsx';
import { filterSources, type SourceFilter, STATE_LABELS, sourceFilter } from './source-filter.ts';
import { SourceList } from './source-list.tsx';
import { sourcesQuery } from './sources-api.ts';
import { TextSearch } from './text-search.tsx';
import { DropZone } from './upload/drop-zone.tsx';
import { UploadList } from './upload/upload-list.tsx';
import { useUploads } from './upload/use-uploads.ts';

interface ToolsProps {
  filter: SourceFilter;
  /** Labels of kinds of stakeholder that can be looked for. */
  stakeholders: readonly string[];
  onChange: (change: SourceFilter) => void;
}

function Tools({ filter, stakeholders, onChange }: ToolsProps) {
  const select = <Value extends string>(
    label: string,
    name: keyof SourceFilter,
    values: readonly Value[],
    labels: Record<string, string>,
  ) => (
    <select
      aria-label={label}
      value={filter[name] ?? ''}
      onChange={({ target }) =>
        onChange(sourceFilter.parse({ ...filter, [name]: target.value || undefined }))
      }
    >
      <option value="">{label}: any</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {labels[value] ?? value}
        </option>
      ))}
    </select>
  );
  return (
    <div className="tools source-tools">
      <input
        type="search"
        aria-label="Search sources"
        placeholder="Search by title, who, symbol, session, file"
        value={filter.find ?? ''}
        onChange={({ target }) => onChange({ ...filter, find: target.value || undefined })}
      />
      {select('Kind', 'kind', DOCUMENT_KINDS, DOCUMENT_KIND_LABELS)}
      {select('Stakeholder', 'from', stakeholders, {})}
      {select('State', 'state', SOURCE_STATES, STATE_LABELS)}
    </div>
  );
}

/** The documents that recommendations are taken from. */
export function SourcesPage() {
  const view = useProcess();
  const { process } = view;
  const manages = mayIn(view, 'source.manage');
  const search = useSearch({ from: '/session/signed-in/processes/$processId/sources' });
  // Without what others hang on an address, as mail programs do.
  const filter = useMemo(() => sourceFilter.parse(search), [search]);
  const navigate = useNavigate({ from: '/processes/$processId/sources' });
  const [adding, setAdding] = useState(false);
  const { queue, uploads } = useUploads(process.id);
  const sources = useQuery(sourcesQuery(process.id));
  const asked = useDeferredValue(filter);
  const shown = useMemo(() => filterSources(sources.data ?? [], asked), [sources.data, asked]);
  // Also what is no longer offered, as long as a source has it.
  const had = [...(sources.data ?? []).map(({ stakeholderKind }) => stakeholderKind), filter.from ?? ''];
  const stakeholders = [...new Set([...process.stakeholderKinds, ...had])].filter(Boolean);
  const all = sources.data?.length ?? 0;
  const { text = '', ...listed } = filter;
  const filtered = Object.values(listed).some((value) => value !== undefined);
  return (
    <section aria-labelledby="sources-title" className="sources">
      <div className="page-head">
        <h2 id="sources-title">Sources</h2>
        {manages && (
          <button type="button" className="button" onClick={() => setAdding(true)}>
            <Plus size={15} aria-hidden="true" /> Add a source
          </button>
        )}
      </div>
      <p className="page-lead">
        The documents and events that recommendations are taken from, kept as they were uploaded.
      </p>
      {manages && <DropZone onFiles={(files) => queue.add(files, process.stakeholderKinds)} />}
      {manages && <UploadList queue={queue} uploads={uploads} sources={sources.data ?? []} />}
      {all > 0 && (
        <TextSearch
          processId={process.id}
          text={text}
          onText={(value) =>
            void navigate({
              search: { ...filter, text: value || undefined },
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
      <Tools
        filter={filter}
        stakeholders={stakeholders}
        onChange={(change) => void navigate({ search: change, replace: true, resetScroll: false })}
      />
      <Problem>{sources.error?.message}</Problem>
      <p className="muted" role="status">
        {sources.isPending
          ? 'Fetching the sources…'
          : filtered
            ? `${shown.length} of ${counted(all, 'source')}`
            : sources.data && counted(all, 'source')}
      </p>
      {sources.data && all === 0 && (
        <p className="empty">
          There are no sources yet.
          {manages && ' Drop the written inputs, summaries and reports above to begin.'}
        </p>
      )}
      {all > 0 && shown.length === 0 && (
        <p className="empty">
          No source fits.{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => void navigate({ search: { text: filter.text }, replace: true })}
          >
            Show all
          </button>
        </p>
      )}
      <SourceList sources={shown} processId={process.id} manages={manages} />
      {adding && <AddSource processId={process.id} onClose={() => setAdding(false)} />}
    </section>
  );
}
