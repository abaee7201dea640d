import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type AuditEntry, auditFilter, formatMoment } from '@zerodraft/contract';
import { startOfDay } from '@zerodraft/formats';
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { Problem } from '../ui/field.tsx';
import { OWN_ZONE } from '../ui/moments.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { auditFile, auditPages } from './audit-api.ts';
import { AuditFilters, type AuditSearch } from './audit-filters.tsx';
import { ACTION_WORDS, detailsOf } from './words.ts';

/** Days of the viewer's calendar as moments; the last day counts whole. */
function filterOf({ from, to, ...others }: AuditSearch) {
  return auditFilter.safeParse({
    ...others,
    from: from && startOfDay(from, OWN_ZONE),
    to: to && startOfDay(to, OWN_ZONE, 1),
  });
}

function EntryRow({ entry, nameOf }: { entry: AuditEntry; nameOf: (id: string) => string }) {
  const { at, userName, action, ip, device } = entry;
  return (
    <tr>
      <td data-label="When">
        <time dateTime={at}>{formatMoment(at, OWN_ZONE)}</time>
      </td>
      <th scope="row">{userName ?? 'The server'}</th>
      <td data-label="What">
        {ACTION_WORDS[action]}
        {detailsOf(entry, nameOf).map((line) => (
          <span key={line} className="cell-note">
            {line}
          </span>
        ))}
      </td>
      <td data-label="From where">
        {ip ?? ''}
        {device && <span className="cell-note">{device}</span>}
      </td>
    </tr>
  );
}

/** Who did what in the process, when and from where. */
export function AuditPage() {
  const { process, drafts } = useProcess();
  const search = useSearch({ from: '/session/signed-in/processes/$processId/audit' });
  const navigate = useNavigate({ from: '/processes/$processId/audit' });
  const parsed = filterOf(search);
  const filter = parsed.data ?? {};
  const pages = useInfiniteQuery(auditPages(process.id, filter));
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  const titles = useMemo(() => new Map(drafts.map(({ draft }) => [draft.id, draft.title])), [drafts]);
  const nameOf = (id: string): string => titles.get(id) ?? id;
  const filtered = Object.values(search).some((value) => value !== undefined);
  return (
    <section aria-labelledby="audit-title">
      <div className="page-head">
        <h2 id="audit-title">Audit log</h2>
        <a className="button" href={auditFile(process.id, filter)} download>
          <Download size={15} aria-hidden="true" /> Download as CSV
        </a>
      </div>
      <p className="page-lead">
        Who did what, when and from where; the newest first. Nothing in it can be changed. Times are in your
        zone, {OWN_ZONE.replaceAll('_', ' ')}.
      </p>
      <AuditFilters
        search={search}
        onChange={(change) => navigate({ search: { ...search, ...change }, replace: true })}
      />
      <Problem>{pages.error?.message}</Problem>
      <p className="muted" role="status">
        {pages.isPending
          ? 'Fetching the log…'
          : `${entries.length} ${entries.length === 1 ? 'record' : 'records'}${pages.hasNextPage ? ', older ones below' : ''}`}
      </p>
      {pages.data && entries.length === 0 && (
        <p className="empty">{filtered ? 'No record fits the filters.' : 'Nothing has been recorded yet.'}</p>
      )}
      {entries.length > 0 && (
        <table className="list-table audit-table">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">From where</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} nameOf={nameOf} />
            ))}
          </tbody>
        </table>
      )}
      <MoreButton pages={pages}>Show older records</MoreButton>
    </section>
  );
}
