import { groupBy, readBlocks } from '@zerodraft/schema';
import { type Link, readLinks, type Suspicion, suspectLinks, versionMadeOn } from '@zerodraft/trace';
import type * as Y from 'yjs';
import type { DraftView } from '../session/draft-view.ts';
import { nameOf } from './link-acts.ts';
import type { DraftTrace } from './trace-query.ts';

/** Milliseconds after the last change before links are looked at, and at most after the first. */
const PAUSE = 400;
const PATIENCE = 2_500;

/** The suspect links of a draft; a new object whenever anything of them changed. */
export interface Suspects {
  /** In the order of the draft. */
  all: readonly Suspicion[];
  byName: ReadonlyMap<string, Suspicion>;
  byClause: ReadonlyMap<string, readonly Suspicion[]>;
}

/** What a draft's session has that the scan reads. */
interface Scanned {
  doc: Y.Doc;
  view: () => DraftView;
  subscribe: (listener: () => void) => () => void;
}

/** Suspect links, found by their names and by their clauses. */
export function suspectsOf(all: readonly Suspicion[]): Suspects {
  return {
    all,
    byName: new Map(all.map((each) => [nameOf(each.link), each])),
    byClause: groupBy(all, ({ link }) => link.clauseId),
  };
}

function sameAs(a: Suspicion, b: Suspicion | undefined): boolean {
  return (
    b !== undefined &&
    a.link.key === b.link.key &&
    a.link.clauseId === b.link.clauseId &&
    a.phraseGone === b.phraseGone &&
    a.clause?.was === b.clause?.was &&
    a.clause?.is === b.clause?.is &&
    a.recommendation?.was === b.recommendation?.was &&
    a.recommendation?.is === b.recommendation?.is
  );
}

/**
 * Finds the suspect links of an open draft, away from the typing: after a pause, when the browser has time, and only
 * when links, recommendations or the text of a linked clause changed; of texts, only the clauses that changed.
 */
export class SuspectScan {
  #suspects: Suspects = suspectsOf([]);
  #trace: DraftTrace | undefined;
  /** What was looked at last. */
  #links: readonly Link[] | null = null;
  #seenTrace: DraftTrace | undefined;
  #texts: ReadonlyMap<string, string> = new Map();
  #order: DraftView['order'] | null = null;
  #seenView: DraftView | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #cancelIdle: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;

  constructor(private readonly session: Scanned) {
    this.#stop = session.subscribe(() => {
      if (session.view() !== this.#seenView) this.#schedule();
    });
    this.#schedule();
  }

  /** What the server tells of links and recommendations. */
  setTrace(trace: DraftTrace | undefined): void {
    if (trace === this.#trace) return;
    this.#trace = trace;
    this.#schedule();
  }

  readonly current = (): Suspects => this.#suspects;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  destroy(): void {
    this.#stop();
    clearTimeout(this.#timer);
    this.#cancelIdle?.();
  }

  #schedule(): void {
    const now = Date.now();
    if (this.#since === 0) this.#since = now;
    else if (now - this.#since > PATIENCE) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const scan = (): void => {
        this.#cancelIdle = null;
        this.scan();
      };
      this.#cancelIdle?.();
      // Safari has no idle callbacks.
      if (typeof requestIdleCallback !== 'function') return scan();
      const id = requestIdleCallback(scan, { timeout: 1_000 });
      this.#cancelIdle = () => cancelIdleCallback(id);
    }, PAUSE);
  }

  /** Looks at what changed since the last time, at once. */
  scan(): Suspects {
    const { doc } = this.session;
    clearTimeout(this.#timer);
    this.#since = 0;
    const view = this.session.view();
    this.#seenView = view;
    const { links: known, byClause } = view.links;
    const blocks = readBlocks(doc);
    const texts = new Map(blocks.flatMap(({ id, text }) => (byClause.has(id) ? [[id, text] as const] : [])));
    const anew = known !== this.#links || this.#trace !== this.#seenTrace || view.order !== this.#order;
    const changed = new Set<string>();
    for (const [id, text] of texts) if (this.#texts.get(id) !== text) changed.add(id);
    if (!anew && changed.size === 0) return this.#suspects;
    // Where phrases stand is as it was when the links were read: typing moves them.
    const moved = changed.size > 0 && known.some(({ phrase }) => phrase !== undefined);
    const links = moved ? readLinks(doc, blocks) : known;
    const looked = anew ? links : links.filter(({ clauseId }) => changed.has(clauseId));
    const trace = this.#trace;
    const found = suspectLinks(doc, blocks, looked, (id) => trace?.wordings[id] ?? null, {
      versionOf: ({ key, recommendationId }) =>
        versionMadeOn(trace?.wordings[recommendationId], trace?.authors.get(key)),
      mergeOf: (id) => trace?.merges[id],
    });
    this.#links = known;
    this.#seenTrace = trace;
    this.#order = view.order;
    this.#texts = texts;
    if (anew) this.#set(found);
    else {
      const kept = this.#suspects.all.filter(({ link }) => !changed.has(link.clauseId));
      const place = (each: Suspicion): number => view.order.index.get(each.link.clauseId) ?? 0;
      this.#set([...kept, ...found].sort((a, b) => place(a) - place(b)));
    }
    return this.#suspects;
  }

  #set(all: readonly Suspicion[]): void {
    const before = this.#suspects.all;
    if (all.length === before.length && all.every((each, at) => sameAs(each, before[at]))) return;
    this.#suspects = suspectsOf(all);
    for (const listener of this.#listeners) listener();
  }
}
