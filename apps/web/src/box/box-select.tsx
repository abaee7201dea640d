import type { BoxTerm } from '@zerodraft/contract';
import { RECOMMENDATION_KINDS, SOURCE_KINDS } from '@zerodraft/trace';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../ui/field.tsx';

interface Props {
  label: string;
  name: 'kind' | 'stakeholderKind';
  terms: readonly BoxTerm[];
  value: string;
  onChange: (value: string) => void;
}

/** One of a process's kinds, or none: in the page's language where it is one that processes begin with, else as it is called. */
export function BoxSelect({ label, name, terms, value, onChange }: Props) {
  const { t } = useTranslation();
  const wordsOf = (term: BoxTerm): string => {
    const kind = RECOMMENDATION_KINDS.find((key) => key === term.key);
    const stakeholder = SOURCE_KINDS.find((key) => key === term.key);
    if (name === 'kind' && kind) return t(`kinds.${kind}`);
    return name === 'stakeholderKind' && stakeholder ? t(`stakeholders.${stakeholder}`) : term.label;
  };
  if (terms.length === 0) return null;
  return (
    <SelectField
      label={label}
      name={name}
      value={terms.some((term) => term.label === value) ? value : ''}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t('form.notSaid')}</option>
      {terms.map((term) => (
        <option key={term.label} value={term.label}>
          {wordsOf(term)}
        </option>
      ))}
    </SelectField>
  );
}
