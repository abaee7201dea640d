import { type AnyExtension, mergeAttributes, Node } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';

/** A person, organisation, clause or recommendation within a comment that is being written. */
const ReferenceNode = Node.create({
  name: 'reference',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,

  addAttributes: () => ({ kind: { default: 'person' }, id: { default: '' }, label: { default: '' } }),

  // Only what is picked here is a reference: pasted markup makes none.
  parseHTML: () => [],

  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'reference-chip' }),
    String(node.attrs.label),
  ],

  renderText: ({ node }) => String(node.attrs.label),
});

/** What a comment may hold. */
export const commentExtensions: AnyExtension[] = [
  Document,
  Paragraph,
  Text,
  HardBreak,
  Bold,
  Italic,
  BulletList,
  OrderedList,
  ListItem,
  Link.configure({ openOnClick: false }),
  ReferenceNode,
];
