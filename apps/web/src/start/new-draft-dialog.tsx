import { useNavigate } from '@tanstack/react-router';
import { newDraft, type ProcessView } from '@zerodraft/contract';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, SelectField, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { createDraft, refreshProcesses } from './process-api.ts';

function gather(form: FormData): unknown {
  const copyOf = form.get('copyOf');
  return { title: form.get('title'), ...(copyOf ? { copyOf } : {}) };
}

/** Makes a draft: blank with the process's sections, or a copy of another's text and links. */
export function NewDraftDialog({ view, onClose }: { view: ProcessView; onClose: () => void }) {
  const navigate = useNavigate();
  const { process } = view;
  const sources = view.drafts.filter(({ draft }) => draft.state !== 'deleted');
  const form = useForm({
    shape: newDraft,
    gather,
    send: (values) => createDraft(process.id, values),
    onDone: ({ id }) => {
      void refreshProcesses();
      void navigate({ to: '/drafts/$draftId', params: { draftId: id } });
    },
  });
  return (
    <Modal title="New draft" lead={`In ${process.name}.`} onClose={onClose}>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="title" error={form.errors.title} />
        <SelectField
          label="Begin with"
          name="copyOf"
          hint="A copy takes the text and its links to recommendations, not the comments."
          error={form.errors.copyOf}
        >
          <option value="">
            {process.sections.length > 0
              ? `A blank text with ${process.sections.length} sections`
              : 'A blank text'}
          </option>
          {sources.map(({ draft }) => (
            <option key={draft.id} value={draft.id}>
              A copy of “{draft.title}”
            </option>
          ))}
        </SelectField>
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Make the draft" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
