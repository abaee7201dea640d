import { type Deposit, type DepositChange, type ProposalFields, proposalFields } from '@zerodraft/contract';
import { useState } from 'react';
import { TermChoice } from '../box/term-choice.tsx';
import { useProcess } from '../start/process-layout.tsx';
import { RegionField, TermSelect } from '../taxonomies/term-fields.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextAreaField, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { differing } from './meanwhile.ts';
import { ProposalView } from './proposal-view.tsx';

interface Props {
  deposit: Deposit;
  send: (change: Omit<DepositChange, 'version'>) => Promise<unknown>;
  onClose: () => void;
}

function changesOf(before: ProposalFields, after: ProposalFields): Omit<DepositChange, 'version'> {
  const changed = differing(before, after).map((field) => [field, after[field]]);
  return proposalFields.partial().parse(Object.fromEntries(changed));
}

/** Changes what a deposit says and how it is classified, with what was sent beside. */
export function EditDialog({ deposit, send, onClose }: Props) {
  const { process } = useProcess();
  const [begun] = useState(deposit);
  const [themes, setThemes] = useState<string[]>(deposit.themes);
  const [dimensions, setDimensions] = useState<string[]>(deposit.dimensions);
  const form = useForm({
    shape: proposalFields,
    gather: (data) => ({ ...Object.fromEntries(data.entries()), themes, dimensions }),
    // What was left as it is may be called otherwise meanwhile.
    send: (said) => send(changesOf(begun, said)),
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
          <TermSelect label="Kind" name="kind" terms={process.kinds} defaultValue={deposit.kind} />
          <TermChoice
            label="Themes"
            name="theme-choice"
            terms={process.themes}
            had={deposit.themes}
            chosen={themes}
            onChange={setThemes}
          />
          <TermChoice
            label="Dimensions"
            name="dimension-choice"
            terms={process.dimensions}
            had={deposit.dimensions}
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
            <TermSelect
              label="Who they are"
              name="stakeholderKind"
              terms={process.stakeholderKinds}
              defaultValue={deposit.stakeholderKind}
            />
          </div>
          <RegionField
            regions={process.regions}
            label="Country or region"
            hint="What is none of the process’s regions becomes one when this is accepted."
            name="region"
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
