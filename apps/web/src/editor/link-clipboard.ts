import { DOMSerializer, Fragment, type Node, type Schema, Slice } from '@tiptap/pm/model';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import { blockIndexAt, findBlock, idOf, newClauseId, placedBlocks, readBlocks } from '@zerodraft/schema';
import {
  type CarriedLink,
  carriedLinks,
  carryLinks,
  plantLinks,
  type RecommendationSummary,
} from '@zerodraft/trace';
import { queryClient } from '../api-client.ts';
import type { DraftSession } from '../session/draft-session.ts';

/** Where a copied clause says what it is linked to, beside its text. */
const ATTRIBUTE = 'data-zerodraft-links';

/** Links that came with a pasted clause, until its text stands in the draft. */
interface Pending {
  /** The id the block was pasted under. */
  id: string;
  /** Whether it is the clause's own: cut and pasted back, it has its links by that. */
  own: boolean;
  links: CarriedLink[];
}

/** Writes blocks for the clipboard as usual, and on those with links what these are. */
class LinkedSerializer extends DOMSerializer {
  constructor(
    schema: Schema,
    private readonly said: () => ReadonlyMap<string, string>,
  ) {
    super(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema));
  }

  override serializeFragment(
    ...args: Parameters<DOMSerializer['serializeFragment']>
  ): ReturnType<DOMSerializer['serializeFragment']> {
    const written = super.serializeFragment(...args);
    for (const element of written.querySelectorAll('[data-block-id]')) {
      const said = this.said().get(element.getAttribute('data-block-id') ?? '');
      if (said !== undefined) element.setAttribute(ATTRIBUTE, said);
    }
    return written;
  }
}

/** What the links of copied clauses are, by clause; of those alone that are copied whole. */
function linksOfCopied(session: DraftSession, doc: Node, slice: Slice): Map<string, string> {
  const said = new Map<string, string>();
  const whole = new Set<string>();
  slice.content.forEach((node) => {
    const id = idOf(node);
    const block = id === null ? null : findBlock(doc, id);
    if (id !== null && block && node.content.size > 0 && node.content.eq(block.node.content)) whole.add(id);
  });
  if (whole.size === 0) return said;
  const { id: draftId, processId } = session.draft;
  for (const [clauseId, links] of carryLinks(session.doc, readBlocks(session.doc))) {
    const record = carriedLinks.safeParse({ version: 1, processId, draftId, links: links.slice(0, 200) });
    if (whole.has(clauseId) && record.success) said.set(clauseId, JSON.stringify(record.data));
  }
  return said;
}

/** What pasted HTML says of links, by the ids its clauses had; what is not ours or of another process says nothing. */
function linksOfPasted(
  html: string,
  { draft }: DraftSession,
): Map<string, { own: boolean; links: CarriedLink[] }> {
  const found = new Map<string, { own: boolean; links: CarriedLink[] }>();
  if (!html.includes(ATTRIBUTE)) return found;
  const known = queryClient.getQueryData<RecommendationSummary[]>(['recommendations', draft.processId]);
  const ids = known && new Set(known.flatMap(({ id, mergedIds }) => [id, ...mergedIds]));
  for (const element of new DOMParser()
    .parseFromString(html, 'text/html')
    .querySelectorAll(`[${ATTRIBUTE}]`)) {
    let said: unknown;
    try {
      said = JSON.parse(element.getAttribute(ATTRIBUTE) ?? '');
    } catch {
      continue;
    }
    const record = carriedLinks.safeParse(said);
    const id = element.getAttribute('data-block-id');
    if (!record.success || !id || record.data.processId !== draft.processId) continue;
    const links = record.data.links.filter(({ recommendationId }) => ids?.has(recommendationId) ?? true);
    found.set(id, { own: record.data.draftId === draft.id, links });
  }
  return found;
}

/**
 * Links go with clauses that are cut or copied whole: within the draft, and to other drafts of the process. Anything
 * else on the clipboard is text.
 */
export class LinkClipboard {
  #said: ReadonlyMap<string, string> = new Map();
  #incoming: ReturnType<typeof linksOfPasted> = new Map();
  #pending: Pending[] = [];

  constructor(private readonly session: DraftSession) {}

  plugin(schema: Schema): Plugin {
    return new Plugin({
      props: {
        transformCopied: (slice, view) => {
          this.#said = linksOfCopied(this.session, view.state.doc, slice);
          return slice;
        },
        clipboardSerializer: new LinkedSerializer(schema, () => this.#said),
        transformPastedHTML: (html) => {
          this.#incoming = linksOfPasted(html, this.session);
          return html;
        },
        transformPasted: (slice, view) => {
          const incoming = this.#incoming;
          this.#incoming = new Map();
          this.#pending = [];
          if (incoming.size === 0) return slice;
          const blocks: Node[] = [];
          slice.content.forEach((node) => {
            const was = idOf(node);
            const came = was === null ? undefined : incoming.get(was);
            if (was === null || came === undefined) {
              blocks.push(node);
              return;
            }
            // Beside the original, and in another draft, it is a clause of its own.
            const own = came.own && findBlock(view.state.doc, was) === null;
            const id = own ? was : newClauseId();
            this.#pending.push({ id, own, links: came.links });
            blocks.push(node.type.create({ ...node.attrs, id }, node.content, node.marks));
          });
          return new Slice(Fragment.from(blocks), slice.openStart, slice.openEnd);
        },
      },
    });
  }

  /** Links what was pasted, once it stands in the shared document; to be called after each edit here. */
  settle(transaction: Transaction, after: Node): void {
    if (this.#pending.length === 0 || transaction.getMeta('paste') !== true) return;
    const pending = this.#pending;
    this.#pending = [];
    const blocks = new Map(readBlocks(this.session.doc).map((block) => [block.id, block]));
    const landed = placedBlocks(after)[blockIndexAt(after, pasteStart(transaction))]?.id ?? null;
    this.session.doc.transact(() => {
      for (const { id, own, links } of pending) {
        // The first clause of what is pasted joins the one that the caret stood in.
        const block = blocks.get(id) ?? (landed === null ? undefined : blocks.get(landed));
        if (block && !(own && block.id === id)) plantLinks(this.session.doc, block, links);
      }
    });
  }
}

/** Where the pasted text begins: the first place that the edit changed. */
function pasteStart({ mapping }: Transaction): number {
  const starts: number[] = [];
  for (const map of mapping.maps) map.forEach((_from, _to, start) => void starts.push(start));
  return Math.min(...starts);
}
