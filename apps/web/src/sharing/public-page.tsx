import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { formatMoment, type PublicDraft } from '@zerodraft/contract';
import { Printer } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { OWN_ZONE } from '../ui/moments.tsx';
import { publicDraftQuery } from './sharing-api.ts';

function onHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** What the address names after its hash. */
function useHash(): string {
  return useSyncExternalStore(onHash, () => window.location.hash.slice(1));
}

type Block = PublicDraft['blocks'][number];

/** A number that is the clause's address as well. */
function ClauseNumber({ id, label, citation }: Pick<Block, 'id' | 'label' | 'citation'>) {
  return (
    <a
      className="public-number"
      href={`#${encodeURIComponent(id)}`}
      aria-label={`${label}, link to ${citation || label}`}
    >
      {label}
    </a>
  );
}

function PublicBlock({ block, addressed }: { block: Block; addressed: boolean }) {
  const { id, kind, label, citation, text } = block;
  const own = { id, tabIndex: -1, ...(addressed ? { 'data-addressed': true } : {}) };
  switch (kind) {
    case 'title':
      return <h1 {...own}>{text}</h1>;
    case 'section':
      return <h2 {...own}>{text}</h2>;
    case 'objective':
      return (
        <h3 {...own}>
          {label && <span className="public-label">{label}. </span>}
          {text}
        </h3>
      );
    default:
      return (
        <p {...own} data-kind={kind}>
          {label && <ClauseNumber id={id} label={label} citation={citation} />}
          {text}
        </p>
      );
  }
}

/** A draft as the holder of a public link reads it, without an account. */
export function PublicPage() {
  const { token } = useParams({ from: '/p/$token' });
  const { data, error, isPending } = useQuery(publicDraftQuery(token));
  const hash = useHash();
  const addressed = data?.blocks.find(({ id }) => encodeURIComponent(id) === hash)?.id ?? null;
  useEffect(() => {
    // The browser looked for it before the text was there.
    if (addressed !== null) document.getElementById(addressed)?.focus();
  }, [addressed]);
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
        {hash !== '' && addressed === null && (
          <p className="callout on-screen" role="status">
            The clause that this link leads to is no longer in the text.
          </p>
        )}
        {!withTitle && <h1>{title}</h1>}
        {blocks
          .filter(({ kind, text }) => kind !== 'title' || text.trim() !== '')
          .map((block) => (
            <PublicBlock key={block.id} block={block} addressed={block.id === addressed} />
          ))}
        {blocks.every(({ text }) => text.trim() === '') && <p className="empty">The text is still empty.</p>}
      </main>
    </div>
  );
}
