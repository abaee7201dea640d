import { Extension } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion } from '@tiptap/suggestion';
import type { Choice } from './references.ts';

/** What is offered at the caret now. */
export interface Offer {
  choices: readonly Choice[];
  pick: (choice: Choice) => void;
  /** Where the caret is on the screen. */
  place: DOMRect | null;
}

interface Options {
  choices: (sign: '@' | '#', query: string) => Choice[] | Promise<Choice[]>;
  onOffer: (offer: Offer | null) => void;
  /** A key while something is offered; true when it was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** Offers people, organisations and recommendations after "@", clauses after "#". */
export const ReferenceSuggestions = Extension.create<Options>({
  name: 'referenceSuggestions',

  addOptions: () => ({ choices: () => [], onOffer: () => undefined, onKey: () => false }),

  addProseMirrorPlugins() {
    const { choices, onOffer, onKey } = this.options;
    return (['@', '#'] as const).map((sign) =>
      Suggestion<Choice, Choice>({
        editor: this.editor,
        pluginKey: new PluginKey(`references ${sign}`),
        char: sign,
        allowedPrefixes: null,
        items: ({ query }) => choices(sign, query),
        command: ({ editor, range, props: { reference, label } }) => {
          editor
            .chain()
            .focus()
            .insertContentAt(range, [
              { type: 'reference', attrs: { ...reference, label } },
              { type: 'text', text: ' ' },
            ])
            .run();
        },
        render: () => {
          const show = (props: {
            items: Choice[];
            command: (choice: Choice) => void;
            clientRect?: (() => DOMRect | null) | null;
          }): void =>
            onOffer(
              props.items.length === 0
                ? null
                : { choices: props.items, pick: props.command, place: props.clientRect?.() ?? null },
            );
          return {
            onStart: show,
            onUpdate: show,
            onExit: () => onOffer(null),
            onKeyDown: ({ event }) => onKey(event),
          };
        },
      }),
    );
  },
});
