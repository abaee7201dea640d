import { CopyField } from '../ui/copy-field.tsx';

/** Backup codes, shown this once. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Zerodraft backup codes, each works once\n\n${codes.join('\n')}\n`)}`;
  return (
    <div className="form">
      <p>
        Keep these where you find them without your phone. Each signs you in once.{' '}
        <strong>They are not shown again.</strong>
      </p>
      <ol className="codes" aria-label="Backup codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <CopyField label="Backup codes" value={codes.join(' ')} />
      <div className="dialog-foot">
        <a className="button" href={file} download="zerodraft-backup-codes.txt">
          Save as a file
        </a>
        <button type="button" className="button button-primary" onClick={onDone}>
          I have kept them
        </button>
      </div>
    </div>
  );
}
