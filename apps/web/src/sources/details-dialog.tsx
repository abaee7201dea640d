import { useQuery } from '@tanstack/react-query';
import { DOCUMENT_KIND_LABELS, DOCUMENT_KINDS, type ProcessSummary } from '@zerodraft/contract';
import type { ReactNode } from 'react';
import { processQuery } from '../api.ts';
import { refreshProcesses } from '../start/process-api.ts';
import { RegionField, TermSelect } from '../taxonomies/term-fields.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, SelectField, TextField } from '../ui/field.tsx';
import { type FieldErrors, useForm } from '../ui/use-form.ts';
import { FIELD_LABELS, gatherDetails, type SourceDetails, sourceDetails } from './source-details.ts';

/** Languages that are offered; any other tag can be typed. */
const LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt', 'de'];

interface FieldsProps {
  process: ProcessSummary;
  details: SourceDetails;
  errors: FieldErrors;
  /** For many documents at once: without what is of each alone. */
  many: boolean;
}

function DetailsFields({ process, details, errors, many }: FieldsProps) {
  const text = (name: keyof SourceDetails, more: { hint?: string; type?: string; list?: string } = {}) => (
    <TextField
      label={FIELD_LABELS[name]}
      name={name}
      defaultValue={details[name] ?? ''}
      error={errors[name]}
      dir={more.type ? undefined : 'auto'}
      {...more}
    />
  );
  return (
    <>
      {!many && text('title', { hint: 'Left empty, the document’s own title is taken.' })}
      <div className="two">
        <SelectField label={FIELD_LABELS.kind} name="kind" defaultValue={details.kind}>
          {DOCUMENT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {many && kind === 'other' ? 'As it is for each' : DOCUMENT_KIND_LABELS[kind]}
            </option>
          ))}
        </SelectField>
        {!many && text('symbol')}
        {text('who')}
        <TermSelect
          label={FIELD_LABELS.stakeholderKind}
          name="stakeholderKind"
          defaultValue={details.stakeholderKind}
          error={errors.stakeholderKind}
          terms={process.stakeholderKinds}
          {...(many ? { none: 'As it is for each' } : {})}
        />
        <RegionField
          label={FIELD_LABELS.region}
          name="region"
          defaultValue={details.region}
          error={errors.region}
          hint="A name that is not in the list becomes a new region."
          regions={process.regions}
        />
        {text('session')}
        {text('phase')}
        {text('date', { type: 'date' })}
        {text('language', { list: 'source-languages', hint: 'A tag like en, fr or ar.' })}
        {!many && text('url', { type: 'url' })}
      </div>
      <datalist id="source-languages">
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </>
  );
}

interface Props {
  processId: string;
  title: string;
  lead?: ReactNode;
  details: SourceDetails;
  action: string;
  many?: boolean;
  send: (details: SourceDetails) => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}

/** What is said about a source, in a form; closes once it was taken. */
export function DetailsDialog({
  processId,
  title,
  lead,
  details,
  action,
  many = false,
  send,
  onClose,
  children,
}: Props) {
  const { data } = useQuery(processQuery(processId));
  const form = useForm({
    shape: sourceDetails,
    gather: gatherDetails,
    send,
    onDone: (_done, { region }) => {
      onClose();
      if (region !== '' && !data?.process.regions.includes(region)) void refreshProcesses();
    },
  });
  return (
    <Modal title={title} lead={lead} wide onClose={onClose}>
      <form className="form form-wide" onSubmit={form.onSubmit} noValidate>
        {children}
        {data && <DetailsFields process={data.process} details={details} errors={form.errors} many={many} />}
        <Problem>{form.problem}</Problem>
        <DialogFoot action={action} pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
