import type { JSONContent } from '@tiptap/core';
import {
  type CommentBlock,
  type CommentInline,
  commentTree,
  type NameOf,
  plainBody,
  type Reference,
  referenceText,
  token,
} from '@zerodraft/contract';
import { z } from 'zod';

type Mark = NonNullable<JSONContent['marks']>[number];

function inlineContent(nodes: readonly CommentInline[], nameOf: NameOf, marks: Mark[] = []): JSONContent[] {
  return nodes.flatMap((node): JSONContent[] => {
    switch (node.kind) {
      case 'text':
        return [{ type: 'text', text: node.text, marks }];
      case 'break':
        return [{ type: 'hardBreak' }];
      case 'reference': {
        const label = referenceText(node.reference, nameOf(node.reference));
        return [{ type: 'reference', attrs: { ...node.reference, label } }];
      }
      case 'link':
        return inlineContent(node.children, nameOf, [...marks, { type: 'link', attrs: { href: node.href } }]);
      default:
        return inlineContent(node.children, nameOf, [
          ...marks,
          { type: node.kind === 'strong' ? 'bold' : 'italic' },
        ]);
    }
  });
}

/** A comment's text as the content of the editor that it is written in. */
export function contentOfBody(body: string, nameOf: NameOf): JSONContent {
  const block = (node: CommentBlock): JSONContent =>
    node.kind === 'paragraph'
      ? { type: 'paragraph', content: inlineContent(node.children, nameOf) }
      : {
          type: node.ordered ? 'orderedList' : 'bulletList',
          ...(node.ordered ? { attrs: { start: node.start } } : {}),
          content: node.items.map((item) => ({
            type: 'listItem',
            content:
              item[0]?.kind === 'paragraph' ? item.map(block) : [{ type: 'paragraph' }, ...item.map(block)],
          })),
        };
  const content = commentTree(body).map(block);
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

const referenceAttrs = z.object({
  kind: z.enum(['person', 'organisation', 'clause', 'recommendation']),
  id: z.string(),
});
const href = z.object({ href: z.string() });

/** How much of Markdown is written out: what is typed, or, when that reads back as something else, ever less. */
type Care = 'marks' | 'plain' | 'escaped';

function escaped(text: string, care: Care): string {
  if (care === 'escaped') return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
  return text.replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\').replace(/[*_]|\](?=\()/g, '\\$&');
}

function hasMark(node: JSONContent, type: string): boolean {
  return node.marks?.some((mark) => mark.type === type) ?? false;
}

const SIGNS = [
  ['bold', '**'],
  ['italic', '*'],
] as const;

/** Writes a run of text; each mark goes around the longest run that has it. */
function inlineText(nodes: readonly JSONContent[], care: Care, depth = -1): string {
  const kind = depth < 0 ? 'link' : SIGNS[depth]?.[0];
  if (kind === undefined)
    return nodes
      .map((node) => {
        if (node.type === 'hardBreak') return '\n';
        const reference = node.type === 'reference' ? referenceAttrs.safeParse(node.attrs).data : undefined;
        return reference ? token(reference satisfies Reference) : escaped(node.text ?? '', care);
      })
      .join('');
  let written = '';
  for (let from = 0; from < nodes.length; ) {
    const first = nodes[from];
    if (!first) break;
    const marked = care === 'marks' && hasMark(first, kind);
    const address = marked && kind === 'link' ? addressOf(first) : '';
    let to = from + 1;
    for (let next = nodes[to]; next; next = nodes[to]) {
      if ((care === 'marks' && hasMark(next, kind)) !== marked) break;
      if (address !== '' && addressOf(next) !== address) break;
      to += 1;
    }
    const inner = inlineText(nodes.slice(from, to), care, depth + 1);
    written += marked ? around(inner, kind, address, SIGNS[depth]?.[1] ?? '') : inner;
    from = to;
  }
  return written;
}

function addressOf(node: JSONContent): string {
  const link = node.marks?.find(({ type }) => type === 'link');
  return href.safeParse(link?.attrs).data?.href ?? '';
}

function around(inner: string, kind: string, address: string, sign: string): string {
  if (kind === 'link') {
    const shown = inner.replace(/\\(.)/g, '$1');
    return shown === address ? shown : `[${inner}](${address.replace(/[()\s]/g, encodeURIComponent)})`;
  }
  // A sign beside a space is none.
  const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? [];
  return core === '' ? inner : `${before}${sign}${core}${sign}${after}`;
}

/** What would begin a list, and does not as it was not made one. */
const escapeStart = (line: string): string =>
  line.replace(/^(\s*)([-+])(?=\s|$)/, '$1\\$2').replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');

function blockText(node: JSONContent, care: Care): string {
  const children = node.content ?? [];
  switch (node.type) {
    case 'bulletList':
    case 'orderedList': {
      const start = z.object({ start: z.number() }).safeParse(node.attrs).data?.start ?? 1;
      return children
        .map((item, index) => {
          const sign = node.type === 'bulletList' ? '- ' : `${start + index}. `;
          const text = (item.content ?? []).map((child) => blockText(child, care)).join('\n');
          return sign + text.replaceAll('\n', `\n${' '.repeat(sign.length)}`);
        })
        .join('\n');
    }
    default:
      return inlineText(children, care).split('\n').map(escapeStart).join('\n');
  }
}

function plainText(node: JSONContent): string {
  if (node.type === 'text') return node.text ?? '';
  return (node.content ?? []).map(plainText).join('');
}

/** The comment's text for what was written in its editor: Markdown that reads back as just these words. */
export function bodyOfContent(doc: JSONContent): string {
  const words = plainText(doc).replace(/\s+/g, '');
  const bodies = (['marks', 'plain', 'escaped'] as const).map((care) =>
    (doc.content ?? [])
      .map((node) => blockText(node, care))
      .join('\n\n')
      .trim(),
  );
  const same = (body: string): boolean => wordsOf(body) === words;
  return bodies.find(same) ?? bodies[2] ?? '';
}

/** All words of a comment in order, without list signs, addresses and references. */
function wordsOf(body: string): string {
  const inline = (node: CommentInline): string =>
    node.kind === 'text' ? node.text : 'children' in node ? node.children.map(inline).join('') : '';
  const block = (node: CommentBlock): string =>
    node.kind === 'paragraph' ? node.children.map(inline).join('') : node.items.flat().map(block).join('');
  return commentTree(body).map(block).join('').replace(/\s+/g, '');
}

/** Whether there is anything to send in a comment's text. */
export function isEmptyBody(body: string): boolean {
  return plainBody(body, () => 'x').trim() === '';
}
