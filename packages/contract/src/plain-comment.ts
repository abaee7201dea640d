import type { Reference } from './comment-body.ts';
import { type CommentBlock, type CommentInline, commentTree } from './comment-tree.ts';

/** What a reference is called now; null when nobody knows it. */
export type NameOf = (reference: Reference) => string | null;

/** How a reference reads: "@Jonas Okwuosa", "#12(a)", "@REF-1". */
export function referenceText(reference: Reference, name: string | null): string {
  return `${reference.kind === 'clause' ? '#' : '@'}${name ?? '…'}`;
}

function inlineText(nameOf: NameOf) {
  return function text(node: CommentInline): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'break':
        return '\n';
      case 'reference':
        return referenceText(node.reference, nameOf(node.reference));
      case 'link': {
        const shown = node.children.map(text).join('');
        return shown === node.href || node.href === `mailto:${shown}` || node.href === `http://${shown}`
          ? shown
          : `${shown} (${node.href})`;
      }
      default:
        return node.children.map(text).join('');
    }
  };
}

/** A comment as plain text, for mails, sheets and where there is room for one line. */
export function plainBody(body: string, nameOf: NameOf): string {
  const text = inlineText(nameOf);
  const blockText = (block: CommentBlock): string =>
    block.kind === 'paragraph'
      ? block.children.map(text).join('')
      : block.items
          .map((item, index) => {
            const sign = block.ordered ? `${block.start + index}.` : '-';
            return `${sign} ${item.map(blockText).join('\n').replaceAll('\n', '\n  ')}`;
          })
          .join('\n');
  return commentTree(body).map(blockText).join('\n\n');
}
