import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** A labelled control; its hint and its error are tied to it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}h`} className="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}e`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

type Common = Omit<FieldProps, 'children'>;

export function TextField({ label, hint, error, ...input }: Common & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <input type="text" {...input} {...ids} />}
    </Field>
  );
}

export function TextAreaField({ label, hint, error, ...area }: Common & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <textarea rows={4} {...area} {...ids} />}
    </Field>
  );
}

export function SelectField({ label, hint, error, ...select }: Common & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <select {...select} {...ids} />}
    </Field>
  );
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, hint, error, ...input }: Common & ComponentProps<'input'>) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <span className="password">
          <input {...input} {...ids} type={shown ? 'text' : 'password'} spellCheck={false} />
          <button
            type="button"
            className="icon-button"
            aria-label={shown ? 'Hide the password' : 'Show the password'}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={16} aria-hidden="true" /> : <Eye size={16} aria-hidden="true" />}
          </button>
        </span>
      )}
    </Field>
  );
}

export function CheckField({ label, hint, ...input }: Common & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className="check">
      <input type="checkbox" id={id} aria-describedby={hint ? `${id}h` : undefined} {...input} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}h`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What went wrong with a whole form or action; read out when it comes. */
export function Problem({ children }: { children: ReactNode }) {
  return children ? (
    <p role="alert" className="problem">
      {children}
    </p>
  ) : null;
}

/** The entries of a text with one on each line. */
export function linesOf(value: FormDataEntryValue | null): string[] {
  return String(value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
