import {
  anchorsOf,
  type Block,
  type BlockNumber,
  groupBy,
  lineageRecordsOf,
  linksOf,
  numberBlocks,
  readBlocks,
} from '@zerodraft/schema';
import { isLinkKey, type Link, readLinks } from '@zerodraft/trace';
import type * as Y from 'yjs';
import { type ClauseOrder, clauseOrder, isHeading } from './clause-order.ts';

/** The links of a draft, found from both sides; where a phrase stands within its clause is as it was when they were read. */
export interface DraftLinks {
  links: readonly Link[];
  byClause: ReadonlyMap<string, readonly Link[]>;
  byRecommendation: ReadonlyMap<string, readonly Link[]>;
}

/** The draft as screens read it; a new object for each change, whose parts stay the same objects while they are as before. */
export interface DraftView {
  blocks: Block[];
  numbers: ReadonlyMap<string, BlockNumber>;
  /** The same while only texts change. */
  order: ClauseOrder;
  /** The same while no link and no clause comes or goes. */
  links: DraftLinks;
  /** The same while no heading changes. */
  headings: readonly Block[];
}

const NO_NUMBER: BlockNumber = { label: '', citation: '' };

/** Reads a document for the screens, and remembers what need not be read again while somebody types. */
export class DraftReader {
  #view: DraftView | null = null;
  #last: DraftView | null = null;
  #linksChanged = true;

  constructor(private readonly doc: Y.Doc) {
    const changed = (): void => {
      this.#linksChanged = true;
    };
    linksOf(doc).observe(changed);
    lineageRecordsOf(doc).observe(changed);
    anchorsOf(doc).observe(({ keysChanged }) => {
      if ([...keysChanged].some(isLinkKey)) changed();
    });
  }

  /** Has the next reading be of the document as it is then. */
  refresh(): void {
    this.#view = null;
  }

  readonly view = (): DraftView => {
    this.#view ??= this.#read(this.#last);
    this.#last = this.#view;
    return this.#view;
  };

  #read(known: DraftView | null): DraftView {
    const blocks = readBlocks(this.doc);
    const computed = numberBlocks(blocks.map(({ kind }) => kind));
    const numbers = new Map(blocks.map(({ id }, index) => [id, computed[index] ?? NO_NUMBER]));
    const order = clauseOrder(blocks, numbers, known?.order ?? null);
    const sameLinks = known !== null && !this.#linksChanged && known.order === order;
    this.#linksChanged = false;
    const headings = blocks.filter(({ kind }) => isHeading(kind));
    const sameHeadings =
      known?.headings.length === headings.length &&
      headings.every(({ id, text, kind }, at) => {
        const before = known.headings[at];
        return before?.id === id && before.text === text && before.kind === kind;
      });
    return {
      blocks,
      numbers: order.numbers,
      order,
      links: sameLinks ? known.links : indexed(readLinks(this.doc, blocks)),
      headings: sameHeadings ? known.headings : headings,
    };
  }
}

/** Links, found from both sides. */
export function indexed(links: readonly Link[]): DraftLinks {
  return {
    links,
    byClause: groupBy(links, ({ clauseId }) => clauseId),
    byRecommendation: groupBy(links, ({ recommendationId }) => recommendationId),
  };
}
