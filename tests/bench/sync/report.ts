import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Sizes } from './config.ts';
import { median } from './measure.ts';
import { REMARKS } from './remarks.ts';
import type { Results } from './rounds.ts';
import { DRAFTS, formatValue, type Row, rowsOf } from './rows.ts';
import type { Peer } from './servers/server.ts';

/** From tests/dist, where the bench is built to. */
const FILE = join(import.meta.dirname, '../../docs/benchmarks.md');
/** A row is lost when ours is worse by more than this: smaller differences change from run to run. */
const MARGIN = 0.03;

interface Line {
  row: Row;
  values: number[];
  /** Ours over each peer. */
  ratios: number[];
  lost: boolean;
}

function linesOf(results: Results, sizes: Sizes, peers: readonly Peer[]): Line[] {
  return rowsOf(sizes).flatMap((row) => {
    const byServer = results.get(row.scenario);
    if (!byServer) return [];
    const values = peers.map(({ name }) =>
      median((byServer.get(name) ?? []).map((figures) => figures[row.figure] ?? Number.NaN)),
    );
    const [ours = Number.NaN, ...theirs] = values;
    const ratios = theirs.map((value) => ours / value);
    const lost = ratios.some((ratio) => (row.better === 'lower' ? ratio > 1 + MARGIN : ratio < 1 - MARGIN));
    return [{ row, values, ratios, lost }];
  });
}

/** The busiest that the driver was, as a share of one core, and where. */
function busiest(results: Results): string {
  let most = { share: 0, where: 'nowhere' };
  for (const [scenario, byServer] of results)
    for (const [server, rounds] of byServer) {
      const share = median(rounds.map(({ driver }) => driver ?? 0));
      if (share > most.share) most = { share, where: `${scenario} on ${server}` };
    }
  return `${(most.share * 100).toFixed(0)} % of a core (${most.where})`;
}

function versionOf(name: string): string {
  const url = join(import.meta.dirname, `../node_modules/${name}/package.json`);
  const parsed: unknown = JSON.parse(readFileSync(url, 'utf8'));
  return typeof parsed === 'object' && parsed && 'version' in parsed ? String(parsed.version) : '';
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function tableOf(lines: readonly Line[], peers: readonly Peer[]): string[] {
  const [, ...theirs] = peers.map(({ name }) => name);
  const head = ['What', 'ours', ...theirs, ...theirs.map((name) => `ours / ${name}`)];
  const rows = lines.flatMap(({ row, values, ratios, lost }) => {
    const better = row.better === 'higher' ? ' (more is better)' : '';
    const cells = [
      `${row.label}${better}`,
      ...values.map((value) => formatValue(value, row.unit)),
      ...ratios.map((ratio) => (ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2))),
    ];
    const why = lost ? [[`Lost: ${REMARKS[row.id] ?? `no remark yet on ${row.id}.`}`]] : [];
    return [cells, ...why.map(([text]) => [`_${text}_`, ...head.slice(1).map(() => '')])];
  });
  return [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map(
    (cells) => `| ${cells.map(cell).join(' | ')} |`,
  );
}

function methodOf(results: Results, sizes: Sizes): string[] {
  return [
    `- Each server is a process of its own on loopback; one process drives all clients of all three on one monotonic clock. ${sizes.rounds} rounds; in each round every scenario runs on one server after another, in another order each round. Figures are medians of the rounds.`,
    `- The edits are the same for all: single characters typed into blocks of a draft in our schema, made beforehand by Yjs. ${DRAFTS}`,
    '- Clients are plain TCP sockets with the least of WebSocket and y-protocols: handshake, sync, presence. Every client reads which edits each update carries and fails the bench unless every edit of everybody else comes exactly once and in order. Two clients keep the updates and build a document when the clock has stopped; it, and the document of one who joins afterwards, must equal what was written. Three clients read presence; a cursor move counts as seen when it, or a later one of the same cursor, is there.',
    '- In the join storm all clients take the sum and length of the state they get, which must be equal; one builds the document from it.',
    '- Ours checks the session and rights of every socket and each update against the schema, and commits every update to SQLite (synchronous=FULL, within 10 ms). @y/websocket-server writes every update with y-leveldb, without waiting for the disk; @hocuspocus/server writes the whole document to SQLite (synchronous=FULL) 2 to 10 s after an edit. Neither peer signs anybody in.',
    '- The draft opened after a restart was written edit by edit into each running server, which then rests for 4 s and is stopped, so that its storage is as the server leaves it; y-leveldb merges its log at the first opening, which the second shows.',
    `- CPU and memory are those of the server process (/proc). The driver was busy for ${busiest(results)} at most.`,
  ];
}

/**
 * Prints the table; as a record, writes docs/benchmarks.md.
 * @param record whether all of the bench was run, at full size
 */
export function report(results: Results, sizes: Sizes, peers: readonly Peer[], record: boolean): void {
  const lines = linesOf(results, sizes, peers);
  const table = tableOf(lines, peers);
  const method = methodOf(results, sizes);
  console.log(`\n${table.join('\n')}\n\n${method.join('\n')}`);
  if (!record) return;
  const versions = ['@y/websocket-server', 'y-leveldb', '@hocuspocus/server', 'yjs', 'ws']
    .map((name) => `${name} ${versionOf(name)}`)
    .join(', ');
  const [cpu] = cpus();
  const machine = `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;
  const page = [
    '# Benchmarks of the sync server',
    '',
    'Made by `pnpm build && pnpm bench sync`.',
    '',
    `Machine: ${machine}.`,
    '',
    `Against: ${versions}.`,
    '',
    'A ratio below 1 means that ours takes less; where more is better, above 1 that ours does more.',
    '',
    ...table,
    '',
    '## Method',
    '',
    ...method,
    '',
  ];
  writeFileSync(FILE, page.join('\n'));
  console.log('\nWritten to docs/benchmarks.md.');
}
