import { useMutation, useQuery } from '@tanstack/react-query';
import type { FootprintQuery } from '@zerodraft/contract';
import {
  FOOTPRINT_FORMATS,
  FOOTPRINT_VIEWS,
  type FootprintFormat,
  type FootprintView,
} from '@zerodraft/trace';
import { Download } from 'lucide-react';
import { type FormEvent, useId, useMemo, useState } from 'react';
import { libraryQuery } from '../api.ts';
import { MomentSelect } from '../coverage/moment-select.tsx';
import { useMay, useWorkspace } from '../session/use-draft.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { CheckField, Problem, TextField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { saveFootprint } from './footprint-api.ts';

const VIEWS: Record<FootprintView, { label: string; hint: string }> = {
  clauses: { label: 'Clause by clause', hint: 'Each clause with the recommendations it comes from.' },
  recommendations: {
    label: 'Recommendation by recommendation',
    hint: 'Each recommendation with what became of it, and the clauses with their text.',
  },
  organisation: {
    label: 'What became of your proposals',
    hint: 'A letter to an organisation about each of its proposals.',
  },
};
const FORMATS: Record<FootprintFormat, { label: string; hint: string }> = {
  docx: { label: 'Word', hint: 'DOCX' },
  pdf: { label: 'PDF', hint: 'to print and pass on' },
  xlsx: { label: 'Excel', hint: 'XLSX, a row for each link' },
  html: { label: 'Web page', hint: 'HTML, one file' },
  'prov-json': { label: 'PROV-JSON', hint: 'W3C PROV, for programs' },
};

function Choices<Value extends string>({
  legend,
  name,
  values,
  words,
  value,
  onChange,
}: {
  legend: string;
  name: string;
  values: readonly Value[];
  words: Record<Value, { label: string; hint: string }>;
  value: Value;
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <fieldset className="choice footprint-choice">
      <legend>{legend}</legend>
      {values.map((one) => (
        <div key={one} className="check">
          <input
            type="radio"
            id={id + one}
            name={name}
            checked={one === value}
            aria-describedby={`${id + one}h`}
            onChange={() => onChange(one)}
          />
          <label htmlFor={id + one}>{words[one].label}</label>
          <p id={`${id + one}h`} className="field-hint">
            {words[one].hint}
          </p>
        </div>
      ))}
    </fieldset>
  );
}

function FootprintDialog({ asOf, onClose }: { asOf: string | undefined; onClose: () => void }) {
  const { draft, process } = useWorkspace();
  const library = useQuery(libraryQuery(process.id));
  const organisations = useMemo(
    () => [...new Set((library.data ?? []).map(({ source }) => source))].sort((a, b) => a.localeCompare(b)),
    [library.data],
  );
  const [view, setView] = useState<FootprintView>('clauses');
  const [format, setFormat] = useState<FootprintFormat>('docx');
  const [organisation, setOrganisation] = useState('');
  const [version, setVersion] = useState(asOf);
  const [notes, setNotes] = useState(false);
  const names = useId();
  const isLetter = view === 'organisation';
  const saving = useMutation({
    mutationFn: (query: FootprintQuery) => saveFootprint(draft.id, query),
    onSuccess: (name) => {
      notify(`Saved as ${name}.`);
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = organisation.trim();
    if (!saving.isPending)
      saving.mutate({
        view,
        format,
        notes: notes && !isLetter,
        ...(isLetter && name !== '' ? { organisation: name } : {}),
        ...(version === undefined ? {} : { version }),
      });
  };
  return (
    <Modal
      title="Export the footprint"
      lead="Where the text comes from, and what became of what was proposed."
      onClose={onClose}
    >
      <form className="form" onSubmit={submit}>
        <Choices
          legend="What"
          name="view"
          values={FOOTPRINT_VIEWS}
          words={VIEWS}
          value={view}
          onChange={setView}
        />
        {isLetter && (
          <>
            <TextField
              label="Organisation"
              hint={
                format === 'xlsx' || format === 'prov-json'
                  ? 'Leave it empty for all of them in one file.'
                  : 'Leave it empty for a letter to each of them, as a ZIP.'
              }
              list={names}
              autoComplete="off"
              value={organisation}
              onChange={({ target }) => setOrganisation(target.value)}
            />
            <datalist id={names}>
              {organisations.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
        <Choices
          legend="As"
          name="format"
          values={FOOTPRINT_FORMATS}
          words={FORMATS}
          value={format}
          onChange={setFormat}
        />
        <MomentSelect label="Of" value={version} onChange={setVersion} />
        {version !== undefined && (
          <p className="field-hint">
            Text and links as in that version; recommendations, and what was decided on them, as they are now.
          </p>
        )}
        {!isLetter && (
          <CheckField
            label="With the notes of the team"
            hint={`For the team alone${format === 'prov-json' ? '; it then also names who made each link' : ''}.`}
            checked={notes}
            onChange={({ target }) => setNotes(target.checked)}
          />
        )}
        <p role="status">{saving.isPending ? 'Making the file…' : ''}</p>
        <Problem>{saving.error?.message}</Problem>
        <DialogFoot action="Export" pending={saving.isPending} onClose={onClose} />
      </form>
    </Modal>
  );
}

/** Offers the team the draft's footprint as a file; at first of what the page shows. */
export function FootprintButton({ asOf }: { asOf: string | undefined }) {
  const may = useMay('footprint.export');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <Download size={15} aria-hidden="true" /> Export
        <span className="visually-hidden"> the footprint</span>
      </button>
      {open && <FootprintDialog asOf={asOf} onClose={() => setOpen(false)} />}
    </>
  );
}
