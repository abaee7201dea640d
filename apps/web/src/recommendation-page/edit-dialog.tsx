import type { Taxonomies } from '@zerodraft/contract';
import { DISPOSITION_LABELS, DISPOSITIONS } from '@zerodraft/trace';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { ClashNotice } from './clash-notice.tsx';
import { FIELD_LABELS, type FieldName, isTaxonomy, type TextFieldName } from './fields.ts';
import { shownValue } from './shown-value.ts';
import { TermFields } from './term-fields.tsx';
import { type Editing, useEdit } from './use-edit.ts';

interface Props {
  place: { processId: string; id: string };
  form: Editing;
  onChange: (form: Editing) => void;
  terms: Taxonomies['taxonomies'];
  /** Only the disposition, or all there is. */
  only: 'disposition' | null;
  onClose: () => void;
}

/** Languages that are offered; any other tag can be typed. */
const LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt', 'de'];

/** Changes a recommendation: all its fields and terms, or what became of it alone. */
export function EditDialog({ place, form, onChange, terms, only, onClose }: Props) {
  const { errors, clash, problem, pending, onSubmit, set } = useEdit(place, form, onChange, onClose);
  const { values } = form;

  /** What somebody else made of a field, to be taken instead. */
  const theirs = (field: FieldName) => {
    if (!clash?.disputed.includes(field)) return null;
    const { by } = clash;
    const value = clash.theirs[field];
    return (
      <div className="theirs">
        <p>
          <span className="muted">{by} wrote: </span>
          <bdi>{shownValue(field, value, terms) || 'nothing'}</bdi>
        </p>
        <button
          type="button"
          className="button"
          aria-label={`Take what ${by} wrote as ${FIELD_LABELS[field].toLowerCase()}`}
          onClick={() =>
            isTaxonomy(field) ? set(field, clash.theirs[field]) : set(field, clash.theirs[field])
          }
        >
          Take this
        </button>
      </div>
    );
  };
  const text = (field: TextFieldName, more: { type?: string; list?: string; hint?: string } = {}) => (
    <div>
      <TextField
        label={FIELD_LABELS[field]}
        name={field}
        value={values[field]}
        onChange={({ target }) => set(field, target.value)}
        error={errors[field]}
        dir={more.type ? undefined : 'auto'}
        {...more}
      />
      {theirs(field)}
    </div>
  );
  const disposition = (
    <>
      <div>
        <SelectField
          label={FIELD_LABELS.disposition}
          name="disposition"
          value={values.disposition}
          onChange={({ target }) => set('disposition', target.value)}
          error={errors.disposition}
          hint="Left open, it counts as reflected once it is linked to a clause."
        >
          {DISPOSITIONS.map((value) => (
            <option key={value} value={value}>
              {DISPOSITION_LABELS[value]}
            </option>
          ))}
        </SelectField>
        {theirs('disposition')}
      </div>
      <div>
        <TextAreaField
          label={FIELD_LABELS.dispositionReason}
          name="dispositionReason"
          rows={3}
          dir="auto"
          value={values.dispositionReason}
          onChange={({ target }) => set('dispositionReason', target.value)}
          required={values.disposition === 'not-reflected'}
          hint="Needed where it is not reflected; all members read it."
          error={errors.dispositionReason}
        />
        {theirs('dispositionReason')}
      </div>
    </>
  );
  return (
    <Modal title={only ? 'What became of it' : `Edit ${form.base.reference}`} wide={!only} onClose={onClose}>
      <form className={only ? 'form' : 'form form-wide'} onSubmit={onSubmit} noValidate>
        <ClashNotice clash={clash} />
        {!only && (
          <>
            <div className="two">
              {text('reference')}
              {text('language', { list: 'recommendation-languages', hint: 'A tag like en, fr or ar.' })}
            </div>
            {text('title')}
            <div>
              <TextAreaField
                label={FIELD_LABELS.text}
                name="text"
                rows={9}
                dir="auto"
                lang={values.language || undefined}
                value={values.text}
                onChange={({ target }) => set('text', target.value)}
                error={errors.text}
              />
              {theirs('text')}
            </div>
            <TermFields terms={terms} values={values} onChange={set} below={theirs} />
            <div className="two">
              {text('source')}
              {text('document')}
              {text('locator')}
              {text('date', { type: 'date' })}
              {text('session')}
              {text('phase')}
            </div>
            <datalist id="recommendation-languages">
              {LANGUAGES.map((tag) => (
                <option key={tag} value={tag} />
              ))}
            </datalist>
          </>
        )}
        {disposition}
        <Problem>{problem}</Problem>
        <DialogFoot action="Save" pending={pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
