import { useSession } from '../shell/signed-in.tsx';

/** Says that a link was sent, in the same words whether or not there is an account. */
export function LinkSent({ email, what, onBack }: { email: string; what: string; onBack: () => void }) {
  const { mail } = useSession();
  return (
    <div className="link-sent" role="status">
      <p>
        If there is an account for <strong>{email}</strong>, a link to {what} is on its way to that address.
      </p>
      {mail ? (
        <p className="muted">Nothing came? Look among unwanted mail, or check the address.</p>
      ) : (
        <p className="muted">
          This server has no mail. The link stands where the server prints its log: ask whoever runs it.
        </p>
      )}
      <button type="button" className="button" onClick={onBack}>
        Back
      </button>
    </div>
  );
}
