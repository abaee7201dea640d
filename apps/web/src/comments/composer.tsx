import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Problem } from '../ui/field.tsx';

interface Props {
  label: string;
  action: string;
  /** What is typed so far; kept by whoever draws this, through closed rounds and lost connections. */
  body: string;
  onChange: (body: string) => void;
  /** Why it cannot be sent now; null when it can. */
  obstacle: string | null;
  send: (body: string, id: string) => Promise<unknown>;
  onDone?: () => void;
  autoFocus?: boolean;
}

/** Writes one comment. What is written stays until it was sent; a repeated send is one comment. */
export function Composer({ label, action, body, onChange, obstacle, send, onDone, autoFocus }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () => send(body, requestId),
    onSuccess: () => {
      onChange('');
      setRequestId(crypto.randomUUID());
      onDone?.();
    },
  });
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (body.trim() !== '' && obstacle === null && !sending.isPending) sending.mutate();
  };
  return (
    <form className="composer" onSubmit={submit}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <textarea
        id={id}
        ref={field}
        rows={2}
        placeholder={label}
        value={body}
        aria-describedby={obstacle === null ? undefined : `${id}o`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          if (event.key === 'Escape') onDone?.();
        }}
      />
      {obstacle !== null && (
        <p id={`${id}o`} role="alert" className="problem">
          {obstacle} What you typed is kept on this device.
        </p>
      )}
      <Problem>{sending.error?.message}</Problem>
      <div className="row">
        <button
          type="submit"
          className="button button-primary"
          disabled={body.trim() === '' || obstacle !== null || sending.isPending}
        >
          {action}
        </button>
        {onDone && (
          <button type="button" className="button" onClick={onDone}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
}
