import { type Deposit, type DepositChange, proposalFields } from '@zerodraft/contract';
import {
  RECOMMENDATION_KIND_LABELS,
  RECOMMENDATION_KINDS,
  SOURCE_KIND_LABELS,
  SOURCE_KINDS,
} from '@zerodraft/trace';
import { useState } from 'react';
import { TermChoice } from '../box/term-choice.tsx';
import { useProcess } from '../start/process-layout.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { ProposalView } from './proposal-view.tsx';

interface Props {
  deposit: Deposit;
  send: (change: Omit<DepositChange, 'version'>) => Promise<unknown>;
  onClose: () => void;
}

/** Changes what a deposit says and how it is classified, with what was sent beside. */
export function EditDialog({ deposit, send, onClose }: Props) {
  const { process } = useProcess();
  const [themes, setThemes] = useState<string[]>(
    deposit.themes.filter((term) => process.themes.includes(term)),
  );
  const [dimensions, setDimensions] = useState<string[]>(
    deposit.dimensions.filter((term) => process.dimensions.includes(term)),
  );
  const form = useForm({
    shape: proposalFields,
    gather: (data) => ({ ...Object.fromEntries(data.entries()), themes, dimensions }),
    send,
    onDone: onClose,
  });
  const { language } = deposit;
  return (
    <Modal
      wide
      title="Edit and classify"
      lead="What was sent stays beside what you make of it."
      onClose={onClose}
    >
      <form onSubmit={form.onSubmit} className="triage-edit" noValidate>
        <div className="form">
          <TextField
            label="Title"
            name="title"
            dir="auto"
            lang={language}
            defaultValue={deposit.title}
            error={form.errors.title}
          />
          <TextAreaField
            label="Text"
            name="text"
            rows={9}
            dir="auto"
            lang={language}
            defaultValue={deposit.text}
            error={form.errors.text}
          />
          <SelectField label="Kind" name="kind" defaultValue={deposit.kind}>
            {RECOMMENDATION_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {RECOMMENDATION_KIND_LABELS[kind]}
              </option>
            ))}
          </SelectField>
          <TermChoice
            label="Themes"
            name="theme-choice"
            terms={process.themes}
            chosen={themes}
            onChange={setThemes}
          />
          <TermChoice
            label="Dimensions"
            name="dimension-choice"
            terms={process.dimensions}
            chosen={dimensions}
            onChange={setDimensions}
          />
          <div className="two">
            <TextField
              label="On behalf of"
              name="name"
              dir="auto"
              defaultValue={deposit.name}
              error={form.errors.name}
            />
            <SelectField label="Who they are" name="stakeholderKind" defaultValue={deposit.stakeholderKind}>
              {SOURCE_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {SOURCE_KIND_LABELS[kind]}
                </option>
              ))}
            </SelectField>
          </div>
          <TextField
            label="Country or region"
            name="region"
            dir="auto"
            defaultValue={deposit.region}
            error={form.errors.region}
          />
          <Problem>{form.problem}</Problem>
          <DialogFoot action="Keep the changes" pending={form.pending} onClose={onClose} />
        </div>
        <ProposalView proposal={deposit.original} language={language} heading="As it was sent" />
      </form>
    </Modal>
  );
}
