import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import { formatMoment, type PublicDraft } from '@zerodraft/contract';
import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { OWN_ZONE } from '../ui/moments.tsx';
import { PublicClause } from './public-clause.tsx';
import { publicDraftQuery } from './sharing-api.ts';

type Block = PublicDraft['blocks'][number];

/** A clause's number, which is its address as well. */
function Label({ block, className }: { block: Block; className: string }) {
  const { id, label, citation } = block;
  if (label === '') return null;
  return (
    <a
      className={className}
      href={`#${encodeURIComponent(id)}`}
      aria-label={`${citation}, address of this clause`}
    >
      {label}
    </a>
  );
}

function PublicBlock({ block, here }: { block: Block; here: boolean }) {
  const { id, kind, label, text } = block;
  const place = { id, ...(here ? { 'data-here': '' } : {}) };
  switch (kind) {
    case 'title':
      return <h1 {...place}>{text}</h1>;
    case 'section':
      return <h2 {...place}>{text}</h2>;
    case 'objective':
      return (
        <h3 {...place}>
          <Label block={block} className="public-label" />
          {label && <span className="public-label">. </span>}
          {text}
        </h3>
      );
    default:
      return (
        <p {...place} data-kind={kind}>
          <Label block={block} className="public-number" />
          {text}
        </p>
      );
  }
}

/** The clause that the page's address names. */
function useAddressed(): string {
  const { hash } = useLocation();
  try {
    return decodeURIComponent(hash);
  } catch {
    return '';
  }
}

function PublicText({ token, draft }: { token: string; draft: PublicDraft }) {
  const { title, blocks } = draft;
  const addressed = useAddressed();
  const [open, setOpen] = useState<string | null>(null);
  // The text comes after the page: only now there is something to go to.
  useEffect(() => {
    if (addressed === '') return;
    document.getElementById(addressed)?.scrollIntoView({ block: 'center' });
    setOpen(addressed);
  }, [addressed]);
  const withTitle = blocks.some(({ kind, text }) => kind === 'title' && text.trim() !== '');
  return (
    <main className="public-text">
      {addressed !== '' && blocks.every(({ id }) => id !== addressed) && (
        <p className="callout on-screen" role="status">
          The clause that this link leads to is no longer in the text.
        </p>
      )}
      {!withTitle && <h1>{title}</h1>}
      {blocks
        .filter(({ kind, text }) => kind !== 'title' || text.trim() !== '')
        .map((block) => {
          const shown = <PublicBlock key={block.id} block={block} here={block.id === addressed} />;
          return block.sources === 0 ? (
            shown
          ) : (
            <PublicClause
              key={block.id}
              block={block}
              token={token}
              open={open === block.id}
              onOpen={setOpen}
            >
              {shown}
            </PublicClause>
          );
        })}
      {blocks.every(({ text }) => text.trim() === '') && <p className="empty">The text is still empty.</p>}
    </main>
  );
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
  const { title, processName, illustrative, editedAt, expiresAt, withSources } = data;
  return (
    <div className={withSources ? 'public public-traced' : 'public'}>
      <title>{`${title} · ${processName}`}</title>
      <meta name="robots" content="noindex" />
      <header>
        <div>
          <strong>{processName}</strong>
          <span>
            {illustrative && 'Illustrative. '}
            To read only; the text is a draft. Last edited{' '}
            <time dateTime={editedAt}>{formatMoment(editedAt, OWN_ZONE)}</time>.
            {withSources && (
              <span className="on-screen">
                {' '}
                Beside each clause you open the recommendations it comes from.
              </span>
            )}
            {expiresAt && (
              <span className="on-screen"> This link ends on {formatMoment(expiresAt, OWN_ZONE)}.</span>
            )}
          </span>
        </div>
        <button type="button" className="button" onClick={() => window.print()}>
          <Printer size={15} aria-hidden="true" /> Print
        </button>
      </header>
      <PublicText token={token} draft={data} />
    </div>
  );
}
