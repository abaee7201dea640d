import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Problem } from '../ui/field.tsx';
import { CommentEditor } from './writing/comment-editor.tsx';
import { isEmptyBody } from './writing/comment-markdown.ts';

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
  /** More choices, between the text and the buttons. */
  children?: ReactNode;
}

/** Writes one comment. What is written stays until it was sent; a repeated send is one comment. */
export function Composer({
  label,
  action,
  body,
  onChange,
  obstacle,
  send,
  onDone,
  autoFocus,
  children,
}: Props) {
  const id = useId();
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: () => send(body, requestId),
    onSuccess: () => {
      onChange('');
      setRequestId(crypto.randomUUID());
      onDone?.();
    },
  });
  const empty = isEmptyBody(body);
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!empty && obstacle === null && !sending.isPending) sending.mutate();
  };
  return (
    <form className="composer" onSubmit={submit}>
      <CommentEditor
        label={label}
        body={body}
        onChange={onChange}
        onSend={submit}
        onCancel={onDone}
        autoFocus={autoFocus}
        describedBy={obstacle === null ? undefined : `${id}o`}
      />
      {obstacle !== null && (
        <p id={`${id}o`} role="alert" className="problem">
          {obstacle} What you typed is kept on this device.
        </p>
      )}
      <Problem>{sending.error?.message}</Problem>
      {children}
      <div className="row">
        <button
          type="submit"
          className="button button-primary"
          disabled={empty || obstacle !== null || sending.isPending}
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
