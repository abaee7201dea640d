const WORK =
  'for each edit ours checks the schema, repairs, counts and commits to disk; the others pass it on and store it later or unsynced.';

/** Why a row is lost, by the row's id; printed under it. */
export const REMARKS: Readonly<Record<string, string>> = {
  'steady-2.p50': WORK,
  'steady-2.cpu': WORK,
  'steady-20.p50': WORK,
  'steady-20.cpu': WORK,
  'idle.start': 'the process also holds accounts, the HTTP API and the threads that write and merge.',
};
