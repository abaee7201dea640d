import type { TraceView } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { readMerges, readWordings } from './wordings.ts';

/** What a draft's links need beside the document. */
export async function readTrace(db: Database, processId: string, draftId: string): Promise<TraceView> {
  const rows = await db
    .selectFrom('clause_link')
    .leftJoin('user as maker', 'maker.id', 'clause_link.madeBy')
    .leftJoin('user as changer', 'changer.id', 'clause_link.changedBy')
    .select(['key', 'recommendationId', 'madeBy', 'madeAt', 'changedBy', 'changedAt'])
    .select(['maker.name as makerName', 'changer.name as changerName'])
    .where('draftId', '=', draftId)
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
  const merges = await readMerges(db, processId);
  // With what they became part of, by way of others perhaps.
  const ids = new Set(rows.map(({ recommendationId }) => recommendationId));
  for (const id of ids) {
    const into = merges.get(id);
    if (into) ids.add(into.id);
  }
  const wordings = await readWordings(db, processId, [...ids]);
  return {
    links: [...links.values()],
    merges: Object.fromEntries([...merges].filter(([id]) => ids.has(id))),
    wordings: Object.fromEntries(
      [...wordings].map(([id, { version, text, earlier }]) => [id, { version, text, earlier: [...earlier] }]),
    ),
  };
}
