import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

/** A text that is shown to be handed on, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      // Without the right to write the clipboard, one copies by hand.
      setState('failed');
    }
  };
  return (
    <div className="copy-field">
      <input
        readOnly
        value={value}
        aria-label={label}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <button type="button" className="button" onClick={copy}>
        {state === 'copied' ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
        {state === 'copied' ? 'Copied' : 'Copy'}
        <span className="visually-hidden"> {label}</span>
      </button>
      <span role="status" className={state === 'failed' ? 'field-hint' : 'visually-hidden'}>
        {state === 'copied' && 'Copied.'}
        {state === 'failed' && 'The browser does not let this page copy: select the text and copy it.'}
      </span>
    </div>
  );
}
