import type { Locator, Page } from 'playwright-core';
import { importRows } from './library.ts';
import type { Person } from './person.ts';
import type { TestServer } from './server.ts';

export const SAMPLE = 'global-compact-sample';
export const HEAD = ['Reference', 'Title', 'Text', 'Source', 'Date', 'Name of the session', 'Region'];

/** Rows of one kind, told apart by their numbers: "LH-01" to as many as asked for. */
export function lighthouses(count: number, prefix = 'LH'): string[][] {
  const digits = String(count).length;
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(digits, '0');
    const source = index % 3 === 0 ? 'Lighthouse keepers' : 'Pilots';
    const text = `Each harbour keeps a lighthouse, number ${number}.`;
    return [
      `${prefix}-${number}`,
      `Light ${number}`,
      text,
      source,
      '2017-05-01',
      `Session ${1 + (index % 2)}`,
      '',
    ];
  });
}

/** Imports rows into a process; regions and other terms that are new come with them. */
export async function take(person: Person, rows: readonly (readonly string[])[], processId = SAMPLE) {
  const { status, body } = await importRows(person, [HEAD, ...rows], `/api/processes/${processId}`, {
    terms: 'add',
  });
  if (status !== 200 || body.errors.length > 0) throw new Error(JSON.stringify(body));
}

/** The library's page of a process. */
export class LibraryScreen {
  constructor(
    readonly page: Page,
    readonly server: TestServer,
    readonly processId = SAMPLE,
  ) {}

  get address(): URL {
    return new URL(this.page.url());
  }
  async open(search = ''): Promise<void> {
    await this.page.goto(`${this.server.url}/processes/${this.processId}/library${search}`);
    await this.page.getByRole('heading', { name: 'Library', exact: true }).waitFor();
  }
  /** Waits until this many are found. */
  async found(count: number): Promise<void> {
    const words = `${count.toLocaleString('en')} ${count === 1 ? 'recommendation' : 'recommendations'}`;
    await this.page.locator('.list-found').getByText(words, { exact: true }).waitFor();
    if (count > 0) await this.page.locator('.lib-list:not([aria-busy="true"]) .row-link').first().waitFor();
  }
  get box(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search the library' });
  }
  row(reference: string): Locator {
    return this.page.locator('.library-row').filter({ hasText: reference });
  }
  link(reference: string): Locator {
    return this.row(reference).getByRole('link');
  }
  check(reference: string): Locator {
    return this.page.getByRole('checkbox', { name: `Choose ${reference}`, exact: true });
  }
  references(): Promise<string[]> {
    return this.page.locator('.row-reference').allInnerTexts();
  }
  facet(name: string): Locator {
    return this.page
      .locator('.library-side .facet')
      .filter({ has: this.page.getByRole('heading', { name: new RegExp(`^${name}`) }) });
  }
  /** A facet's values as "Open 12". */
  async values(name: string): Promise<string[]> {
    const texts = await this.facet(name).locator('.facet-value').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }
  async choose(facet: string, value: string): Promise<void> {
    await this.facet(facet).locator('.facet-value').filter({ hasText: value }).click();
  }
  get chips(): Locator {
    return this.page.getByRole('list', { name: 'Filters' }).getByRole('listitem');
  }
  /** What is told at the foot of the page. */
  get told(): Locator {
    return this.page.locator('.dock [role="status"]').first();
  }
  dialog(): Locator {
    return this.page.getByRole('dialog');
  }
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }
}
