import type { Thread } from '@zerodraft/contract';
import { type AnchorEnds, anchorReader, anchorsOf, currentAnchors, type TextRange } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { clauseOfThread } from './moved-anchors.ts';

type Placed = Pick<Thread, 'id' | 'clauseId' | 'sectionId'>;

/**
 * Where threads are now: in which clause, and whether their text stands. Kept between edits, so that thousands of
 * threads cost nothing while somebody types.
 */
export class ThreadHomes {
  /** Counts what may have given threads another home. */
  version = 0;
  readonly #homes = new Map<string, { thread: Placed; home: string }>();
  #read: ((anchor: AnchorEnds) => TextRange | null) | null = null;
  readonly #stop: () => void;

  constructor(private readonly doc: Y.Doc) {
    const anchors = anchorsOf(doc);
    const onAnchors = ({ keysChanged }: Y.YMapEvent<unknown>): void => {
      for (const id of keysChanged) this.#homes.delete(id);
      this.version += 1;
    };
    const onUpdate = (): void => {
      this.#read = null;
    };
    anchors.observe(onAnchors);
    doc.on('update', onUpdate);
    this.#stop = () => {
      anchors.unobserve(onAnchors);
      doc.off('update', onUpdate);
    };
  }

  /** As `clauseOfThread`. */
  of(thread: Placed): string {
    const known = this.#homes.get(thread.id);
    if (known?.thread === thread) return known.home;
    const home = clauseOfThread(this.doc, thread);
    this.#homes.set(thread.id, { thread, home });
    return home;
  }

  /** The text a thread on a range hangs on; null when nothing of it stands. */
  range(thread: Pick<Thread, 'id' | 'anchor'>): TextRange | null {
    if (thread.anchor === null) return null;
    this.#read ??= anchorReader(this.doc);
    const current = currentAnchors(this.doc, new Map([[thread.id, thread.anchor]])).get(thread.id);
    return current ? this.#read(current) : null;
  }

  destroy(): void {
    this.#stop();
  }
}
