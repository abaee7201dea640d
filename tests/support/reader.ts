import type { Citation, Source } from '@zerodraft/contract';
import type { Locator, Page } from 'playwright-core';
import { PROCESS } from './account.ts';
import { until } from './client.ts';
import { readSource, SOURCES } from './documents.ts';
import type { Person } from './person.ts';
import type { TestServer } from './server.ts';

/** A document of forty chapters with five points each, and a last word. */
export function schools(person: Person): Promise<Source> {
  const chapters = Array.from({ length: 40 }, (_, chapter) => {
    const points = Array.from(
      { length: 5 },
      (_, point) =>
        `Point ${point + 1} of chapter ${chapter + 1}: States should ensure access to schools. Cities need funds for it, and say so.`,
    );
    return `# Chapter ${chapter + 1}\n\n${points.join('\n\n')}`;
  });
  const text = [...chapters, 'A last word on kelpwood.'].join('\n\n');
  const details = { who: 'Cities Network', stakeholderKind: 'Local authority', title: 'On schools' };
  return readSource(person, text, 'schools.md', details);
}

/** A document of so many paragraphs as a source may have, short and long ones. */
export const LONG = 20_000;
export function longDocument(person: Person): Promise<Source> {
  const lines = Array.from({ length: LONG }, (_, n) =>
    n % 7 === 0
      ? `Line ${n + 1}. ${'Words upon words, and more words of all lengths. '.repeat(6)}`
      : `Line ${n + 1}.`,
  );
  return readSource(person, lines.join('\n\n'), 'long.txt');
}

export const address = ({ url }: TestServer, { id }: Source, search = ''): string =>
  `${url}/processes/${PROCESS}/sources/${id}${search}`;

/** A paragraph of the open document: its row, its text alone, its number. */
export const para = (n: number, on: Page): Locator => on.locator(`[data-row="${n}"]`);
export const text = (n: number, on: Page): Locator => on.locator(`[data-text="${n}"]`);
export const number = (n: number, on: Page): Locator => para(n, on).locator('.para-number');

/** What says which passage is chosen. */
export const bar = (on: Page): Locator => on.getByRole('region', { name: 'Chosen passage' });

/** Waits until something stands in the window of the document, and stays there. */
export async function inSight(what: Locator): Promise<void> {
  const reader = what.page().getByTestId('reader');
  let before = Number.NaN;
  await until(async () => {
    const [box, frame] = await Promise.all([what.first().boundingBox(), reader.boundingBox()]);
    const still = box?.y === before;
    before = box?.y ?? Number.NaN;
    return still && !!box && !!frame && box.y >= frame.y && box.y + box.height <= frame.y + frame.height;
  });
}

/** Where some letters of a paragraph are on the screen. */
export function letters(paragraph: Locator, from: number, to: number) {
  return paragraph.evaluate(
    (element, [start, end]) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let at = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const { length } = node.nodeValue ?? '';
        if (start >= at && start < at + length) range.setStart(node, start - at);
        if (end > at && end <= at + length) range.setEnd(node, end - at);
        at += length;
      }
      const first = range.getClientRects()[0];
      const last = [...range.getClientRects()].at(-1);
      if (!first || !last) throw new Error('nothing is there');
      return {
        from: { x: first.left + 0.5, y: first.top + first.height / 2 },
        to: { x: last.right - 0.5, y: last.top + last.height / 2 },
      };
    },
    [from, to] as const,
  );
}

/** Selects with the mouse, from a letter of one paragraph to one of another. */
export async function drag(
  page: Page,
  from: readonly [n: number, at: number],
  to: readonly [n: number, at: number],
): Promise<void> {
  const start = (await letters(text(from[0], page), from[1], from[1] + 1)).from;
  const end = (await letters(text(to[0], page), to[1] - 1, to[1])).to;
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

/** The recommendations that were taken from a source, by place. */
export async function citations(person: Person, { id }: Source): Promise<Citation[]> {
  return (await person.get(`${SOURCES}/${id}`)).body.citations;
}
