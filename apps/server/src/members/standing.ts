import { type Circumstances, roleInEffect, type Viewer } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';
import { colorOf } from '../http/color.ts';
import { listRounds } from '../rounds/repository.ts';

/** Somebody in a process, or in one draft of it, with all that decides what they may do there. */
export interface Standing {
  viewer: Viewer;
  processId: string;
  circumstances: Omit<Circumstances, 'now'>;
}

/** Where a request is: a process, or a draft in it. */
export interface Place {
  processId?: string | undefined;
  draftId?: string | undefined;
}

/** A user's standing in a place; null when there is no such place for them. */
export async function findStanding(db: Database, place: Place, userId: string): Promise<Standing | null> {
  const { draftId } = place;
  const draft =
    draftId === undefined
      ? null
      : await db
          .selectFrom('draft')
          .leftJoin('draft_member', (join) =>
            join.onRef('draft_member.draftId', '=', 'draft.id').on('draft_member.userId', '=', userId),
          )
          .select(['draft.processId', 'draft.state', 'draft.stateSince', 'draft_member.role as draftRole'])
          .where('draft.id', '=', draftId)
          .executeTakeFirst();
  if (draft === undefined) return null;
  const processId = draft?.processId ?? place.processId;
  if (processId === undefined) return null;
  const row = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .innerJoin('process', 'process.id', 'member.processId')
    .select(['user.id', 'user.name', 'member.organisation', 'member.role', 'member.position'])
    .select(['process.state', 'process.stateSince'])
    .where('member.processId', '=', processId)
    .where('member.userId', '=', userId)
    .executeTakeFirst();
  if (!row) return null;
  const role = roleInEffect(row.role, draft?.draftRole ?? null);
  if (role === null) return null;
  return {
    viewer: {
      id: row.id,
      name: row.name,
      organisation: row.organisation,
      role,
      color: colorOf(row.position),
    },
    processId,
    circumstances: {
      process: { state: row.state, stateSince: row.stateSince },
      draft: draft && { state: draft.state, stateSince: draft.stateSince },
      rounds: await listRounds(db, processId),
    },
  };
}

/** What an open socket may do: changes when the role in effect does, or the state of its draft or process. */
export interface SocketRights {
  userId: string;
  draftId: string;
  key: string;
}

/** The rights of users in drafts, as they are now, in one query; who has none is left out. */
export async function rightsOf(
  db: Database,
  userIds: readonly string[],
  draftIds: readonly string[],
): Promise<SocketRights[]> {
  const rows = await db
    .selectFrom('draft')
    .innerJoin('process', 'process.id', 'draft.processId')
    .innerJoin('member', 'member.processId', 'draft.processId')
    .leftJoin('draft_member', (join) =>
      join.onRef('draft_member.draftId', '=', 'draft.id').onRef('draft_member.userId', '=', 'member.userId'),
    )
    .select(['member.userId', 'draft.id as draftId', 'member.role', 'draft_member.role as draftRole'])
    .select(['draft.state as draftState', 'process.state as processState'])
    .where('draft.id', 'in', draftIds)
    .where('member.userId', 'in', userIds)
    .execute();
  return rows.flatMap(({ userId, draftId, role, draftRole, draftState, processState }) => {
    const inEffect = roleInEffect(role, draftRole);
    return inEffect === null ? [] : [{ userId, draftId, key: rightsKey(inEffect, draftState, processState) }];
  });
}

/** A word for the rights that a socket is opened with. */
export function rightsKey(role: string, draftState: string, processState: string): string {
  return `${role} in ${draftState} draft of ${processState} process`;
}
