import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { formatMoment, type PublicDraft } from '@zerodraft/contract';
import { Printer } from 'lucide-react';
import { OWN_ZONE } from '../ui/moments.tsx';
import { publicDraftQuery } from './sharing-api.ts';

type Block = PublicDraft['blocks'][number];

function PublicBlock({ block }: { block: Block }) {
  const { id, kind, label, text } = block;
  switch (kind) {
    case 'title':
      return <h1 id={id}>{text}</h1>;
    case 'section':
      return <h2 id={id}>{text}</h2>;
    case 'objective':
      return (
        <h3 id={id}>
          {label && <span className="public-label">{label}. </span>}
          {text}
        </h3>
      );
    default:
      return (
        <p id={id} data-kind={kind}>
          {label && <span className="public-number">{label}</span>}
          {text}
        </p>
      );
  }
}

/** A draft as the holder of a public link reads it, without an account. */
export function PublicPage() {
  const { token } = useParams({ from: '/p/$token' });
  const { data, error, isPending } = useQuery(publicDraftQuery(token));
  if (isPending) return <p className="splash">Opening the text…</p>;
  if (error || !data)
    return (
      <main className="public-ended">
        <title>Zerodraft</title>
        <p className="entry-mark">Zerodraft</p>
        <h1>Nothing to read here</h1>
        <p role="alert">{error?.message}</p>
      </main>
    );
  const { title, processName, illustrative, editedAt, expiresAt, blocks } = data;
  const withTitle = blocks.some(({ kind, text }) => kind === 'title' && text.trim() !== '');
  return (
    <div className="public">
      <title>{`${title} · ${processName}`}</title>
      <meta name="robots" content="noindex" />
      <header>
        <div>
          <strong>{processName}</strong>
          <span>
            {illustrative && 'Illustrative. '}
            To read only; the text is a draft. Last edited{' '}
            <time dateTime={editedAt}>{formatMoment(editedAt, OWN_ZONE)}</time>.
            {expiresAt && (
              <span className="on-screen"> This link ends on {formatMoment(expiresAt, OWN_ZONE)}.</span>
            )}
          </span>
        </div>
        <button type="button" className="button" onClick={() => window.print()}>
          <Printer size={15} aria-hidden="true" /> Print
        </button>
      </header>
      <main className="public-text">
        {!withTitle && <h1>{title}</h1>}
        {blocks
          .filter(({ kind, text }) => kind !== 'title' || text.trim() !== '')
          .map((block) => (
            <PublicBlock key={block.id} block={block} />
          ))}
        {blocks.every(({ text }) => text.trim() === '') && <p className="empty">The text is still empty.</p>}
      </main>
    </div>
  );
}
