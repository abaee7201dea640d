import { type LibraryView, MAX_VIEWS, type NewView, viewQuery } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

function select(db: Database, processId: string) {
  return db
    .selectFrom('library_view as view')
    .innerJoin('user', 'user.id', 'view.createdBy')
    .select(['view.id', 'view.name', 'view.query', 'view.version', 'view.updatedAt'])
    .select(['view.createdBy', 'user.name as createdByName'])
    .where('view.processId', '=', processId);
}
type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;

function parse({ query, createdBy, createdByName, ...row }: Row): LibraryView {
  return {
    ...row,
    query: viewQuery.parse(JSON.parse(query)),
    createdBy: { id: createdBy, name: createdByName },
  };
}

/** The views of a process by name. */
export async function listViews(db: Database, processId: string): Promise<LibraryView[]> {
  return (await select(db, processId).orderBy('view.name').execute()).map(parse);
}

export async function findView(db: Database, processId: string, id: string): Promise<LibraryView | null> {
  const row = await select(db, processId).where('view.id', '=', id).executeTakeFirst();
  return row ? parse(row) : null;
}

/** Whether a name is that of another view. */
async function isTaken(db: Database, processId: string, name: string, own: string): Promise<boolean> {
  const same = await db
    .selectFrom('library_view')
    .select('id')
    .where('processId', '=', processId)
    .where('name', '=', name)
    .where('id', '!=', own)
    .executeTakeFirst();
  return same !== undefined;
}

/** Keeps a view; `known` when the same request did so before. */
export async function createView(
  db: Database,
  processId: string,
  userId: string,
  { id, name, query }: NewView,
): Promise<'made' | 'known' | 'taken' | 'full'> {
  const existing = await db
    .selectFrom('library_view')
    .select(['processId', 'createdBy'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (existing) return existing.processId === processId && existing.createdBy === userId ? 'known' : 'taken';
  if (await isTaken(db, processId, name, id)) return 'taken';
  if ((await listViews(db, processId)).length >= MAX_VIEWS) return 'full';
  const updatedAt = new Date().toISOString();
  await db
    .insertInto('library_view')
    .values({ id, processId, name, query: JSON.stringify(query), createdBy: userId, updatedAt })
    .execute();
  return 'made';
}

/** Changes a view, unless somebody changed it since `version`. */
export async function changeView(
  db: Database,
  processId: string,
  id: string,
  change: { version: number; name?: string | undefined; query?: LibraryView['query'] | undefined },
): Promise<'changed' | 'gone' | 'stale' | 'taken'> {
  const view = await findView(db, processId, id);
  if (!view) return 'gone';
  if (view.version !== change.version) return 'stale';
  const name = change.name ?? view.name;
  if (await isTaken(db, processId, name, id)) return 'taken';
  await db
    .updateTable('library_view')
    .set({
      name,
      query: JSON.stringify(change.query ?? view.query),
      version: view.version + 1,
      updatedAt: new Date().toISOString(),
    })
    .where('id', '=', id)
    .execute();
  return 'changed';
}

/** @returns the name of what was deleted; null when there is no such view */
export async function deleteView(db: Database, processId: string, id: string): Promise<string | null> {
  const view = await findView(db, processId, id);
  if (view) await db.deleteFrom('library_view').where('id', '=', id).execute();
  return view?.name ?? null;
}
