import {
  type CommentBlock,
  type CommentInline,
  commentTree,
  type Reference,
  referenceText,
} from '@zerodraft/contract';
import { memo, type ReactNode, useMemo } from 'react';
import { useNames } from './names.tsx';

function ReferenceChip({
  reference,
  onClause,
}: {
  reference: Reference;
  onClause: ((id: string) => void) | undefined;
}) {
  const { nameOf, titleOf } = useNames();
  const text = referenceText(reference, nameOf(reference));
  const title = titleOf(reference) ?? undefined;
  if (reference.kind === 'clause' && onClause)
    return (
      <button type="button" className="reference-chip" onClick={() => onClause(reference.id)}>
        {text}
      </button>
    );
  return (
    <span className="reference-chip" title={title}>
      {text}
    </span>
  );
}

/** Pieces of a text have no identity of their own: their place is their key. */
function keyed<T>(pieces: readonly T[], draw: (piece: T) => ReactNode): ReactNode[] {
  return pieces.map((piece, index) => <Piece key={index}>{draw(piece)}</Piece>);
}

function Piece({ children }: { children: ReactNode }) {
  return children;
}

/** A comment's text as its author formatted it. Made of elements, never of markup. */
export const CommentText = memo(function CommentText({
  body,
  onClause,
}: {
  body: string;
  /** Goes to a clause that is referred to. */
  onClause?: (id: string) => void;
}) {
  const tree = useMemo(() => commentTree(body), [body]);
  const inline = (node: CommentInline): ReactNode => {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'break':
        return <br />;
      case 'strong':
        return <strong>{keyed(node.children, inline)}</strong>;
      case 'emphasis':
        return <em>{keyed(node.children, inline)}</em>;
      case 'link':
        return (
          <a href={node.href} target="_blank" rel="noopener noreferrer nofollow">
            {keyed(node.children, inline)}
          </a>
        );
      case 'reference':
        return <ReferenceChip reference={node.reference} onClause={onClause} />;
    }
  };
  const block = (node: CommentBlock): ReactNode => {
    if (node.kind === 'paragraph') return <p>{keyed(node.children, inline)}</p>;
    const items = keyed(node.items, (item) => <li>{keyed(item, block)}</li>);
    return node.ordered ? <ol start={node.start}>{items}</ol> : <ul>{items}</ul>;
  };
  return <div className="comment-text">{keyed(tree, block)}</div>;
});
