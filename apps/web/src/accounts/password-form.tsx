import { z } from 'zod';
import { DialogFoot } from '../ui/dialog.tsx';
import { PasswordField, Problem } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';

const typed = z.object({ password: z.string().min(1, 'Type your password.') });

interface Props<Result> {
  action: string;
  send: (password: string) => Promise<Result>;
  onDone: (result: Result) => void;
  onClose: () => void;
}

/** In a dialog, asks for the password before something that needs it again. */
export function PasswordForm<Result>({ action, send, onDone, onClose }: Props<Result>) {
  const form = useForm({ shape: typed, send: ({ password }) => send(password), onDone });
  return (
    <form onSubmit={form.onSubmit} className="form" noValidate>
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        error={form.errors.password}
      />
      <Problem>{form.problem}</Problem>
      <DialogFoot action={action} pending={form.pending} onClose={onClose} />
    </form>
  );
}
