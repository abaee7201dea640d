import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { AlertDialog, Dialog } from 'radix-ui';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Problem } from './field.tsx';

interface Props {
  title: ReactNode;
  /** One sentence below the title, read out with it. */
  lead?: ReactNode;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A form's first field takes the focus, not the button that closes it. */
function focusFirstField(event: Event): void {
  const content = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
  const field = content?.querySelector<HTMLElement>('input:not([hidden]), select, textarea');
  if (!field) return;
  event.preventDefault();
  field.focus();
  if (field instanceof HTMLInputElement && !field.readOnly) field.select();
}

/** Gives the focus back to what opened a dialog; when that is gone, to what the page names for it, else to its content. */
function useFocusBack(): (event: Event) => void {
  const [opener] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    const next = document.querySelector('[data-focus-next]') ?? document.getElementById('content');
    const place = opener?.isConnected ? opener : next;
    if (place instanceof HTMLElement) place.focus();
  };
}

/** A button that is disabled while it works loses the focus: it has it again once it can be pressed again. */
function useFocusKept(disabled: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const lost = useRef(false);
  useLayoutEffect(() => {
    const at = document.activeElement;
    if (disabled) lost.current = at === button.current;
    else if (lost.current && (at === document.body || at === null)) button.current?.focus();
    if (!disabled) lost.current = false;
  }, [disabled]);
  return button;
}

/** A dialog that is open as long as it is drawn. */
export function Modal({ title, lead, wide, onClose, children }: Props) {
  const focusBack = useFocusBack();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content
          className={wide ? 'dialog' : 'dialog dialog-narrow'}
          {...(lead ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={focusBack}
        >
          <header className="dialog-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X size={18} aria-hidden="true" />
            </Dialog.Close>
          </header>
          {lead && <Dialog.Description className="dialog-lead">{lead}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ConfirmProps {
  title: ReactNode;
  children: ReactNode;
  /** The word on the button that does it. */
  action: string;
  danger?: boolean;
  perform: () => Promise<unknown>;
  onDone?: () => void;
  onClose: () => void;
}

/** Asks before something is done that others notice. */
export function Confirm({ title, children, action, danger, perform, onDone, onClose }: ConfirmProps) {
  const focusBack = useFocusBack();
  const doing = useMutation({
    mutationFn: perform,
    onSuccess: () => {
      onDone?.();
      onClose();
    },
  });
  const button = useFocusKept(doing.isPending);
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="overlay" />
        <AlertDialog.Content className="dialog dialog-narrow" onCloseAutoFocus={focusBack}>
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description className="dialog-lead" asChild>
            <div>{children}</div>
          </AlertDialog.Description>
          <Problem>{doing.error?.message}</Problem>
          <div className="dialog-foot">
            <AlertDialog.Cancel className="button">Cancel</AlertDialog.Cancel>
            <button
              ref={button}
              type="button"
              className={danger ? 'button button-danger' : 'button button-primary'}
              disabled={doing.isPending}
              onClick={() => doing.mutate()}
            >
              {action}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** The last row of a dialog's form: leave, or do it. */
export function DialogFoot({
  action,
  pending,
  onClose,
}: {
  action: string;
  pending: boolean;
  onClose: () => void;
}) {
  const button = useFocusKept(pending);
  return (
    <div className="dialog-foot">
      <button type="button" className="button" onClick={onClose}>
        Cancel
      </button>
      <button ref={button} type="submit" className="button button-primary" disabled={pending}>
        {action}
      </button>
    </div>
  );
}
