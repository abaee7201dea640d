import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { TAXONOMIES } from '@zerodraft/trace';
import { useProcess } from '../start/process-layout.tsx';
import { mayIn } from '../start/rights.ts';
import { Problem } from '../ui/field.tsx';
import { taxonomiesQuery } from './taxonomies-api.ts';
import { TermLists } from './term-lists.tsx';
import { inUse, WORDS } from './words.ts';

/** The vocabularies of a process. */
export function TaxonomiesPage() {
  const view = useProcess();
  const processId = view.process.id;
  const { of = 'themes' } = useSearch({ from: '/session/signed-in/processes/$processId/taxonomies' });
  const { data, error, isPending } = useQuery(taxonomiesQuery(processId));
  return (
    <section aria-labelledby="taxonomies-title" className="taxonomies">
      <h2 id="taxonomies-title">Taxonomies</h2>
      <p className="page-lead">
        The words by which the library, the sources and the box are sorted. A new name is everywhere at once.
      </p>
      <nav className="subnav" aria-label="Taxonomies">
        {TAXONOMIES.map((taxonomy) => (
          <Link
            key={taxonomy}
            from="/processes/$processId/taxonomies"
            search={{ of: taxonomy === 'themes' ? undefined : taxonomy }}
            activeOptions={{ exact: true, includeSearch: false }}
            className={taxonomy === of ? 'active' : ''}
            activeProps={{ className: '' }}
            aria-current={taxonomy === of ? 'page' : undefined}
          >
            {WORDS[taxonomy].title}
            {data && ` (${data[taxonomy].filter(inUse).length})`}
          </Link>
        ))}
      </nav>
      <Problem>{error?.message}</Problem>
      {isPending && <p className="empty">Fetching the terms…</p>}
      {data && (
        <>
          <h3 className="visually-hidden">{WORDS[of].title}</h3>
          <TermLists
            key={of}
            place={{ processId, taxonomy: of }}
            terms={data[of]}
            manages={mayIn(view, 'taxonomy.manage')}
          />
        </>
      )}
    </section>
  );
}
