import type { PublicDraft } from '@zerodraft/contract';
import { type ReactNode, useRef } from 'react';
import { PublicSources } from './public-sources.tsx';

type Block = PublicDraft['blocks'][number];

/** How a clause is named: "paragraph 12(a)". */
function nameOf({ kind, citation }: Block): string {
  return kind === 'objective' || citation.startsWith('Objective') ? citation : `paragraph ${citation}`;
}

/** A clause of a public draft whose sources can be opened beside it. */
export function PublicClause({
  block,
  token,
  open,
  onOpen,
  children,
}: {
  block: Block;
  token: string;
  open: boolean;
  onOpen: (clauseId: string | null) => void;
  children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const panel = `sources-${block.id}`;
  const close = (): void => {
    onOpen(null);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button within opened.
    <div
      className="public-clause"
      data-kind={block.kind}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close();
      }}
    >
      {children}
      <button
        ref={button}
        type="button"
        className="public-count"
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => onOpen(open ? null : block.id)}
      >
        {block.sources} {block.sources === 1 ? 'source' : 'sources'}
        <span className="visually-hidden"> of {nameOf(block)}</span>
      </button>
      {open && (
        <PublicSources id={panel} token={token} clauseId={block.id} name={nameOf(block)} onClose={close} />
      )}
    </div>
  );
}
