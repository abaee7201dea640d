import { DRAFT, MOVES_PER_SECOND, type Sizes, SMALL_DRAFT } from './config.ts';

type Unit = 'ms' | 's' | 'bytes' | '/s';

/** A row of the table: one figure of one scenario. */
export interface Row {
  id: string;
  label: string;
  scenario: string;
  figure: string;
  unit: Unit;
  better: 'lower' | 'higher';
}

function row(
  scenario: string,
  figure: string,
  label: string,
  unit: Unit,
  better: Row['better'] = 'lower',
): Row {
  return { id: `${scenario}.${figure}`, label, scenario, figure, unit, better };
}

/** The rows of the report, in its order. */
export function rowsOf(sizes: Sizes): Row[] {
  const { burst, cursors, storm, idleRooms, history, rooms, editsPerSecond } = sizes;
  const load = `${editsPerSecond} edits/s in all, each moves its cursor ${MOVES_PER_SECOND} x/s, for ${sizes.seconds} s`;
  const steady = rooms.flatMap((people) => {
    const name = `steady-${people}`;
    return [
      row(name, 'p50', `edit to peer, ${people} clients (${load}), p50`, 'ms'),
      row(name, 'p95', '… p95', 'ms'),
      row(name, 'p99', '… p99', 'ms'),
      row(name, 'cpu', '… server CPU', 's'),
      row(name, 'memory', '… server memory', 'bytes'),
      row(name, 'bytes', '… received by all clients', 'bytes'),
    ];
  });
  const one = `1 writes, ${burst.readers} read`;
  const many = `${burst.writers} write and read`;
  const people = `${cursors.people} people, cursors ${cursors.movesPerSecond} x/s each, 4 of them type 20 edits/s, for ${cursors.seconds} s`;
  return [
    row('one-writer', 'rate', `updates delivered, ${one}, burst of ${burst.edits}`, '/s', 'higher'),
    row('one-writer', 'cpu', '… server CPU', 's'),
    row('one-writer', 'bytes', '… received by all clients', 'bytes'),
    row('many-writers', 'rate', `updates delivered, ${many}, burst of ${burst.edits}`, '/s', 'higher'),
    row('many-writers', 'cpu', '… server CPU', 's'),
    row('many-writers', 'bytes', '… received by all clients', 'bytes'),
    ...steady,
    row('cursors', 'p50', `edit to peer, ${people}, p50`, 'ms'),
    row('cursors', 'p95', '… p95', 'ms'),
    row('cursors', 'p99', '… p99', 'ms'),
    row('cursors', 'presence95', '… cursor to peer p95', 'ms'),
    row('cursors', 'cpu', '… server CPU', 's'),
    row('cursors', 'memory', '… server memory', 'bytes'),
    row('cursors', 'bytes', '… received by all clients', 'bytes'),
    row('storm', 'last', `${storm.clients} join, ${storm.bytes / 1e6} MB draft, until the last has it`, 'ms'),
    row('storm', 'cpu', '… server CPU', 's'),
    row('storm', 'peak', '… server memory, peak over before', 'bytes'),
    row('storm', 'bytes', '… received by all clients', 'bytes'),
    row('cold', 'first', `first sync of a draft of ${history} edits, after a restart`, 'ms'),
    row('cold', 'second', '… after another restart', 'ms'),
    row('cold', 'cpu', '… server CPU, first', 's'),
    row('cold', 'bytes', '… received, first', 'bytes'),
    row('idle', 'start', 'server memory with one room, garbage collected', 'bytes'),
    row('idle', 'perRoom', `… more for each idle open room, of ${idleRooms}`, 'bytes'),
  ];
}

const MB = 1024 * 1024;

/** A figure for people, with its unit. */
export function formatValue(value: number, unit: Unit): string {
  const big = value >= 10 * MB;
  const scaled = unit !== 'bytes' ? value : big ? value / MB : value / 1024;
  const name = unit !== 'bytes' ? unit : big ? 'MB' : 'KB';
  const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return `${scaled.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${name}`;
}

/** What the drafts of the rooms are, for the report. */
export const DRAFTS = `Rooms hold a draft of ${DRAFT.blocks} blocks of ${DRAFT.length} characters (idle rooms ${SMALL_DRAFT.blocks} of ${SMALL_DRAFT.length}).`;
