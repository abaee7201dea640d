import { type Round, roundReopening } from '@zerodraft/contract';
import { useProcess } from '../start/process-layout.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, TextField } from '../ui/field.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { momentIn } from './round-dialog.tsx';
import { refreshRounds, reopenRound } from './rounds-api.ts';

/** Opens a closed round again, until a time or until somebody closes it. */
export function ReopenDialog({ round, onClose }: { round: Round; onClose: () => void }) {
  const { process } = useProcess();
  const form = useForm({
    shape: roundReopening,
    gather: (data) => ({ closesAt: momentIn(data.get('closesAt'), round.timeZone) }),
    send: ({ closesAt }) => reopenRound(process.id, round.id, closesAt),
    onDone: () => {
      notify(`${round.name} is open again.`);
      void refreshRounds(process.id);
      onClose();
    },
  });
  return (
    <Modal title={`Reopen ${round.name}`} onClose={onClose}>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField
          label={`Until (${round.timeZone.replaceAll('_', ' ')})`}
          name="closesAt"
          type="datetime-local"
          hint="Empty: until somebody closes it."
          error={form.errors.closesAt}
        />
        <Problem>{form.problem}</Problem>
        <DialogFoot action="Reopen" pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
