import type { ChangedFields, Taxonomies } from '@zerodraft/contract';
import { FIELD_LABELS, FIELDS, type FieldName, isTaxonomy } from './fields.ts';
import { labelOf, shownValue } from './shown-value.ts';
import { firstWords, lastWords, textChange } from './text-change.ts';

/** Words of a text that stay beside a change. */
const AROUND = 8;

function Removed({ children }: { children: string }) {
  return (
    <del>
      <span className="visually-hidden">before: </span>
      {children}
    </del>
  );
}

function Added({ children }: { children: string }) {
  return (
    <ins>
      <span className="visually-hidden">now: </span>
      {children}
    </ins>
  );
}

/** A long text by what changed in it, with a few words around. */
function LongChange({ before, after }: { before: string; after: string }) {
  const { start, removed, added, end } = textChange(before, after);
  return (
    <>
      {lastWords(start, AROUND)}
      {removed && <Removed>{removed}</Removed>}
      {added && <Added>{added}</Added>}
      {firstWords(end, AROUND)}
    </>
  );
}

function TermsChange({ before, after, terms }: { before: string[]; after: string[] } & Pick<Props, 'terms'>) {
  const gone = before.filter((id) => !after.includes(id));
  const come = after.filter((id) => !before.includes(id));
  return (
    <span className="change-terms">
      {gone.map((id) => (
        <Removed key={id}>{labelOf(terms, id)}</Removed>
      ))}
      {come.map((id) => (
        <Added key={id}>{labelOf(terms, id)}</Added>
      ))}
    </span>
  );
}

interface Props {
  before: ChangedFields;
  after: ChangedFields;
  terms: Taxonomies['taxonomies'];
}

function textOf(fields: ChangedFields, field: FieldName): string {
  return isTaxonomy(field) ? '' : (fields[field] ?? '');
}

/** The fields that a change touched, each as it was and as it became. */
export function ChangeFields({ before, after, terms }: Props) {
  const touched = FIELDS.filter((field) =>
    isTaxonomy(field)
      ? JSON.stringify(before.terms?.[field] ?? []) !== JSON.stringify(after.terms?.[field] ?? [])
      : (field in before || field in after) && textOf(before, field) !== textOf(after, field),
  );
  if (touched.length === 0) return null;
  return (
    <dl className="change-fields">
      {touched.map((field) => {
        const [old, now] = [textOf(before, field), textOf(after, field)];
        return (
          <div key={field}>
            <dt>{FIELD_LABELS[field]}</dt>
            <dd dir="auto">
              {isTaxonomy(field) ? (
                <TermsChange
                  before={before.terms?.[field] ?? []}
                  after={after.terms?.[field] ?? []}
                  terms={terms}
                />
              ) : field === 'text' || field === 'dispositionReason' ? (
                <LongChange before={old} after={now} />
              ) : (
                <>
                  {old && <Removed>{shownValue(field, old, terms)}</Removed>}
                  {old && now && ' '}
                  {now && <Added>{shownValue(field, now, terms)}</Added>}
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
