import { useNavigate, useSearch } from '@tanstack/react-router';
import { flowOf, LEVELS } from '@zerodraft/trace';
import { lazy, Suspense, useMemo } from 'react';
import { Field } from '../ui/field.tsx';
import { FLOW_SOURCES, MOST_FLOWS } from './coverage-search.ts';
import { FlowTable } from './flow-table.tsx';
import { GROUPING_LABELS } from './labels.ts';
import { useCounted } from './use-counted.ts';

// The chart's library is fetched by whoever looks at the diagram.
const FlowChart = lazy(async () => ({ default: (await import('./flow-chart.tsx')).FlowChart }));

const LEVEL_LABELS = { section: 'Sections', objective: 'Sections and objectives' } as const;

/** Where the links come from and where they stand, as a diagram and as a table. */
export function FlowView() {
  const { recommendations, uptake, view } = useCounted();
  const { by = 'stakeholderKinds', level = 'section' } = useSearch({
    from: '/session/signed-in/drafts/$draftId/coverage',
  });
  const navigate = useNavigate({ from: '/drafts/$draftId/coverage' });
  const whole = useMemo(
    () => flowOf(recommendations, uptake, view.blocks, by, level),
    [recommendations, uptake, view.blocks, by, level],
  );
  const drawn = useMemo(
    () =>
      whole.sources.length > MOST_FLOWS
        ? flowOf(recommendations, uptake, view.blocks, by, level, MOST_FLOWS)
        : whole,
    [whole, recommendations, uptake, view.blocks, by, level],
  );
  const contrary = uptake.links.filter(({ relation }) => relation === 'contrary').length;
  return (
    <section aria-label="Flow">
      <div className="coverage-tools">
        <Field label="From">
          {(ids) => (
            <select
              {...ids}
              value={by}
              onChange={({ target }) => {
                const chosen = FLOW_SOURCES.find((name) => name === target.value);
                void navigate({ search: (before) => ({ ...before, by: chosen }), replace: true });
              }}
            >
              {FLOW_SOURCES.map((name) => (
                <option key={name} value={name}>
                  {GROUPING_LABELS[name]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="To">
          {(ids) => (
            <select
              {...ids}
              value={level}
              onChange={({ target }) => {
                const chosen = LEVELS.find((name) => name === target.value);
                void navigate({ search: (before) => ({ ...before, level: chosen }), replace: true });
              }}
            >
              {LEVELS.map((name) => (
                <option key={name} value={name}>
                  {LEVEL_LABELS[name]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {whole.flows.length === 0 ? (
        <p className="empty">No recommendation is linked yet.</p>
      ) : (
        <>
          <Suspense fallback={<p className="splash">Drawing…</p>}>
            <FlowChart diagram={drawn} by={by} level={level} />
          </Suspense>
          {contrary > 0 && (
            <p className="muted">
              {contrary} {contrary === 1 ? 'link says' : 'links say'} that the opposite was chosen; they do
              not flow.
            </p>
          )}
          <FlowTable diagram={whole} by={by} level={level} />
        </>
      )}
    </section>
  );
}
