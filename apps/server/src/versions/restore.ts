import { anchor as anchorShape } from '@zerodraft/contract';
import { type AnchorEnds, anchorRange, readRanges } from '@zerodraft/schema';
import type { DraftLog } from '@zerodraft/sync';
import { restoreVersion } from '@zerodraft/trace';
import * as Y from 'yjs';
import type { Database } from '../db/database.ts';
import { readDocument } from '../drafts/new-text.ts';
import type { Restored } from '../workers/messages.ts';
import { readState } from './repository.ts';

/** Where the draft's threads were put first; those that are private apart, as the document tells nothing of them. */
async function readAnchors(db: Database, draftId: string) {
  const rows = await db
    .selectFrom('thread')
    .select(['id', 'anchor', 'visibility'])
    .where('draftId', '=', draftId)
    .where('anchor', '!=', '')
    .execute();
  const of = (visibility: 'all' | 'team'): Map<string, AnchorEnds> =>
    new Map(
      rows
        .filter((row) => row.visibility === visibility)
        .map(({ id, anchor }) => [id, anchorShape.parse(JSON.parse(anchor))] as const),
    );
  return { shared: of('all'), hidden: of('team') };
}

/**
 * Makes the edit that brings a draft back to a version: an update on what its log holds now.
 * @throws when there is no such version, or its state is damaged
 */
export async function makeRestoration(
  db: Database,
  log: Pick<DraftLog, 'read'>,
  draftId: string,
  versionId: string,
): Promise<Restored> {
  const state = await readState(db, draftId, versionId);
  if (state === null) throw new Error(`There is no version ${versionId}.`);
  const then = new Y.Doc();
  Y.applyUpdate(then, state);
  const doc = await readDocument(log, draftId);
  const before = Y.encodeStateAsUpdate(doc);
  const { shared, hidden } = await readAnchors(db, draftId);
  const ranges = readRanges(then, hidden);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  restoreVersion(doc, then, null, shared);
  const places = [...ranges].flatMap(([threadId, range]) => {
    const anchor = anchorRange(doc, range);
    return anchor ? [{ threadId, clauseId: range.start.clauseId, anchor: anchorShape.parse(anchor) }] : [];
  });
  const update = updates.length === 0 ? null : Y.mergeUpdates(updates);
  doc.destroy();
  then.destroy();
  return { before, update, places };
}
