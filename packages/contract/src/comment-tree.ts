import type { PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { bodyParts, type Reference } from './comment-body.ts';

/** A run of a comment's text. */
export type CommentInline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'emphasis'; children: CommentInline[] }
  /** Only http, https and mailto; any other address stays text. */
  | { kind: 'link'; href: string; children: CommentInline[] }
  | { kind: 'reference'; reference: Reference };

/** A paragraph or a list of a comment. */
export type CommentBlock =
  | { kind: 'paragraph'; children: CommentInline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: CommentBlock[][] };

// Comments have bold, italic, lists and links; every other sign of Markdown is what it looks like.
const DISABLED = [
  'autolink',
  'blockQuote',
  'characterReference',
  'codeFenced',
  'codeIndented',
  'codeText',
  'definition',
  'headingAtx',
  'htmlFlow',
  'htmlText',
  'labelStartImage',
  'setextUnderline',
  'thematicBreak',
];
const EXTENSIONS = [gfmAutolinkLiteral(), { disable: { null: DISABLED } }];
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:)/i;

// While Markdown is read, a private-use letter and its index stand for each reference: names may hold any sign.
const STAND_IN = /\ue002(\d+)\ue003/;
const PRIVATE_USE = /[\ue000-\ue00f]/g;

/** Reads a comment's Markdown subset and its references. Never throws: what is not understood is text. */
export function commentTree(body: string): CommentBlock[] {
  const references: Reference[] = [];
  const source = bodyParts(body.replace(PRIVATE_USE, ''))
    .map((part) => (part.kind === 'text' ? part.text : `\ue002${references.push(part) - 1}\ue003`))
    .join('');
  const root = fromMarkdown(source, {
    extensions: EXTENSIONS,
    mdastExtensions: [gfmAutolinkLiteralFromMarkdown()],
  });

  function textOf(value: string): CommentInline[] {
    return value.split(STAND_IN).flatMap((piece, index): CommentInline[] => {
      const reference = index % 2 === 1 ? references[Number(piece)] : undefined;
      if (reference) return [{ kind: 'reference', reference }];
      return piece
        .split('\n')
        .flatMap((line, nth): CommentInline[] => [
          ...(nth > 0 ? [{ kind: 'break' } as const] : []),
          ...(line === '' ? [] : [{ kind: 'text', text: line } as const]),
        ]);
    });
  }

  /** The source of something that comments do not have. */
  function asWritten(node: { position?: { start: { offset?: number }; end: { offset?: number } } }) {
    return textOf(source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0));
  }

  function inline(node: PhrasingContent): CommentInline[] {
    switch (node.type) {
      case 'text':
        return textOf(node.value);
      case 'break':
        return [{ kind: 'break' }];
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, children: node.children.flatMap(inline) }];
      case 'link': {
        const children = node.children.flatMap(inline);
        return SAFE_ADDRESS.test(node.url) ? [{ kind: 'link', href: node.url, children }] : asWritten(node);
      }
      default:
        return asWritten(node);
    }
  }

  function block(node: RootContent): CommentBlock[] {
    switch (node.type) {
      case 'paragraph':
        return [{ kind: 'paragraph', children: node.children.flatMap(inline) }];
      case 'list':
        return [
          {
            kind: 'list',
            ordered: node.ordered === true,
            start: node.start ?? 1,
            items: node.children.map((item) => item.children.flatMap(block)),
          },
        ];
      default:
        return [{ kind: 'paragraph', children: asWritten(node) }];
    }
  }

  return root.children.flatMap(block);
}
