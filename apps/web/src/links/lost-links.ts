import { anchorsOf, contentOf, lineageRecordsOf, linksOf, readBlocks } from '@zerodraft/schema';
import { entryOf, isLinkKey, readLinks, reflects } from '@zerodraft/trace';
import type * as Y from 'yjs';

/** The last step of a person's own undo history, as long as it is the last. */
export interface Step {
  /** Whether it still is: what was done since would be undone with it. */
  isLast: () => boolean;
  undo: () => void;
}

/** What the last step here would be taken back by; null when there is none. */
export function lastStep(undo: Y.UndoManager, way: 'undo' | 'redo' = 'undo'): Step | null {
  const top = () => (way === 'undo' ? undo.undoStack : undo.redoStack).at(-1);
  const item = top();
  if (item === undefined) return null;
  const isLast = (): boolean => top() === item;
  return {
    isLast,
    undo: () => {
      if (!isLast()) return;
      if (way === 'undo') undo.undo();
      else undo.redo();
    },
  };
}

/** What somebody's deed took the last link of. */
export interface Lost {
  recommendationIds: readonly string[];
  step: Step | null;
}

/** The recommendations that a draft reflects, each by its own id. */
export function reflectedIn(doc: Y.Doc): Set<string> {
  const links = readLinks(doc, readBlocks(doc));
  return new Set(
    links.filter(({ relation }) => reflects(relation)).map(({ recommendationId }) => recommendationId),
  );
}

const whenIdle = (run: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 2_000 });
  else setTimeout(run, 50);
};

/**
 * Tells when what somebody does here takes away the last link by which the draft reflects a recommendation: by
 * removing it, by what becomes of its clause, or by undo. What others do tells nothing.
 * @param survivorOf what a merged recommendation counts as
 * @returns stops it
 */
export function watchLost(
  { doc, undo }: { doc: Y.Doc; undo: Y.UndoManager },
  survivorOf: (recommendationId: string) => string,
  onLost: (lost: Lost) => void,
): () => void {
  // As of before the deed that is going on, else as of now; null when others changed something since it was read.
  let known: Set<string> | null = null;
  let asked: 'undo' | 'redo' | null = null;
  let stopped = false;
  const read = (): Set<string> => {
    known ??= reflectedIn(doc);
    return known;
  };
  const refresh = (): void =>
    whenIdle(() => {
      if (!stopped) read();
    });

  /** Once the whole deed is done, of several transactions maybe, and before anything of others is taken in. */
  const compare = (): void => {
    const way = asked;
    asked = null;
    if (stopped || way === null) return;
    const before = read();
    known = null;
    const after = new Set([...read()].map(survivorOf));
    const lost = new Set([...before].map(survivorOf).filter((id) => !after.has(id)));
    if (lost.size === 0) return;
    // What is typed next is no part of the step.
    if (way === 'undo') undo.stopCapturing();
    onLost({ recommendationIds: [...lost], step: lastStep(undo, way) });
  };
  const ask = (): void => {
    if (asked === null) queueMicrotask(compare);
    asked = undo.undoing ? 'redo' : 'undo';
  };

  const onBegin = ({ local }: Y.Transaction): void => {
    if (local) read();
  };
  const others = (): void => {
    known = null;
    refresh();
  };
  const onLinks = ({ changes }: Y.YMapEvent<unknown>, { local }: Y.Transaction): void => {
    if (!local) {
      others();
      return;
    }
    const added: string[] = [];
    for (const [key, { action }] of changes.keys) {
      if (action !== 'add' || undo.undoing || undo.redoing) {
        ask();
        return;
      }
      const entry = entryOf(key, linksOf(doc).get(key));
      if (entry && reflects(entry.record.relation)) added.push(entry.recommendationId);
    }
    // While a deed goes on, what it adds is none of what was there before it.
    if (asked === null && known !== null) for (const id of added) known.add(id);
  };
  const onContent = ({ changes }: Y.YXmlEvent, { local }: Y.Transaction): void => {
    if (!local) others();
    else if (changes.deleted.size > 0 || undo.undoing || undo.redoing) ask();
  };
  const onLineage = (_event: unknown, { local }: Y.Transaction): void => {
    if (!local) others();
  };
  const onAnchors = ({ keysChanged }: Y.YMapEvent<unknown>, { local }: Y.Transaction): void => {
    if (!local && [...keysChanged].some(isLinkKey)) others();
  };

  const [content, links, lineage, anchors] = [
    contentOf(doc),
    linksOf(doc),
    lineageRecordsOf(doc),
    anchorsOf(doc),
  ];
  doc.on('beforeTransaction', onBegin);
  links.observe(onLinks);
  content.observe(onContent);
  lineage.observe(onLineage);
  anchors.observe(onAnchors);
  refresh();
  return () => {
    stopped = true;
    doc.off('beforeTransaction', onBegin);
    links.unobserve(onLinks);
    content.unobserve(onContent);
    lineage.unobserve(onLineage);
    anchors.unobserve(onAnchors);
  };
}
