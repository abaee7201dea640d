import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { formatMoment, mayEver, type Thread } from '@zerodraft/contract';
import { Printer } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { threadsQuery } from '../api.ts';
import { DraftNames } from '../comments/names.tsx';
import { ExportMenu } from '../comments-export/export-menu.tsx';
import type { DraftView } from '../session/draft-view.ts';
import { useDraftView, useHomesVersion, useReady, useWorkspace } from '../session/use-draft.tsx';
import { Problem } from '../ui/field.tsx';
import { OWN_ZONE } from '../ui/moments.tsx';
import { SheetChoices } from './sheet-choices.tsx';
import type { SheetOptions } from './sheet-options.ts';
import { type Sheet, type SheetRow, sheetOf } from './sheet-rows.ts';
import { blocksOf, sectionsOf, WHOLE_DRAFT } from './sheet-sections.ts';
import { NO_ORGANISATION, SheetTableRow } from './sheet-table.tsx';
import { useGradually } from './use-gradually.ts';

/** Columns that fit on a printed page; with more, organisations are printed below each other. */
const COLUMNS_IN_PRINT = 4;

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** What a sheet shows and what it leaves out, in one sentence. */
function summary({ threads, organisations, leftOut }: Sheet): string {
  const named = organisations.filter((organisation) => organisation !== '').length;
  const missing = [
    leftOut.closed > 0 && `${leftOut.closed} closed`,
    leftOut.otherRounds > 0 && `${leftOut.otherRounds} of other rounds`,
  ].filter(Boolean);
  return `${counted(threads, 'thread')}, ${counted(named, 'organisation')}${missing.length > 0 ? `; not shown: ${missing.join(', ')}` : ''}.`;
}

/** The rounds that threads were made in. */
function roundsOf(threads: readonly Thread[]): { id: string; name: string }[] {
  const rounds = new Map(threads.flatMap(({ round }) => (round ? [[round.id, round.name] as const] : [])));
  return [...rounds].map(([id, name]) => ({ id, name }));
}

/** Each clause of a section with its comments side by side by organisation, to prepare a round with. */
export function SheetPage() {
  return (
    <DraftNames>
      <SheetOfSection />
    </DraftNames>
  );
}

