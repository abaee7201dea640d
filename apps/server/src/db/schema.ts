import type { AccountTables } from './tables/accounts.ts';
import type { CommentTables } from './tables/comment.ts';
import type { DepositTables } from './tables/deposit.ts';
import type { LibraryTables } from './tables/library.ts';
import type { ProcessTables } from './tables/process.ts';

/** Columns of the tables; times are ISO 8601 text in UTC, lists are JSON text. */
export interface Tables extends AccountTables, ProcessTables, LibraryTables, DepositTables, CommentTables {}
