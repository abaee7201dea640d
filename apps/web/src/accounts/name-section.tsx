import { useQueryClient } from '@tanstack/react-query';
import { accountChange } from '@zerodraft/contract';
import { useAccount } from '../shell/signed-in.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { renameAccount } from './account-api.ts';

export function NameSection() {
  const account = useAccount();
  const queries = useQueryClient();
  const form = useForm({
    shape: accountChange,
    send: ({ name }) => renameAccount(name),
    onDone: async () => {
      notify('Your name was changed.');
      await queries.invalidateQueries();
    },
  });
  return (
    <section aria-labelledby="name-title" className="section">
      <div className="section-head">
        <h2 id="name-title">Name</h2>
        <p>As others see you. Your email address, {account.email}, cannot be changed here.</p>
      </div>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          defaultValue={account.name}
          error={form.errors.name}
        />
        <Problem>{form.problem}</Problem>
        <div className="form-foot">
          <button type="submit" className="button" disabled={form.pending}>
            Change the name
          </button>
        </div>
      </form>
    </section>
  );
}
