/** A text in pieces: what stayed, what went, what came. */
export interface TextChange {
  start: string;
  removed: string;
  added: string;
  end: string;
}

/** Where two texts differ, from whole word to whole word. */
export function textChange(before: string, after: string): TextChange {
  const [old, now] = [before.split(/(?<=\s)/), after.split(/(?<=\s)/)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end += 1;
  return {
    start: old.slice(0, start).join(''),
    removed: old.slice(start, old.length - end).join(''),
    added: now.slice(start, now.length - end).join(''),
    end: old.slice(old.length - end).join(''),
  };
}

/** The last words of a text, for what stands before a change. */
export function lastWords(text: string, count: number): string {
  const words = text.split(/(?<=\s)/);
  return words.length <= count ? text : `… ${words.slice(-count).join('')}`;
}

/** The first words of a text, for what stands after a change. */
export function firstWords(text: string, count: number): string {
  const words = text.split(/(?<=\s)/);
  return words.length <= count ? text : `${words.slice(0, count).join('').trimEnd()} …`;
}
