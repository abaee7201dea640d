import { useMutation, useQuery } from '@tanstack/react-query';
import { LABELS_LIMIT, signature, type Thread } from '@zerodraft/contract';
import { type FormEvent, useState } from 'react';
import { draftMembersQuery } from '../members/members-api.ts';
import { useWorkspace } from '../session/use-draft.tsx';
import { DialogFoot, Modal } from '../ui/dialog.tsx';
import { Problem, SelectField, TextField } from '../ui/field.tsx';
import { useThreadActions } from './use-thread.ts';

const TEAM: readonly string[] = ['facilitator', 'drafter'];

/** Who sees to a thread, until when, and under which labels it is found. */
export function TaskDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const { session } = useWorkspace();
  const members = useQuery(draftMembersQuery(session.draft.id));
  const team = (members.data ?? []).filter(({ processRole, draftRole }) =>
    TEAM.includes(processRole === 'facilitator' ? processRole : (draftRole ?? processRole)),
  );
  const { assign, label } = useThreadActions();
  const [assigneeId, setAssignee] = useState(thread.assignee?.id ?? '');
  const [dueOn, setDueOn] = useState(thread.dueOn ?? '');
  const [labels, setLabels] = useState(thread.labels.join(', '));
  const list = [...new Set(labels.split(',').map((name) => name.trim()))].filter(Boolean);
  const saving = useMutation({
    mutationFn: async () => {
      if (assigneeId !== (thread.assignee?.id ?? '') || dueOn !== (thread.dueOn ?? ''))
        await assign(thread.id, { assigneeId: assigneeId || null, dueOn: dueOn || null });
      if (list.join() !== thread.labels.join()) await label(thread.id, list);
    },
    onSuccess: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Modal title="Assign and label" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <SelectField
          label="Assigned to"
          hint="Facilitators and drafters of this draft; they are told."
          value={assigneeId}
          onChange={(event) => setAssignee(event.target.value)}
        >
          <option value="">Nobody</option>
          {thread.assignee && !team.some(({ id }) => id === thread.assignee?.id) && (
            <option value={thread.assignee.id}>{signature(thread.assignee)}</option>
          )}
          {team.map((member) => (
            <option key={member.id} value={member.id}>
              {signature(member)}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Due on"
          type="date"
          value={dueOn}
          onChange={(event) => setDueOn(event.target.value)}
        />
        <TextField
          label="Labels"
          hint={`Separated by commas; at most ${LABELS_LIMIT}.`}
          value={labels}
          onChange={(event) => setLabels(event.target.value)}
        />
        <Problem>{saving.error?.message}</Problem>
        <DialogFoot action="Save" pending={saving.isPending} onClose={onClose} />
      </form>
    </Modal>
  );
}
