import { useMutation, useQuery } from '@tanstack/react-query';
import { type BatchResult, type BulkEditInput, bulkEdit } from '@zerodraft/contract';
import { DISPOSITION_LABELS, DISPOSITIONS, type Disposition, LIMITS } from '@zerodraft/trace';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Field, Problem, SelectField, TextAreaField } from '../ui/field.tsx';
import { editRows, type SeenRow, StaleError, termsQuery } from './library-api.ts';
import { StaleNotice } from './stale-notice.tsx';
import { TermChanges, type TermPlan } from './term-changes.tsx';
import { counted } from './use-batches.ts';

/** A text that is left as it is, emptied, or set. */
type TextPlan = { way: 'leave' | 'empty' | 'set'; text: string };
const LEAVE: TextPlan = { way: 'leave', text: '' };

function TextChange({
  label,
  plan,
  known,
  onChange,
}: {
  label: string;
  plan: TextPlan;
  /** Values that others have. */
  known: readonly string[];
  onChange: (plan: TextPlan) => void;
}) {
  const list = useId();
  return (
    <Field label={label}>
      {(ids) => (
        <span className="text-plan">
          <select
            {...ids}
            value={plan.way}
            onChange={({ target: { value } }) =>
              onChange({ ...plan, way: value === 'set' || value === 'empty' ? value : 'leave' })
            }
          >
            <option value="leave">Leave as it is</option>
            <option value="set">Set to…</option>
            <option value="empty">Make empty</option>
          </select>
          {plan.way === 'set' && (
            <>
              <input
                type="text"
                aria-label={`New ${label.toLowerCase()}`}
                dir="auto"
                maxLength={LIMITS.short}
                list={list}
                value={plan.text}
                onChange={({ target }) => onChange({ ...plan, text: target.value })}
              />
              <datalist id={list}>
                {known.map((each) => (
                  <option key={each} value={each} />
                ))}
              </datalist>
            </>
          )}
        </span>
      )}
    </Field>
  );
}

interface Props {
  processId: string;
  rows: readonly SeenRow[];
  sessions: readonly string[];
  onDone: (words: string, result: BatchResult) => void;
  onClose: () => void;
}

/** Changes many recommendations in the same way. */
export function EditDialog({ processId, rows, sessions, onDone, onClose }: Props) {
  const terms = useQuery(termsQuery(processId));
  const [disposition, setDisposition] = useState<Disposition | ''>('');
  const [reason, setReason] = useState('');
  const [session, setSession] = useState(LEAVE);
  const [phase, setPhase] = useState(LEAVE);
  const [plan, setPlan] = useState<TermPlan>(new Map());
  const [wrong, setWrong] = useState<{ reason?: string; all?: string }>({});
  const sending = useMutation({
    mutationFn: (edit: BulkEditInput) => editRows(processId, edit),
    onSuccess: (result) => {
      onDone(
        result.changed > 0 ? `${counted(result.changed)} changed.` : 'Nothing changed: all were so already.',
        result,
      );
      onClose();
    },
  });
  const { error } = sending;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (wrong.reason) form.current?.querySelector('textarea')?.focus();
  }, [wrong]);
  const send = (chosen: readonly SeenRow[]): void => {
    const told = (way: 'add' | 'remove') => [...plan].filter(([, each]) => each === way).map(([id]) => id);
    const [add, remove] = [told('add'), told('remove')];
    const set = {
      ...(disposition === '' ? {} : { disposition, dispositionReason: reason.trim() }),
      ...(session.way === 'leave' ? {} : { session: session.way === 'set' ? session.text : '' }),
      ...(phase.way === 'leave' ? {} : { phase: phase.way === 'set' ? phase.text : '' }),
    };
    const nothing = Object.keys(set).length === 0 && plan.size === 0;
    const unexplained = disposition === 'not-reflected' && reason.trim() === '';
    const edit = bulkEdit.safeParse({ rows: chosen, set, add, remove });
    if (nothing) setWrong({ all: 'Say what changes.' });
    else if (unexplained) setWrong({ reason: 'Say why it is not reflected.' });
    else if (!edit.success) setWrong({ all: edit.error.issues[0]?.message ?? 'This cannot be sent.' });
    else {
      setWrong({});
      if (!sending.isPending) sending.mutate(edit.data);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    send(rows);
  };
  return (
    <Modal
      title={`Edit ${counted(rows.length)}`}
      lead="What you leave as it is stays. The change can be undone."
      onClose={onClose}
    >
      <form ref={form} onSubmit={onSubmit} className="form" noValidate>
        <SelectField
          label="Disposition"
          value={disposition}
          onChange={({ target }) => setDisposition(DISPOSITIONS.find((each) => each === target.value) ?? '')}
        >
          <option value="">Leave as it is</option>
          {DISPOSITIONS.map((each) => (
            <option key={each} value={each}>
              {DISPOSITION_LABELS[each]}
            </option>
          ))}
        </SelectField>
        {disposition !== '' && (
          <TextAreaField
            label={disposition === 'not-reflected' ? 'Reason' : 'Reason (optional)'}
            rows={3}
            dir="auto"
            hint="Takes the place of reasons given before."
            value={reason}
            error={wrong.reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
        <div className="two">
          <TextChange label="Session" plan={session} known={sessions} onChange={setSession} />
          <TextChange label="Phase" plan={phase} known={[]} onChange={setPhase} />
        </div>
        <fieldset className="choice">
          <legend>Terms</legend>
          {terms.data && <TermChanges terms={terms.data} plan={plan} onChange={setPlan} />}
          {terms.isPending && <p className="muted">Fetching the terms…</p>}
          <Problem>{terms.error?.message}</Problem>
        </fieldset>
        <div className="dialog-end">
          {error instanceof StaleError ? (
            <StaleNotice
              processId={processId}
              stale={error.stale.rows}
              rows={sending.variables?.rows ?? rows}
              least={1}
              pending={sending.isPending}
              onGoOn={send}
            />
          ) : (
            <Problem>{wrong.all ?? error?.message}</Problem>
          )}
          <DialogFoot action="Change" pending={sending.isPending} onClose={onClose} />
        </div>
      </form>
    </Modal>
  );
}
