import type { Notice } from '@zerodraft/contract';
import type { Services } from './context.ts';

/** Tells everybody who has a draft of a process open what to fetch anew. */
export async function notifyProcess(
  { db, rooms }: Pick<Services, 'db' | 'rooms'>,
  processId: string,
  notice: Notice,
): Promise<void> {
  const drafts = await db.selectFrom('draft').select('id').where('processId', '=', processId).execute();
  await Promise.all(drafts.map(({ id }) => rooms.notify(id, notice)));
}

/** Tells those of a process's team who have a draft open what to fetch anew; others would learn that there is something. */
export async function notifyTeam(
  { db, rooms }: Pick<Services, 'db' | 'rooms'>,
  processId: string,
  notice: Notice,
): Promise<void> {
  const drafts = await db.selectFrom('draft').select('id').where('processId', '=', processId).execute();
  await Promise.all(drafts.map(({ id }) => rooms.notify(id, notice, ({ mayEdit }) => mayEdit)));
}

/** Tells some people who have a draft of a process open what to fetch anew. */
export async function notifyPeople(
  { db, rooms }: Pick<Services, 'db' | 'rooms'>,
  processId: string,
  people: readonly string[],
  notice: Notice,
): Promise<void> {
  const drafts = await db.selectFrom('draft').select('id').where('processId', '=', processId).execute();
  await Promise.all(
    drafts.map(({ id }) => rooms.notify(id, notice, ({ userId }) => people.includes(userId))),
  );
}
