import { type AnyExtension, getSchema, Node } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Italic } from '@tiptap/extension-italic';
import { Strike } from '@tiptap/extension-strike';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import { type BlockKind, isBlockKind } from './blocks.ts';

const TAGS: Record<BlockKind, string> = {
  title: 'h1',
  section: 'h2',
  objective: 'h3',
  paragraph: 'p',
  item: 'p',
  subitem: 'p',
};

/**
 * The document is a flat list of blocks and *any* list of blocks is valid. Depth is an attribute, so Tab
 * merges with a concurrent edit of the same clause, and no merge can produce a document the schema refuses.
 */
const DraftDocument = Node.create({ name: 'doc', topNode: true, content: 'block+' });

const Block = Node.create({
  name: 'block',
  group: 'block',
  content: 'inline*',
  addAttributes() {
    return {
      id: {
        default: null,
        parseHTML: (element) => element.getAttribute('data-block-id'),
        renderHTML: ({ id }) => (id ? { 'data-block-id': id } : {}),
      },
      kind: {
        default: 'paragraph',
        parseHTML: (element) => {
          const kind = element.getAttribute('data-kind');
          return isBlockKind(kind) ? kind : 'paragraph';
        },
        renderHTML: ({ kind }) => ({ 'data-kind': kind }),
      },
    };
  },
  parseHTML() {
    return [{ tag: 'h1' }, { tag: 'h2' }, { tag: 'h3' }, { tag: 'p' }];
  },
  renderHTML({ node, HTMLAttributes }) {
    const kind: unknown = node.attrs.kind;
    return [isBlockKind(kind) ? TAGS[kind] : 'p', HTMLAttributes, 0];
  },
});

/** The schema of a draft as Tiptap extensions; the editor adds behaviour, never nodes or marks. */
export const draftExtensions: AnyExtension[] = [
  DraftDocument,
  Text,
  Block,
  HardBreak,
  Bold,
  Italic,
  Underline,
  Strike,
];

/** The same schema for code without an editor. */
export const draftSchema = getSchema(draftExtensions);
