import { DELEGATE_PROBLEM, type Member, organisationName } from '@zerodraft/contract';
import { z } from 'zod';
import { useProcess } from '../start/process-layout.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { changeMember, refreshMembers } from './members-api.ts';

const needed = z.object({ organisation: organisationName });
const free = z.object({
  organisation: z
    .string()
    .transform((text) => text.trim() || null)
    .pipe(organisationName.nullable()),
});

interface Props {
  member: Member;
  /** Whether the member becomes a delegate with it. */
  becomesDelegate: boolean;
  onClose: () => void;
}

/** Names the delegation or organisation of a member. */
export function OrganisationDialog({ member, becomesDelegate, onClose }: Props) {
  const { process } = useProcess();
  const required = becomesDelegate || member.role === 'delegate';
  const form = useForm({
    shape: required ? needed : free,
    send: ({ organisation }) =>
      changeMember(process.id, member.id, {
        organisation,
        ...(becomesDelegate ? { role: 'delegate' as const } : {}),
      }),
    onDone: () => {
      notify(becomesDelegate ? `${member.name} is now delegate.` : `Changed for ${member.name}.`);
      void refreshMembers(process.id);
      onClose();
    },
  });
  return (
    <Modal
      title={becomesDelegate ? `${member.name} becomes a delegate` : `Organisation of ${member.name}`}
      lead={required ? DELEGATE_PROBLEM : 'A delegation or organisation; may stay empty.'}
      onClose={onClose}
    >
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField
          label="Delegation or organisation"
          name="organisation"
          autoComplete="off"
          defaultValue={member.organisation ?? ''}
          error={form.errors.organisation}
        />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Save" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
