import { type Deposit, depositReturn } from '@zerodraft/contract';
import { languageName } from '../sources/source-details.ts';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextAreaField } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';

interface Props {
  deposit: Deposit;
  send: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Gives a deposit back with a reason that its depositor reads. */
export function ReturnDialog({ deposit, send, onClose }: Props) {
  const form = useForm({
    shape: depositReturn.pick({ reason: true }),
    send: ({ reason }) => send(reason),
    onDone: onClose,
  });
  return (
    <Modal title="Return" lead="The deposit does not enter the library." onClose={onClose}>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextAreaField
          label="Reason"
          name="reason"
          dir="auto"
          rows={5}
          hint={`The depositor reads it on the receipt page. They wrote in ${languageName(deposit.language)}.`}
          error={form.errors.reason}
        />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Return" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
