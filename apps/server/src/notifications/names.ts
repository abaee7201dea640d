import { bodyParts, type NameOf, type Reference, type ThreadPlace } from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Placed } from '../threads/places.ts';
import type { DraftReader } from '../workers/read-client.ts';

/** A comment that somebody is told of, and the thread it stands in; the person may read its draft. */
export interface Told {
  processId: string;
  draftId: string;
  thread: Placed;
  body: string;
}

export interface Resolved {
  /** The references of a comment, each once. */
  references: Reference[];
  nameOf: NameOf;
  place: ThreadPlace;
}

const NOWHERE: ThreadPlace = { number: '', section: '', gone: false };

function referencesIn(body: string): Reference[] {
  const found = new Map<string, Reference>();
  for (const part of bodyParts(body)) if (part.kind !== 'text') found.set(`${part.kind}:${part.id}`, part);
  return [...found.values()];
}

/** Names of a process's members and recommendations, of those asked for. */
async function namesIn(db: Database, processId: string, references: readonly Reference[]) {
  const ids = (kind: Reference['kind']) =>
    JSON.stringify(references.filter((reference) => reference.kind === kind).map(({ id }) => id));
  const [people, recommendations] = await Promise.all([
    db
      .selectFrom('member')
      .innerJoin('user', 'user.id', 'member.userId')
      .select(['user.id', 'user.name'])
      .where('member.processId', '=', processId)
      .where(sql<boolean>`user.id in (select value from json_each(${ids('person')}))`)
      .execute(),
    db
      .selectFrom('recommendation')
      .select(['id', 'reference as name'])
      .where('processId', '=', processId)
      .where(sql<boolean>`recommendation.id in (select value from json_each(${ids('recommendation')}))`)
      .execute(),
  ]);
  const named = (rows: { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]));
  return { person: named(people), recommendation: named(recommendations) };
}

/**
 * What comments refer to by its present name, and where their threads stand: each process is asked once, each draft
 * read once.
 */
export async function resolveTold<T extends Told>(
  db: Database,
  reader: Pick<DraftReader, 'places'>,
  told: readonly T[],
): Promise<(T & Resolved)[]> {
  const items = told.map((item) => ({ ...item, references: referencesIn(item.body) }));
  const drafts = [...groupBy(items, ({ draftId }) => draftId)].map(([draftId, own]) => ({
    draftId,
    threads: [...new Map(own.map(({ thread }) => [thread.id, thread])).values()],
    clauseIds: own.flatMap(({ references }) =>
      references.flatMap(({ kind, id }) => (kind === 'clause' ? [id] : [])),
    ),
  }));
  const byProcess = [...groupBy(items, ({ processId }) => processId)];
  const [found, names] = await Promise.all([
    reader.places(drafts),
    Promise.all(
      byProcess.map(async ([processId, own]) => {
        const references = own.flatMap((item) => item.references);
        return [processId, await namesIn(db, processId, references)] as const;
      }),
    ),
  ]);
  const placesOf = new Map(found.map((places) => [places.draftId, places]));
  const namesOf = new Map(names);
  return items.map((item) => {
    const places = placesOf.get(item.draftId);
    const nameOf: NameOf = ({ kind, id }) => {
      if (kind === 'organisation') return id;
      if (kind === 'clause') return places?.clauses.get(id) ?? null;
      return namesOf.get(item.processId)?.[kind].get(id) ?? null;
    };
    return { ...item, nameOf, place: places?.threads.get(item.thread.id) ?? NOWHERE };
  });
}
