const WORK =
  'for each edit ours checks the schema, repairs, counts and commits to disk; the others pass it on and store it later or unsynced.';

const TICK =
  'ours sends what came in one tick as one message when the tick is over; it costs the middle and saves the tail and the CPU.';

const PROCESS = 'the process also holds accounts, the HTTP API and the threads that write and merge.';

/** Why a row is lost, by the row's id; printed under it. */
export const REMARKS: Readonly<Record<string, string>> = {
  'steady-2.p50': WORK,
  'steady-2.p95': WORK,
  'steady-2.p99': WORK,
  'steady-2.cpu': WORK,
  'steady-20.p50': WORK,
  'steady-20.p95': WORK,
  'steady-20.p99': WORK,
  'steady-20.cpu': WORK,
  'steady-100.p50': WORK,
  'steady-100.p95': WORK,
  'steady-100.p99': WORK,
  'steady-100.memory': PROCESS,
  'steady-300.p50': TICK,
  'steady-300.p95': TICK,
  'steady-300.memory': PROCESS,
  'cursors.memory': PROCESS,
  'idle.start': PROCESS,
};
