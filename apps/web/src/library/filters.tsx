import type { RecommendationFilter, RecommendationSummary } from '@zerodraft/trace';
import { useMemo } from 'react';
import { useWorkspace } from '../session/use-draft.tsx';

interface Option {
  value: string;
  label: string;
}

function plain(values: readonly string[]): Option[] {
  return values.map((value) => ({ value, label: value }));
}

interface SelectProps {
  label: string;
  value: string | undefined;
  options: readonly Option[];
  onChange: (value: string | undefined) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{label}: any</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface Props {
  filter: RecommendationFilter;
  onChange: (filter: RecommendationFilter) => void;
  recommendations: readonly RecommendationSummary[];
}

/** One control per field of a recommendation. */
export function Filters({ filter, onChange, recommendations }: Props) {
  const { process } = useWorkspace();
  const { sources, documents } = useMemo(
    () => ({
      sources: [...new Set(recommendations.map(({ source }) => source))].sort(),
      documents: [...new Set(recommendations.map(({ document }) => document))].filter(Boolean).sort(),
    }),
    [recommendations],
  );
  const set = (change: Partial<RecommendationFilter>): void => onChange({ ...filter, ...change });
  const active = Object.values(filter).some((value) => value !== undefined);
  return (
    <details className="filters" open={active || undefined}>
      <summary>Filters{active ? ' (on)' : ''}</summary>
      <div className="filter-grid">
        <Select
          label="Theme"
          value={filter.theme}
          options={plain(process.themes)}
          onChange={(theme) => set({ theme })}
        />
        <Select
          label="Dimension"
          value={filter.dimension}
          options={plain(process.dimensions)}
          onChange={(dimension) => set({ dimension })}
        />
        <Select
          label="Kind"
          value={filter.kind}
          options={plain(process.kinds)}
          onChange={(kind) => set({ kind })}
        />
        <Select
          label="Source kind"
          value={filter.sourceKind}
          options={plain(process.stakeholderKinds)}
          onChange={(sourceKind) => set({ sourceKind })}
        />
        <Select
          label="Source"
          value={filter.source}
          options={plain(sources)}
          onChange={(source) => set({ source })}
        />
        <Select
          label="Session or document"
          value={filter.document}
          options={plain(documents)}
          onChange={(document) => set({ document })}
        />
        <Select
          label="Linked"
          value={filter.linked}
          options={[
            { value: 'linked', label: 'Linked' },
            { value: 'open', label: 'Not yet linked' },
          ]}
          onChange={(value) => set({ linked: value === 'linked' || value === 'open' ? value : undefined })}
        />
        <label>
          From{' '}
          <input
            type="date"
            value={filter.from ?? ''}
            onChange={(event) => set({ from: event.target.value || undefined })}
          />
        </label>
        <label>
          To{' '}
          <input
            type="date"
            value={filter.to ?? ''}
            onChange={(event) => set({ to: event.target.value || undefined })}
          />
        </label>
        {active && (
          <button type="button" className="button" onClick={() => onChange({})}>
            Clear filters
          </button>
        )}
      </div>
    </details>
  );
}
