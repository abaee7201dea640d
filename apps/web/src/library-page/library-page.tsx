import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MAX_BULK } from '@zerodraft/contract';
import { SlidersHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Modal } from '../ui/dialog.tsx';
import { Problem } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { Dock } from './dock.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { FilesMenu } from './files-menu.tsx';
import { FilterChips } from './filter-chips.tsx';
import { facetsQuery, selectAll, termsQuery, viewsQuery } from './library-api.ts';
import { LibraryList, type ListHandle } from './library-list.tsx';
import { isNarrowed, withoutFilters } from './library-search.ts';
import { ListHead } from './list-head.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { SearchBox } from './search-box.tsx';
import { SortMenu } from './sort-menu.tsx';
import { type Place, useAddress } from './use-address.ts';
import { counted, useBatches } from './use-batches.ts';
import { useRows } from './use-rows.ts';
import { seenRows, useSelection } from './use-selection.ts';
import { ViewChanges, ViewsMenu } from './views-menu.tsx';

/** What stands where no recommendation does. */
function Empty({ processId, place, team }: { processId: string; place: Place; team: boolean }) {
  if (isNarrowed(place.address))
    return (
      <div className="library-empty">
        <h3>Nothing fits</h3>
        <p>
          No recommendation has all of this.{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => place.open(withoutFilters(place.address))}
          >
            Take all filters away
          </button>
        </p>
      </div>
    );
  return (
    <div className="library-empty">
      <h3>The library is empty</h3>
      <p>Everything that the draft can be traced to stands here, with where it comes from.</p>
      {team && (
        <p>
          Import a file above, quote passages from{' '}
          <Link to="/processes/$processId/sources" params={{ processId }}>
            sources
          </Link>
          , or accept proposals in{' '}
          <Link to="/processes/$processId/triage" params={{ processId }}>
            triage
          </Link>
          .
        </p>
      )}
    </div>
  );
}

/** The library of a process: search, facets, views, changes of many. */
export function LibraryPage() {
  const view = useProcess();
  const processId = view.process.id;
  const edits = mayIn(view, 'recommendation.edit');
  const place = useAddress();
  const { query, address } = place;
  const terms = useQuery(termsQuery(processId)).data;
  const views = useQuery(viewsQuery(processId)).data ?? [];
  const facets = useQuery({ ...facetsQuery(processId, query), placeholderData: keepPreviousData });
  const rows = useRows(processId, query);
  const selection = useSelection();
  const batches = useBatches(processId);
  const list = useRef<ListHandle>(null);
  const top = useRef<HTMLDivElement>(null);
  const [doing, setDoing] = useState<'edit' | 'merge' | 'filter' | null>(null);
  const close = (): void => setDoing(null);

  const asked = JSON.stringify(query);
  const askedBefore = useRef(asked);
  useEffect(() => {
    if (askedBefore.current === asked) return;
    askedBefore.current = asked;
    // Another search begins at its top, as far as one is below it.
    if (top.current && top.current.getBoundingClientRect().top < 0) top.current.scrollIntoView();
  }, [asked]);

  const choose = async (from: number, to: number, on: boolean): Promise<void> => {
    const found = await selectAll(processId, query).catch((error: Error) => notify(error.message));
    if (!found) return;
    selection.set(found.rows.slice(from, to + 1), on);
    if (on && to >= found.rows.length && found.total > MAX_BULK)
      notify(`The first ${counted(MAX_BULK)} are chosen: one change takes no more.`);
  };
  const chosenRows = seenRows(selection.rows);
  const onDone: typeof batches.done = (words, result) => {
    selection.replace([]);
    batches.done(words, result);
  };
  const panel = <FacetPanel place={place} facets={facets.data} terms={terms} />;
  const viewProps = { processId, views, place, manages: mayIn(view, 'view.manage') };
  const { error } = rows;
  const items = rows.items.size;
  return (
    <section aria-labelledby="library-title" className="library-page">
      <div className="page-head">
        <h2 id="library-title">Library</h2>
        <ViewsMenu {...viewProps} />
        <FilesMenu processId={processId} mayImport={mayIn(view, 'recommendation.import')} />
      </div>
      <div className="library-columns" ref={top}>
        <aside className="library-side" aria-label="Narrow the list">
          {panel}
          <Problem>{facets.error && !facets.data ? facets.error.message : null}</Problem>
        </aside>
        <div className="library-main">
          <div className="library-tools-row">
            <SearchBox
              q={query.q}
              onSearch={(q) => place.change({ q: q || undefined }, true)}
              onLeave={() => list.current?.focus()}
            />
            <button
              type="button"
              className="button narrow-button"
              onClick={() => setDoing('filter')}
              aria-haspopup="dialog"
            >
              <SlidersHorizontal size={15} aria-hidden="true" /> Filters
            </button>
          </div>
          <ViewChanges {...viewProps} />
          <FilterChips place={place} terms={terms} />
          <div className="list-head">
            <ListHead
              total={rows.total}
              failed={error !== null}
              chosen={edits ? selection : null}
              onAll={() => void choose(0, MAX_BULK, true)}
            />
            <SortMenu place={place} />
          </div>
          {error && (
            <div className="library-failed">
              <Problem>{error.message}</Problem>
              <div className="row">
                <button type="button" className="button" onClick={rows.retry}>
                  Try again
                </button>
                {address.draft !== undefined && (
                  <button type="button" className="button" onClick={() => place.change({ draft: undefined })}>
                    Count the links of any draft
                  </button>
                )}
              </div>
            </div>
          )}
          {rows.total === 0 && !rows.behind && !error && (
            <Empty processId={processId} place={place} team={edits} />
          )}
          <LibraryList
            processId={processId}
            rows={rows}
            terms={terms}
            found={query.q !== ''}
            chosen={edits ? selection : null}
            onStretch={(from, to, on) => void choose(from, to, on)}
            onAll={() => void choose(0, MAX_BULK, true)}
            handle={list}
          />
          {items > 0 && (
            <p className="library-keys" aria-hidden="true">
              <kbd>j</kbd> <kbd>k</kbd> up and down · <kbd>Enter</kbd> open
              {edits && (
                <>
                  {' '}
                  · <kbd>x</kbd> choose · <kbd>Shift</kbd> a stretch · <kbd>Ctrl A</kbd> all
                </>
              )}
            </p>
          )}
        </div>
      </div>
      {edits && (
        <Dock
          processId={processId}
          batches={batches}
          chosen={selection.rows.size}
          onEdit={() => setDoing('edit')}
          onMerge={() => setDoing('merge')}
          onClear={() => selection.replace([])}
        />
      )}
      {doing === 'filter' && (
        <Modal title="Filters" onClose={close}>
          <div className="facets-dialog">{panel}</div>
          <div className="dialog-end">
            <div className="dialog-foot">
              <button type="button" className="button button-primary" onClick={close}>
                Show {counted(rows.total ?? 0)}
              </button>
            </div>
          </div>
        </Modal>
      )}
      {doing === 'edit' && (
        <EditDialog
          processId={processId}
          rows={chosenRows}
          sessions={(facets.data?.facets.session ?? []).map(({ value }) => value).filter(Boolean)}
          onDone={onDone}
          onClose={close}
        />
      )}
      {doing === 'merge' && (
        <MergeDialog processId={processId} rows={chosenRows} onDone={onDone} onClose={close} />
      )}
    </section>
  );
}
