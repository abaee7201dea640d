import { contentOf, linksOf } from '@zerodraft/schema';
import { pairOf, reflects } from '@zerodraft/trace';
import * as Y from 'yjs';
import type { DraftLinks, DraftView } from '../session/draft-view.ts';

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

/** What of a draft's session is watched. */
interface Watched {
  doc: Y.Doc;
  undo: Y.UndoManager;
  view: () => DraftView;
  subscribe: (listener: () => void) => () => void;
}

/** The id of a block that an edit deleted: it is kept in what is left of it. */
function idOfDeleted({ content }: Y.Item): string | null {
  if (!(content instanceof Y.ContentType)) return null;
  const id: unknown = content.type._map.get('id')?.content.getContent().at(-1);
  return typeof id === 'string' ? id : null;
}

/**
 * Tells when what somebody does here takes away the last link by which the draft reflects a recommendation: by
 * removing or changing it, by what becomes of its clause, or by undo. What others do tells nothing. The links are those
 * that the screens read anyway: nothing is read for this.
 * @param survivorOf what a merged recommendation counts as
 * @returns stops it
 */
export function watchLost(
  { doc, undo, view, subscribe }: Watched,
  survivorOf: (recommendationId: string) => string,
  onLost: (lost: Lost) => void,
): () => void {
  let links: DraftLinks = view().links;
  /** What deeds here since then may have taken the last link of, and the way back. */
  let touched = new Set<string>();
  let step: Step | null = null;
  let asked = false;

  const touch = (recommendationIds: Iterable<string>): void => {
    const before = touched.size;
    for (const id of recommendationIds) touched.add(survivorOf(id));
    if (touched.size === before || asked) return;
    asked = true;
    const way = undo.undoing ? 'redo' : 'undo';
    // Once the whole deed is done, of several transactions maybe: what is typed next is no part of it.
    queueMicrotask(() => {
      asked = false;
      if (way === 'undo') undo.stopCapturing();
      step = lastStep(undo, way);
    });
  };
  const onLinks = ({ changes }: Y.YMapEvent<unknown>, { local }: Y.Transaction): void => {
    if (!local) return;
    const gone = [...changes.keys].filter(([, { action }]) => action !== 'add');
    touch(gone.flatMap(([key]) => pairOf(key)?.recommendationId ?? []));
  };
  const onContent = ({ changes }: Y.YXmlEvent, { local }: Y.Transaction): void => {
    if (!local) return;
    const clauses = [...changes.deleted].flatMap((item) => idOfDeleted(item) ?? []);
    touch(
      clauses.flatMap((id) => (links.byClause.get(id) ?? []).map(({ recommendationId }) => recommendationId)),
    );
  };
  const reflected = (all: DraftLinks): Set<string> =>
    new Set(
      all.links.flatMap(({ relation, recommendationId }) => {
        const survivor = survivorOf(recommendationId);
        return reflects(relation) && touched.has(survivor) ? [survivor] : [];
      }),
    );

  const stop = subscribe(() => {
    const before = links;
    links = view().links;
    if (links === before || touched.size === 0) return;
    const now = reflected(links);
    const lost = [...reflected(before)].filter((id) => !now.has(id));
    const taken = step;
    touched = new Set();
    step = null;
    if (lost.length > 0) onLost({ recommendationIds: lost, step: taken });
  });
  const [content, linkSet] = [contentOf(doc), linksOf(doc)];
  linkSet.observe(onLinks);
  content.observe(onContent);
  return () => {
    stop();
    linkSet.unobserve(onLinks);
    content.unobserve(onContent);
  };
}
