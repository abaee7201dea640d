import { newInvitation, ROLE_LABELS, ROLES, type SentInvitation } from '@zerodraft/contract';
import { DialogFoot } from '../ui/dialog.tsx';
import { Problem, SelectField, TextField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { invite } from './members-api.ts';

interface Props {
  processId: string;
  onSent: (sent: readonly SentInvitation[]) => void;
  onClose: () => void;
}

function gather(form: FormData): unknown {
  const organisation = String(form.get('organisation') ?? '').trim();
  return { ...Object.fromEntries(form.entries()), organisation: organisation || null };
}

/** Invites one person. */
export function InviteOne({ processId, onSent, onClose }: Props) {
  const form = useForm({
    shape: newInvitation,
    gather,
    send: (invitation) => invite(processId, [invitation]),
    onDone: onSent,
  });
  return (
    <form onSubmit={form.onSubmit} className="form" noValidate>
      <div className="two">
        <TextField label="Name" name="name" autoComplete="off" error={form.errors.name} />
        <TextField label="Email" name="email" type="email" autoComplete="off" error={form.errors.email} />
        <TextField
          label="Delegation or organisation"
          name="organisation"
          autoComplete="off"
          hint="Needed for delegates."
          error={form.errors.organisation}
        />
        <SelectField label="Role" name="role" defaultValue="delegate" error={form.errors.role}>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {ROLE_LABELS[role]}
            </option>
          ))}
        </SelectField>
      </div>
      <Problem>{form.problem}</Problem>
      <DialogFoot action="Invite" pending={form.pending} onClose={onClose} />
    </form>
  );
}
