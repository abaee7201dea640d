import { Link } from '@tanstack/react-router';
import { newProcess } from '@zerodraft/contract';
import { linesOf, Problem, TextField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { changeProcess, refreshProcesses } from './process-api.ts';
import { useProcess } from './process-layout.tsx';
import { SectionsField } from './settings-fields.tsx';

const shape = newProcess.options[1].pick({ name: true, sections: true });

function gather(form: FormData): unknown {
  return {
    name: form.get('name'),
    sections: linesOf(form.get('sections')),
  };
}

/** The settings of a process. */
export function SettingsPage() {
  const { process } = useProcess();
  const form = useForm({
    shape,
    gather,
    send: (values) => changeProcess(process.id, values),
    onDone: async () => {
      notify('The settings were changed.');
      await refreshProcesses();
    },
  });
  return (
    <section aria-labelledby="settings-title" className="settings">
      <h2 id="settings-title">Settings</h2>
      <p className="page-lead">
        Themes, dimensions, kinds and regions are kept on{' '}
        <Link to="/processes/$processId/taxonomies" params={{ processId: process.id }}>
          the page of taxonomies
        </Link>
        .
      </p>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="name" defaultValue={process.name} error={form.errors.name} />
        <SectionsField errors={form.errors} sections={process.sections} />
        <Problem>{form.problem}</Problem>
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={form.pending}>
            Save the settings
          </button>
        </div>
      </form>
    </section>
  );
}
