import { mayEver, ROLES } from '@zerodraft/contract';
import type { Database } from '../db/database.ts';

const TEAM = ROLES.filter((role) => mayEver(role, 'discussion.read'));

/**
 * The recommendations whose discussion somebody may know of: those of the processes whose team they are of. Everything
 * that tells of a discussion outside of its own routes begins with this query.
 */
export function openDiscussions(db: Database, userId: string) {
  return db
    .selectFrom('recommendation')
    .innerJoin('process', 'process.id', 'recommendation.processId')
    .innerJoin('member', (join) =>
      join.onRef('member.processId', '=', 'recommendation.processId').on('member.userId', '=', userId),
    )
    .where('member.role', 'in', TEAM)
    .where('process.state', '<>', 'deleted');
}
