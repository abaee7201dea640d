import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { idOf, kindOf, numberBlocks, placedBlocks } from '@zerodraft/schema';

interface NumberState {
  /** Which blocks of which kinds stand in which order: as long as it is the same, so are the numbers. */
  order: string;
  decorations: DecorationSet;
}

const numberKey = new PluginKey<NumberState>('numbers');

function orderOf(doc: Node): string {
  const blocks: string[] = [];
  doc.forEach((node) => {
    blocks.push(`${kindOf(node)} ${idOf(node)}`);
  });
  return blocks.join();
}

function decorate(doc: Node): NumberState {
  const blocks = placedBlocks(doc);
  const numbers = numberBlocks(blocks.map(({ kind }) => kind));
  const decorations = blocks.flatMap(({ node, pos, index }) => {
    const number = numbers[index];
    if (!number?.label) return [];
    const attributes = { 'data-number': number.label, 'data-citation': number.citation };
    return [Decoration.node(pos, pos + node.nodeSize, attributes)];
  });
  return { order: orderOf(doc), decorations: DecorationSet.create(doc, decorations) };
}

/** Shows computed numbers before the text; they are never part of it. Typing inside a clause only moves them. */
export function numberDecorations(): Plugin<NumberState> {
  return new Plugin<NumberState>({
    key: numberKey,
    state: {
      init: (_config, state) => decorate(state.doc),
      apply(tr, value) {
        if (!tr.docChanged) return value;
        const wholeDocument = tr.mapping.maps.some((map) => {
          let whole = false;
          map.forEach((from, to) => {
            whole ||= from === 0 && to === tr.before.content.size;
          });
          return whole;
        });
        if (wholeDocument || orderOf(tr.doc) !== value.order) return decorate(tr.doc);
        return { ...value, decorations: value.decorations.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => numberKey.getState(state)?.decorations ?? null },
  });
}
