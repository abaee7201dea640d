import type { TraceState, TraceView } from '@zerodraft/contract';
import { type MergedInto, mergesOf } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { listed } from '../library/state.ts';
import { readMerges, readWordings } from './wordings.ts';

/** What is asked: all, or what came after a state. */
interface Asked {
  processId: string;
  draftId: string;
  since: TraceState | null;
}

async function stateOf(db: Database, { processId, draftId }: Asked): Promise<TraceState> {
  const links = await db
    .selectFrom('draft_links')
    .select('revision')
    .where('draftId', '=', draftId)
    .executeTakeFirst();
  const { library } = await db
    .selectFrom('recommendation')
    .select(({ fn }) => fn.max('changed').as('library'))
    .where('processId', '=', processId)
    .executeTakeFirstOrThrow();
  return { links: links?.revision ?? 0, library: library ?? 0 };
}

/** Who made and changed the links that came since. */
async function readAuthors(db: Database, { draftId, since }: Asked) {
  const rows = await db
    .selectFrom('clause_link')
    .leftJoin('user as maker', 'maker.id', 'clause_link.madeBy')
    .leftJoin('user as changer', 'changer.id', 'clause_link.changedBy')
    .select(['key', 'recommendationId', 'madeBy', 'madeAt', 'changedBy', 'changedAt'])
    .select(['maker.name as makerName', 'changer.name as changerName'])
    .where('draftId', '=', draftId)
    .where('revision', '>', since?.links ?? -1)
    .orderBy('key')
    .execute();
  const nameOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });
  const links = new Map(
    rows.map(({ key, madeBy, madeAt, changedBy, changedAt, makerName, changerName }) => [
      key,
      {
        key,
        madeBy: nameOf(madeBy, makerName),
        madeAt,
        changedBy: nameOf(changedBy, changerName),
        changedAt,
      },
    ]),
  );
  return { links: [...links.values()], ids: new Set(rows.map(({ recommendationId }) => recommendationId)) };
}

/** A recommendation with those that it became part of, by way of others perhaps. */
function partsOf(id: string, merges: ReadonlyMap<string, MergedInto>): string[] {
  return [id, ...[...mergesOf(id, (one) => merges.get(one))].map((into) => into.id)];
}

/** Linked recommendations that changed since a state of the library, or that became part of one that did. */
async function changedSince(
  db: Database,
  { processId, draftId }: Asked,
  library: number,
  merges: ReadonlyMap<string, MergedInto>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('recommendation')
    .select('id')
    .where('processId', '=', processId)
    .where('changed', '>', library)
    .execute();
  if (rows.length === 0) return [];
  const changed = new Set(rows.map(({ id }) => id));
  for (const id of merges.keys()) if (partsOf(id, merges).some((part) => changed.has(part))) changed.add(id);
  const found = await db
    .selectFrom('clause_link')
    .select('recommendationId')
    .distinct()
    .where('draftId', '=', draftId)
    .where('recommendationId', 'in', listed([...changed]))
    .execute();
  return found.map(({ recommendationId }) => recommendationId);
}

/** What a draft's links need beside the document; of who knows a state of it, what came since. */
export async function readTrace(db: Database, asked: Asked): Promise<TraceView> {
  // Before all else: what is written meanwhile is told once more the next time.
  const state = await stateOf(db, asked);
  // A server that was set up anew from a backup knows less than who asks.
  const known =
    asked.since && asked.since.links <= state.links && asked.since.library <= state.library
      ? asked.since
      : null;
  const merges = await readMerges(db, asked.processId);
  const { links, ids } = await readAuthors(db, { ...asked, since: known });
  if (known) for (const id of await changedSince(db, asked, known.library, merges)) ids.add(id);
  const told = new Set([...ids].flatMap((id) => partsOf(id, merges)));
  const wordings = await readWordings(db, asked.processId, [...told]);
  return {
    state,
    whole: known === null,
    links,
    merges: known?.library === state.library ? null : Object.fromEntries(merges),
    wordings: Object.fromEntries(
      [...wordings].map(([id, { version, text, earlier }]) => [id, { version, text, earlier: [...earlier] }]),
    ),
  };
}
