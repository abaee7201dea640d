import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { formatMoment } from '@zerodraft/contract';
import { clauseCoverage, uptakeOf } from '@zerodraft/trace';
import { useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import { FootprintButton } from '../footprint/footprint-dialog.tsx';
import { useWorkspace } from '../session/use-draft.tsx';
import { Problem } from '../ui/field.tsx';
import { OWN_ZONE } from '../ui/moments.tsx';
import { useMoment } from '../versions/use-moment.ts';
import { versionsQuery } from '../versions/versions-api.ts';
import { ClausesView } from './clauses-view.tsx';
import { ComparisonView } from './comparison-view.tsx';
import { VIEWS } from './coverage-search.ts';
import { EveryRecommendation } from './every-recommendation.tsx';
import { FlowView } from './flow-view.tsx';
import { HeatMap } from './heat-map.tsx';
import { ListDialog } from './list-dialog.tsx';
import { MomentSelect } from './moment-select.tsx';
import { NumberLink } from './number-link.tsx';
import { UptakeView } from './uptake-view.tsx';
import { type Counted, CountedContext, useCounted } from './use-counted.ts';

const FROM = '/session/signed-in/drafts/$draftId/coverage';
const VIEW_LABELS: Record<(typeof VIEWS)[number], string> = {
  map: 'Heat map',
  uptake: 'Uptake',
  clauses: 'Clauses',
  flow: 'Flow',
  compare: 'Compare versions',
};

function Lead() {
  const { recommendations, view, uptake } = useCounted();
  const { clauses } = useMemo(() => clauseCoverage(view.blocks, uptake, 'section'), [view.blocks, uptake]);
  const total = recommendations.length;
  const open = total - uptake.linked.size;
  const contrary = uptake.contrary.size;
  return (
    <p className="coverage-lead">
      <NumberLink selection={{ state: 'linked' }} label={`${uptake.linked.size} linked recommendations`}>
        <strong>{uptake.linked.size}</strong>
      </NumberLink>{' '}
      of{' '}
      <NumberLink selection={{}} label={`${total} recommendations`}>
        {total}
      </NumberLink>{' '}
      recommendations are linked,{' '}
      <NumberLink selection={{ state: 'open' }} label={`${open} recommendations that are not linked`}>
        <strong>{open}</strong>
      </NumberLink>{' '}
      are not
      {contrary > 0 && (
        <>
          {' '}
          (
          <NumberLink selection={{ state: 'contrary' }} label={`${contrary} that were considered`}>
            {contrary}
          </NumberLink>{' '}
          of them considered, and the opposite chosen)
        </>
      )}
      ;{' '}
      <NumberLink selection={{ clauses: 'sourced' }} label={`${clauses.linked} clauses with a source`}>
        <strong>{clauses.linked}</strong>
      </NumberLink>{' '}
      of{' '}
      <NumberLink selection={{ clauses: 'all' }} label={`${clauses.total} clauses`}>
        {clauses.total}
      </NumberLink>{' '}
      clauses have a source.
    </p>
  );
}

function AsOf({ error }: { error: Error | null }) {
  const { draft } = useWorkspace();
  const { as } = useSearch({ from: FROM });
  const versions = useQuery(versionsQuery(draft.id));
  const version = versions.data?.find(({ id }) => id === as);
  if (as === undefined) return null;
  return (
    <>
      <Problem>{error?.message}</Problem>
      {version && (
        <p className="as-of" role="note">
          As of <strong>{version.name}</strong>, {formatMoment(version.createdAt, OWN_ZONE)}: text and links
          as they were, recommendations as they are now.
        </p>
      )}
    </>
  );
}

function Views() {
  const { draft } = useWorkspace();
  const { view = 'map' } = useSearch({ from: FROM });
  return (
    <nav className="subnav" aria-label="Coverage">
      {VIEWS.map((name) => (
        <Link
          key={name}
          to="/drafts/$draftId/coverage"
          params={{ draftId: draft.id }}
          search={(before) => ({ ...before, view: name === 'map' ? undefined : name })}
          className={name === view ? 'active' : undefined}
          activeProps={{}}
          aria-current={name === view ? 'page' : undefined}
        >
          {VIEW_LABELS[name]}
        </Link>
      ))}
    </nav>
  );
}

function Shown() {
  const { view = 'map' } = useSearch({ from: FROM });
  switch (view) {
    case 'map':
      return (
        <>
          <HeatMap />
          <EveryRecommendation />
        </>
      );
    case 'uptake':
      return <UptakeView />;
    case 'clauses':
      return <ClausesView />;
    case 'flow':
      return <FlowView />;
    case 'compare':
      return <ComparisonView />;
  }
}

/** What became of the recommendations, and what the text rests on: now, as of a version, or between two. */
export function CoveragePage() {
  const { session, process } = useWorkspace();
  const { view: shown = 'map', as, list } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/drafts/$draftId/coverage' });
  const library = useQuery(libraryQuery(process.id));
  const asOf = shown === 'compare' ? undefined : as;
  const { view, error } = useMoment(asOf);
  const links = view?.links.links;
  const uptake = useMemo(() => links && uptakeOf(library.data ?? [], links), [library.data, links]);
  const counted = useMemo(
    (): Counted | null =>
      view && uptake
        ? {
            draftId: session.draft.id,
            process,
            recommendations: library.data ?? [],
            view,
            uptake,
            asOf,
          }
        : null,
    [session.draft.id, process, library.data, view, uptake, asOf],
  );
  if (library.isPending) return <p className="splash">Counting…</p>;
  return (
    <main className="coverage">
      <CountedContext.Provider value={counted}>
        <div className="coverage-head">
          <h1>Coverage</h1>
          {shown !== 'compare' && counted && (
            <MomentSelect
              label="As of"
              value={as}
              onChange={(id) =>
                void navigate({ search: (before) => ({ ...before, as: id, list: undefined }), replace: true })
              }
            />
          )}
          <Link
            className="coverage-check"
            to="/drafts/$draftId/integrity"
            params={{ draftId: session.draft.id }}
          >
            Check the links
          </Link>
          <FootprintButton asOf={asOf} />
        </div>
        <Problem>{library.error?.message}</Problem>
        {shown !== 'compare' && <AsOf error={error} />}
        {counted && shown !== 'compare' && <Lead />}
        <Views />
        {counted ? <Shown /> : !error && <p className="splash">Reading the version…</p>}
        {counted && list && (
          <ListDialog
            selection={list}
            onClose={() =>
              void navigate({ search: (before) => ({ ...before, list: undefined }), resetScroll: false })
            }
          />
        )}
      </CountedContext.Provider>
    </main>
  );
}
