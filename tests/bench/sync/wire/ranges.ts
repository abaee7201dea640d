import * as Y from 'yjs';

/** What an update brings of one writer: its clocks from `from` up to, not including, `to`. */
export interface Range {
  client: number;
  from: number;
  to: number;
}

const KEPT = 512;
const known = new Map<string, readonly Range[]>();

function decode(update: Uint8Array): Range[] {
  const ranges: Range[] = [];
  for (const { id, length } of Y.decodeUpdate(update).structs) {
    const last = ranges.at(-1);
    if (last?.client === id.client && last.to === id.clock) last.to += length;
    else ranges.push({ client: id.client, from: id.clock, to: id.clock + length });
  }
  return ranges;
}

/**
 * Which edits an update carries. A server sends the same bytes to everybody in a room, so what was decoded for one
 * client is looked up for the others.
 */
export function rangesOf(update: Buffer): readonly Range[] {
  const key = update.toString('latin1');
  let ranges = known.get(key);
  if (ranges === undefined) {
    ranges = decode(Buffer.from(update));
    if (known.size >= KEPT) known.clear();
    known.set(key, ranges);
  }
  return ranges;
}

/** A client and its clock, of each entry in an awareness update; the states are skipped. */
export function presenceOf(
  update: Uint8Array,
  start: number,
  take: (client: number, clock: number) => void,
): void {
  let at = start;
  const read = (): number => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = update[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
  const count = read();
  for (let i = 0; i < count; i += 1) {
    const client = read();
    const clock = read();
    // Not `at += read()`: that would add to the position before the length was read.
    const length = read();
    at += length;
    take(client, clock);
  }
}
