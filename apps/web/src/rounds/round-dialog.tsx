import { newRound, type Round } from '@zerodraft/contract';
import { momentOf, wallTime } from '@zerodraft/formats';
import { useId } from 'react';
import { useProcess } from '../start/process-layout.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { CheckField, Problem, TextField } from '../ui/field.tsx';
import { OWN_ZONE } from '../ui/moments.tsx';
import { notify } from '../ui/notices.tsx';
import { useForm } from '../ui/use-form.ts';
import { changeRound, createRound, refreshRounds } from './rounds-api.ts';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** A time of a form in the zone of the same form; what is no zone is left for the check to refuse. */
export function momentIn(wall: FormDataEntryValue | null, zone: string): string | null {
  const text = String(wall ?? '');
  if (text === '') return null;
  try {
    return momentOf(text, zone);
  } catch {
    return momentOf(text, 'UTC');
  }
}

function gather(form: FormData): unknown {
  const timeZone = String(form.get('timeZone') ?? '').trim();
  return {
    name: form.get('name'),
    timeZone,
    opensAt: momentIn(form.get('opensAt'), timeZone),
    closesAt: momentIn(form.get('closesAt'), timeZone),
    comments: form.get('comments') === 'on',
    proposals: form.get('proposals') === 'on',
  };
}

/** Makes a round, or changes one. */
export function RoundDialog({ round, onClose }: { round?: Round; onClose: () => void }) {
  const { process } = useProcess();
  const zones = useId();
  const form = useForm({
    shape: newRound,
    gather,
    send: async (values) => {
      if (round) await changeRound(process.id, round.id, values);
      else await createRound(process.id, values);
    },
    onDone: (_answer, { name }) => {
      notify(round ? `${name} was changed.` : `${name} was made.`);
      void refreshRounds(process.id);
      onClose();
    },
  });
  const zone = round?.timeZone ?? OWN_ZONE;
  const wall = (at: string | null | undefined): string => (at ? wallTime(at, zone) : '');
  return (
    <Modal title={round ? `Change ${round.name}` : 'New round'} onClose={onClose}>
      <form onSubmit={form.onSubmit} className="form" noValidate>
        <TextField label="Name" name="name" defaultValue={round?.name ?? ''} error={form.errors.name} />
        <TextField
          label="Time zone"
          name="timeZone"
          list={zones}
          autoComplete="off"
          defaultValue={zone}
          hint="The times below are of this zone; people are told them in it, and in their own."
          error={form.errors.timeZone}
        />
        <datalist id={zones}>
          {ZONES.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div className="two">
          <TextField
            label="Opens"
            name="opensAt"
            type="datetime-local"
            defaultValue={wall(round?.opensAt)}
            hint="Empty: open from the beginning."
            error={form.errors.opensAt}
          />
          <TextField
            label="Closes"
            name="closesAt"
            type="datetime-local"
            defaultValue={wall(round?.closesAt)}
            hint="Empty: open until somebody closes it."
            error={form.errors.closesAt}
          />
        </div>
        <fieldset className="choice">
          <legend>Opens to delegates</legend>
          <CheckField name="comments" label="Comments" defaultChecked={round?.comments ?? true} />
          <CheckField name="proposals" label="Proposals" defaultChecked={round?.proposals ?? true} />
        </fieldset>
        <Problem>{form.problem}</Problem>
        <DialogFoot action={round ? 'Save' : 'Make the round'} pending={form.pending} onClose={onClose} />
      </form>
    </Modal>
  );
}
