import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

function CopyButton({
  label,
  value,
  onCopied,
}: {
  label: string;
  value: string;
  onCopied: (ok: boolean) => void;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      onCopied(true);
    } catch {
      onCopied(false);
    }
  };
  return (
    <button type="button" className="button" onClick={copy}>
      {copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
      {label}
    </button>
  );
}

/** The receipt's code, shown this once. */
export function GivenCode({ code, onAnother }: { code: string; onAnother: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<boolean | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // Behind the hash, which browsers do not send.
  const link = `${window.location.origin}/box/receipt#${code}`;
  return (
    <div className="box-done">
      <h1 ref={heading} tabIndex={-1}>
        {t('done.title')}
      </h1>
      <p>{t('done.lead')}</p>
      <div className="box-code">
        <span>{t('done.code')}</span>
        <strong className="given-code" dir="ltr" data-testid="receipt-code">
          {code}
        </strong>
      </div>
      <div className="form-foot">
        <CopyButton label={t('done.copy')} value={code} onCopied={setCopied} />
        <CopyButton label={t('done.copyLink')} value={link} onCopied={setCopied} />
      </div>
      <p role="status" className="field-hint">
        {copied === true && t('done.copied')}
        {copied === false && t('done.copyFailed')}
      </p>
      <p>
        <a href={link}>{t('done.link')}</a>
      </p>
      <button type="button" className="link-button" onClick={onAnother}>
        {t('done.another')}
      </button>
    </div>
  );
}
