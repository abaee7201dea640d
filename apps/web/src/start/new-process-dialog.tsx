import { useNavigate } from '@tanstack/react-router';
import { newProcess, type ProcessView } from '@zerodraft/contract';
import { useState } from 'react';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { linesOf, Problem, SelectField, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { createProcess, refreshProcesses } from './process-api.ts';
import { SettingsFields } from './settings-fields.tsx';

function gather(form: FormData): unknown {
  const name = form.get('name');
  const copyFrom = form.get('copyFrom');
  if (copyFrom !== null) return { name, copyFrom };
  return {
    name,
    themes: linesOf(form.get('themes')),
    dimensions: linesOf(form.get('dimensions')),
    sections: linesOf(form.get('sections')),
  };
}

const [copied, own] = newProcess.options;

/** Makes a process: a name, and settings of its own or copied from another. */
export function NewProcessDialog({
  processes,
  onClose,
}: {
  processes: readonly ProcessView[];
  onClose: () => void;
}) {
  const [copies, setCopies] = useState(false);
  const navigate = useNavigate();
  const form = useForm({
    shape: copies ? copied : own,
    gather,
    send: createProcess,
    onDone: ({ id }) => {
      void refreshProcesses();
      void navigate({ to: '/processes/$processId', params: { processId: id } });
    },
  });
  return (
    <Modal
      title="New process"
      lead="A process holds the drafts, the people and the rounds of one negotiation."
      onClose={onClose}
    >
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="name" error={form.errors.name} />
        {processes.length > 0 && (
          <fieldset className="choice">
            <legend>Themes, dimensions and sections</legend>
            <label>
              <input type="radio" checked={!copies} onChange={() => setCopies(false)} /> Its own
            </label>
            <label>
              <input type="radio" checked={copies} onChange={() => setCopies(true)} /> Copied from another
              process
            </label>
          </fieldset>
        )}
        {copies ? (
          <SelectField label="Copy from" name="copyFrom" error={form.errors.copyFrom}>
            {processes.map(({ process }) => (
              <option key={process.id} value={process.id}>
                {process.name}
              </option>
            ))}
          </SelectField>
        ) : (
          <SettingsFields errors={form.errors} />
        )}
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Make the process" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