function SheetOfSection() {
  const from = '/session/signed-in/drafts/$draftId/sheet/$sectionId';
  const { draftId, sectionId } = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from: '/drafts/$draftId/sheet/$sectionId' });
  const { session, draft, process, viewer } = useWorkspace();
  // A link of the team's, opened by others, shows what there is for them.
  const team = mayEver(viewer.role, 'comment.private');
  const options = useMemo(
    (): SheetOptions => (team ? search : { ...search, private: undefined }),
    [search, team],
  );
  const ready = useReady();
  const view = useDeferredValue(useDraftView());
  const homesVersion = useHomesVersion();
  const threads = useQuery(threadsQuery(draft.id));
  const { blocks, numbers, order } = view;
  const sections = useMemo(() => sectionsOf(blocks, numbers), [blocks, numbers]);
  const rounds = useMemo(() => {
    const known = [...process.rounds, ...roundsOf(threads.data ?? [])];
    return [...new Map(known.map(({ id, name }) => [id, { id, name }])).values()];
  }, [process.rounds, threads.data]);
  const ids = useMemo(() => blocksOf(order, sectionId), [order, sectionId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where threads are changes with the text and their anchors
  const sheet = useMemo(
    () => ids && sheetOf(threads.data ?? [], ids, sectionId, order, session.homes, options),
    [threads.data, ids, sectionId, order, session, options, blocks, homesVersion],
  );
  const name = sections.find(({ id }) => id === sectionId)?.name ?? 'No such section';
  const change = (changed: Partial<SheetOptions>): void => {
    void navigate({ search: { ...options, ...changed }, replace: true });
  };
  const round = rounds.find(({ id }) => id === options.round);
  if (!ready || threads.isPending) return <p className="splash">Opening the sheet…</p>;
  return (
    <main className="sheet" data-layout={options.layout ?? 'side'}>
      <title>{`Sheet: ${name} · ${draft.title} · Zerodraft`}</title>
      <header className="sheet-head">
        <div>
          <p className="sheet-kicker">
            Consultation sheet<span className="in-print"> · {draft.title}</span>
          </p>
          <h1>{name}</h1>
        </div>
        <div className="sheet-actions">
          <ExportMenu />
          <button type="button" className="button" onClick={() => window.print()}>
            <Printer size={15} aria-hidden="true" /> Print
          </button>
        </div>
      </header>
      <SheetChoices
        sections={sections}
        sectionId={sectionId}
        rounds={rounds}
        options={options}
        onChange={change}
        onSection={(id) => void navigate({ params: { draftId, sectionId: id }, search: options })}
      />
      <Problem>{threads.error?.message}</Problem>
      {sheet === null ? (
        <p className="empty" role="alert">
          This section is not in the draft, or no longer. Choose another.
        </p>
      ) : (
        <>
          <p className="sheet-summary" role="status">
            {summary(sheet)}
          </p>
          <p className="sheet-summary in-print">
            {formatMoment(new Date().toISOString(), OWN_ZONE)}.{' '}
            {options.states === 'all' ? 'Comments in all states' : 'Open and answered comments'},{' '}
            {round ? `round “${round.name}”` : 'all rounds'}
            {options.commented && ', only clauses with comments'}
            {options.private && ', with the team’s private threads'}.
          </p>
          {options.private && (
            <p className="callout sheet-private">
              With the team’s private threads: not for others than facilitators and drafters.
            </p>
          )}
          <SheetTable
            sheet={sheet}
            view={view}
            sectionId={sectionId}
            rows={options.commented ? sheet.rows.filter(({ entries }) => entries.size > 0) : sheet.rows}
          />
        </>
      )}
    </main>
  );
}

function SheetTable({
  sheet,
  view: { blocks, numbers, order },
  sectionId,
  rows,
}: {
  sheet: Sheet;
  view: DraftView;
  sectionId: string;
  rows: readonly SheetRow[];
}) {
  const { draft } = useWorkspace();
  // The same list while the same organisations speak, so that rows stay as they are.
  const key = JSON.stringify(sheet.organisations);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says it all
  const organisations = useMemo(() => sheet.organisations, [key]);
  // The section's own row stands only when something is said to it.
  const shown = rows.filter(({ id, entries }, at) => at > 0 || id !== sectionId || entries.size > 0);
  const drawn = useGradually(
    shown.map(({ entries }) => [...entries.values()].reduce((sum, cell) => sum + cell.length, 0)),
  );
  if (shown.length === 0) return <p className="empty">No clause here has comments of this kind.</p>;
  const many = organisations.length > COLUMNS_IN_PRINT;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <section className="sheet-scroll" aria-label="Comments by clause and organisation" tabIndex={0}>
      <table
        className={many ? 'sheet-table sheet-many' : 'sheet-table'}
        aria-busy={drawn < shown.length}
        style={{ '--columns': organisations.length }}
      >
        <thead>
          <tr>
            <th scope="col">Clause</th>
            {organisations.map((organisation) => (
              <th key={organisation} scope="col">
                {organisation || NO_ORGANISATION}
              </th>
            ))}
            {organisations.length === 0 && <th scope="col">Comments</th>}
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, drawn).map((row) => {
            const whole = row.id === sectionId;
            const block = whole ? undefined : blocks[order.index.get(row.id) ?? -1];
            const own = sectionId === WHOLE_DRAFT ? 'On the draft' : 'On the section';
            return (
              <SheetTableRow
                key={row.id}
                draftId={draft.id}
                row={row}
                block={block ?? null}
                label={
                  whole ? own : numbers.get(row.id)?.label || (block?.kind === 'title' ? 'Title' : 'Heading')
                }
                organisations={organisations}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
