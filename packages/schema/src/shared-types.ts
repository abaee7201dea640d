import type * as Y from 'yjs';

/**
 * The root shared types of a draft's Y.Doc. Nothing else may stand at its root.
 * - `content`: Y.XmlFragment, a flat list of `block` elements (the text).
 * - `links`: Y.Map, the add/remove set of links from clauses to recommendations.
 * - `anchors`: Y.Map, thread id to the newest anchor of a comment whose text was moved by an edit.
 */
export const CONTENT = 'content';
export const LINKS = 'links';
export const ANCHORS = 'anchors';

/** The draft's text: a flat list of `block` elements. */
export function contentOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(CONTENT);
}

/** The raw add/remove set of links; read it through `@zerodraft/trace`. */
export function linksOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(LINKS);
}

/** Anchors of comment threads that were rewritten by an edit, by thread id. */
export function anchorsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(ANCHORS);
}
