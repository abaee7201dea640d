import {
  bodyParts,
  type NameOf,
  type Reference,
  type ReferenceName,
  type ThreadPlace,
} from '@zerodraft/contract';
import { groupBy } from '@zerodraft/schema';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Placed } from '../threads/places.ts';
import type { DraftReader } from '../workers/read-client.ts';

/** A comment that somebody is told of. */
interface Said {
  processId: string;
  body: string;
}

/** A comment of a thread; the person may read its draft. */
export interface Told extends Said {
  draftId: string;
  thread: Placed;
}

export interface Named {
  /** The references of a comment, each once. */
  references: Reference[];
  nameOf: NameOf;
}

export interface Resolved extends Named {
  place: ThreadPlace;
}

/** The names of what a comment refers to, to be sent along with it. */
export function namesOf({ references, nameOf }: Named): ReferenceName[] {
  return references.flatMap((reference) => {
    const name = nameOf(reference);
    // An organisation is its own name.
    return name === null || reference.kind === 'organisation'
      ? []
      : [{ kind: reference.kind, id: reference.id, name }];
  });
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

/** What comments refer to by its present name, save clauses, which have none outside of a draft. Each process is asked once. */
export async function resolveNames<T extends Said>(db: Database, said: readonly T[]): Promise<(T & Named)[]> {
  const items = said.map((item) => ({ ...item, references: referencesIn(item.body) }));
  const names = new Map(
    await Promise.all(
      [...groupBy(items, ({ processId }) => processId)].map(async ([processId, own]) => {
        const references = own.flatMap((item) => item.references);
        return [processId, await namesIn(db, processId, references)] as const;
      }),
    ),
  );
  return items.map((item) => {
    const nameOf: NameOf = ({ kind, id }) => {
      if (kind === 'organisation') return id;
      return kind === 'clause' ? null : (names.get(item.processId)?.[kind].get(id) ?? null);
    };
    return { ...item, nameOf };
  });
}

/** What comments of threads refer to by its present name, and where their threads stand: each draft is read once. */
export async function resolveTold<T extends Told>(
  db: Database,
  reader: Pick<DraftReader, 'places'>,
  told: readonly T[],
): Promise<(T & Resolved)[]> {
  const items = await resolveNames(db, told);
  const drafts = [...groupBy(items, ({ draftId }) => draftId)].map(([draftId, own]) => ({
    draftId,
    threads: [...new Map(own.map(({ thread }) => [thread.id, thread])).values()],
    clauseIds: own.flatMap(({ references }) =>
      references.flatMap(({ kind, id }) => (kind === 'clause' ? [id] : [])),
    ),
  }));
  const placesOf = new Map((await reader.places(drafts)).map((places) => [places.draftId, places]));
  return items.map((item) => {
    const places = placesOf.get(item.draftId);
    const nameOf: NameOf = (reference) =>
      reference.kind === 'clause' ? (places?.clauses.get(reference.id) ?? null) : item.nameOf(reference);
    return { ...item, nameOf, place: places?.threads.get(item.thread.id) ?? NOWHERE };
  });
}
