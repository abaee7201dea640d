import type { Block } from './document.ts';

/** Longer lines are paragraphs that no program has wrapped. */
const WRAPPED = 120;
const ITEM = /^\s*(?:[-*•–]|\(?(?:\d{1,3}|[a-z]{1,4})[.)])\s+\S/;

/** Reads plain text: blank lines part paragraphs; where there are none, each line is one. */
export function readPlainText(text: string): Block[] {
  const blocks: Block[] = [];
  const chunks = text
    .replaceAll('\f', '\n\n')
    .split(/\r\n?|\n/)
    .reduce<string[][]>(
      (sofar, line) => {
        if (line.trim() === '') sofar.push([]);
        else sofar.at(-1)?.push(line);
        return sofar;
      },
      [[]],
    )
    .filter((lines) => lines.length > 0);
  for (const lines of chunks) {
    const apart = chunks.length === 1 || lines.some((line) => line.length > WRAPPED);
    let open = false;
    for (const line of lines) {
      const item = ITEM.test(line);
      const last = blocks.at(-1);
      if (last && open && !apart && !item) last.text += ` ${line}`;
      else blocks.push({ kind: item ? 'item' : 'paragraph', text: line, page: null });
      open = true;
    }
  }
  return blocks;
}
