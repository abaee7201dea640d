import { useMutation } from '@tanstack/react-query';
import {
  INVITATIONS_AT_ONCE,
  type InvitationPreview,
  ROLE_LABELS,
  type SentInvitation,
} from '@zerodraft/contract';
import { useState } from 'react';
import { Problem, TextAreaField } from '../ui/field.tsx';
import { invite, previewInvitations } from './members-api.ts';

interface Props {
  processId: string;
  onSent: (sent: readonly SentInvitation[]) => void;
  onClose: () => void;
}

const EXAMPLE = `María López <m.lopez@mission.example>, Permanent Mission of Example, delegate
j.doe@ngo.example, Migrant Voices, observer`;

function Preview({ preview }: { preview: InvitationPreview }) {
  const { invitations, errors } = preview;
  return (
    <div className="invite-preview">
      {errors.length > 0 && (
        <div className="line-errors">
          <h3>{errors.length === 1 ? '1 line needs mending' : `${errors.length} lines need mending`}</h3>
          <ul>
            {errors.map(({ line, text, message }) => (
              <li key={line}>
                <strong>Line {line}:</strong> {message}
                <code>{text}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {invitations.length > 0 && (
        <div className="scroll-x">
          <table className="preview">
            <caption className="visually-hidden">Who would be invited</caption>
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Name</th>
                <th scope="col">Email</th>
                <th scope="col">Organisation</th>
                <th scope="col">Role</th>
              </tr>
            </thead>
            <tbody>
              {invitations.map(({ line, name, email, organisation, role }) => (
                <tr key={line}>
                  <td>{line}</td>
                  <td>{name}</td>
                  <td>{email}</td>
                  <td>{organisation}</td>
                  <td>{ROLE_LABELS[role]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** Invites many: a pasted list or a CSV file, looked at before anything is sent. */
export function InviteList({ processId, onSent, onClose }: Props) {
  const [text, setText] = useState('');
  const check = useMutation({ mutationFn: () => previewInvitations(processId, text) });
  const send = useMutation({
    mutationFn: ({ invitations }: InvitationPreview) =>
      invite(
        processId,
        invitations.map(({ line: _line, ...invitation }) => invitation),
      ),
    onSuccess: onSent,
  });
  const change = (next: string): void => {
    setText(next);
    check.reset();
    send.reset();
  };
  const preview = check.data;
  const count = preview?.invitations.length ?? 0;
  const left = preview?.errors.length ?? 0;
  return (
    <div className="form">
      <TextAreaField
        label="People, one on each line"
        hint="Name <address>, organisation, role. Or a CSV with a header row: name, email, organisation, role."
        rows={8}
        spellCheck={false}
        placeholder={EXAMPLE}
        value={text}
        onChange={({ target }) => change(target.value)}
      />
      <label className="file-button">
        <span>Or choose a CSV file</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={async ({ target }) => {
            const file = target.files?.[0];
            if (file) change(await file.text());
          }}
        />
      </label>
      <Problem>{check.error?.message ?? send.error?.message}</Problem>
      {preview && (
        <p role="status">
          {count} {count === 1 ? 'person' : 'people'} to invite
          {left > 0 && `, ${left} ${left === 1 ? 'line' : 'lines'} with errors`}
        </p>
      )}
      {preview && <Preview preview={preview} />}
      {count > INVITATIONS_AT_ONCE && (
        <Problem>At most {INVITATIONS_AT_ONCE} people go in one list. Split it.</Problem>
      )}
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className={preview ? 'button' : 'button button-primary'}
          disabled={text.trim() === '' || check.isPending}
          onClick={() => check.mutate()}
        >
          {preview ? 'Check again' : 'Check the list'}
        </button>
        {preview && (
          <button
            type="button"
            className="button button-primary"
            disabled={count === 0 || count > INVITATIONS_AT_ONCE || send.isPending}
            onClick={() => send.mutate(preview)}
          >
            Invite {count} {count === 1 ? 'person' : 'people'}
            {left > 0 && ', leave the rest'}
          </button>
        )}
      </div>
    </div>
  );
}
