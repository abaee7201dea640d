import type { LinkMaker } from '@zerodraft/formats/footprint';
import { readBlocks } from '@zerodraft/schema';
import type { DraftLog } from '@zerodraft/sync';
import { type Footprint, footprintOf, type LogPiece, linkAuthors, readLinks } from '@zerodraft/trace';
import * as Y from 'yjs';
import type { Database } from '../db/database.ts';
import { readDocument } from '../drafts/new-text.ts';
import { readMerged, withLabels } from '../library/repository.ts';
import { readStates } from '../library/state.ts';
import { Terms } from '../taxonomies/terms.ts';

type Log = Pick<DraftLog, 'read' | 'history'>;

interface FootprintOf {
  processId: string;
  draftId: string;
  notes: boolean;
  /** What a version keeps; null for the draft as it is. */
  state: Uint8Array | null;
}

/** The footprint of a document of a process, with the library as it stands. */
async function footprintIn(db: Database, processId: string, doc: Y.Doc, notes: boolean): Promise<Footprint> {
  const blocks = readBlocks(doc);
  const terms = await Terms.read(db, processId);
  const mergedIds = await readMerged(db, processId);
  const states = await readStates(db, processId, terms, 'live');
  const merged = await readStates(db, processId, terms, [...new Set([...mergedIds.values()].flat())]);
  return footprintOf(
    {
      blocks,
      links: readLinks(doc, blocks),
      recommendations: states.map((state) => withLabels(state, terms, mergedIds.get(state.id) ?? [])),
      merged: merged.map((state) => withLabels(state, terms, [])),
    },
    { notes },
  );
}

/** Who made each link and when, from the draft's log. */
async function makersIn(
  db: Database,
  log: Log,
  draftId: string,
  doc: Y.Doc,
): Promise<Map<string, LinkMaker>> {
  const history = await log.history(draftId);
  const { tail } = await log.read(draftId);
  const pieces: LogPiece[] = [
    ...history.map(({ update, userId, to }) => ({ update, userId, at: to })),
    ...tail.map(({ update, userId, createdAt }) => ({ update, userId, at: createdAt })),
  ];
  const authors = linkAuthors(doc, pieces);
  const people = await db.selectFrom('user').select(['id', 'name']).execute();
  const named = new Map(people.map((person) => [person.id, person]));
  return new Map(
    [...authors].map(([key, { madeBy, madeAt }]) => [
      key,
      { person: madeBy === null ? null : (named.get(madeBy) ?? null), at: madeAt },
    ]),
  );
}

/** A draft's footprint as it stands now, or as a version keeps it. `makers` is null unless what is the team's was asked for. */
export async function readFootprint(
  db: Database,
  log: Log,
  { processId, draftId, notes, state }: FootprintOf,
): Promise<{ footprint: Footprint; makers: Map<string, LinkMaker> | null }> {
  const doc = state ? new Y.Doc() : await readDocument(log, draftId);
  if (state) Y.applyUpdate(doc, state);
  const footprint = await footprintIn(db, processId, doc, notes);
  const makers = notes ? await makersIn(db, log, draftId, doc) : null;
  doc.destroy();
  return { footprint, makers };
}
