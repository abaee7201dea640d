import type * as Y from 'yjs';

/**
 * The root shared types of a draft's Y.Doc. Nothing else may stand at its root.
 * - `content`: Y.XmlFragment, a flat list of `block` elements (the text).
 * - `links`: Y.Map, the add/remove set of links from clauses to recommendations.
 * - `anchors`: Y.Map, thread id or link key to the newest anchor of a text that was moved by an edit.
 * - `lineage`: Y.Map, which clause came from which by a split, and which ended in which by a join.
 * - `wordings`: Y.Map, what clauses said when links were last confirmed, each text under its hash.
 */
export const CONTENT = 'content';
export const LINKS = 'links';
export const ANCHORS = 'anchors';
export const LINEAGE = 'lineage';
export const WORDINGS = 'wordings';

/** The draft's text: a flat list of `block` elements. */
export function contentOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(CONTENT);
}

/** The raw add/remove set of links; read it through `@zerodraft/trace`. */
export function linksOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(LINKS);
}

/** Anchors of threads and links that were rewritten by an edit, by thread id or link key. */
export function anchorsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(ANCHORS);
}

/** What splits and joins made of clauses; read it through `@zerodraft/trace`. */
export function lineageRecordsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(LINEAGE);
}

/** Texts that links remember; read it through `@zerodraft/trace`. */
export function wordingsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(WORDINGS);
}
