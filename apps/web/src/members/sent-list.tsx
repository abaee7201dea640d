import { INVITATION_DAYS, type SentInvitation } from '@zerodraft/contract';
import { CopyField } from '../ui/copy-field.tsx';

/** What became of invitations: mailed, refused by the mail server, or links to hand on. */
export function SentList({ sent }: { sent: readonly SentInvitation[] }) {
  const mailed = sent.filter(({ delivery }) => delivery === 'mailed');
  const failed = sent.filter(({ delivery }) => delivery === 'failed');
  const shown = sent.flatMap(({ email, link }) => (link === null ? [] : [{ email, link }]));
  return (
    <div className="sent">
      <p role="status">
        {mailed.length > 0 &&
          (mailed.length === 1
            ? `The invitation to ${mailed[0]?.email} was mailed.`
            : `${mailed.length} invitations were mailed.`)}
      </p>
      {failed.length > 0 && (
        <div className="problem" role="alert">
          <p>The mail server did not take these; they are pending, resend them later:</p>
          <ul>
            {failed.map(({ id, email }) => (
              <li key={id}>{email}</li>
            ))}
          </ul>
        </div>
      )}
      {shown.length > 0 && (
        <>
          <p>
            This server has no mail, so hand these links on yourself. Each works once, for {INVITATION_DAYS}{' '}
            days, and <strong>is not shown again</strong>.
          </p>
          <ul className="link-list">
            {shown.map(({ email, link }) => (
              <li key={email}>
                <span>{email}</span>
                <CopyField label={`Link for ${email}`} value={link} />
              </li>
            ))}
          </ul>
          {shown.length > 1 && (
            <div className="all-links">
              <p>All of them, an address and its link on each line</p>
              <CopyField
                label="All links"
                value={shown.map(({ email, link }) => `${email} ${link}`).join('\n')}
              />
            </div>
          )}
        </>
      )}
    </div>
  );
}
