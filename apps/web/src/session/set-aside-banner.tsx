import type { SetAside } from './use-draft-session.ts';

const FILE = 'not-taken.txt';

/** Says why the server did not take a change, and gives back what was written. */
export function SetAsideBanner({ setAside, onDismiss }: { setAside: SetAside; onDismiss: () => void }) {
  const href = `data:text/plain;charset=utf-8,${encodeURIComponent(setAside.text)}`;
  return (
    <div className="banner" role="alert">
      <p>
        {setAside.reason} The draft is shown as the server has it. The text as you had it, with what was not
        taken, can be saved as a file.
      </p>
      <a className="button" href={href} download={FILE}>
        Save my text
      </a>
      <button type="button" className="button" onClick={onDismiss}>
        Close
      </button>
    </div>
  );
}
