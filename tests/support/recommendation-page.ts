import type { RecommendationSummary } from '@zerodraft/trace';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, startAs } from './browser.ts';
import { allOf, importRows } from './library.ts';
import { Person } from './person.ts';
import { TestServer } from './server.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

export const heading = (page: Page): Locator => page.locator('#recommendation-title');
export const events = (page: Page): Locator => page.getByTestId('history-event');
export const comments = (page: Page): Locator => page.getByTestId('discussion-comment');
export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Chooses what is done with a recommendation, on its page. */
export async function menu(page: Page, reference: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${reference}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** A server with recommendations T-1 to T-12, and the windows of those who look at their pages. */
export class RecommendationPages {
  private constructor(
    readonly server: TestServer,
    readonly browser: Browser,
    readonly amara: Person,
    /** Windows of a facilitator, a drafter and a delegate. */
    readonly amaras: Page,
    readonly meis: Page,
    readonly jonas: Page,
  ) {}

  static async start(): Promise<RecommendationPages> {
    const server = await TestServer.start();
    const browser = await launch();
    const amara = await Person.demo(server, 'amara');
    const rows = Array.from({ length: 12 }, (_, n) => [
      `T-${n + 1}`,
      `Lanterns for harbour ${n + 1}`,
      `States should light harbour ${n + 1}, and keep it lit.`,
      'Harbour chaplains',
    ]);
    const report = await importRows(amara, [['Reference', 'Title', 'Text', 'Source'], ...rows]);
    if (report.body.errors.length > 0) throw new Error(JSON.stringify(report.body.errors));
    const amaras = await startAs(browser, server, 'Amara', CLIPBOARD);
    const meis = await startAs(browser, server, 'Mei', CLIPBOARD);
    const jonas = await startAs(browser, server, 'Jonas');
    for (const page of [amaras, meis, jonas]) page.setDefaultTimeout(10_000);
    return new RecommendationPages(server, browser, amara, amaras, meis, jonas);
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.server.remove();
  }

  address(id: string): string {
    return `${this.server.url}/processes/global-compact-sample/recommendations/${id}`;
  }

  async called(reference: string): Promise<RecommendationSummary> {
    const found = (await allOf(this.amara)).get(reference);
    if (!found) throw new Error(`there is no ${reference}`);
    return found;
  }

  /** Opens the page of a recommendation by its reference. @returns its id */
  async open(page: Page, reference: string): Promise<string> {
    const { id, title } = await this.called(reference);
    await page.goto(this.address(id));
    await heading(page).getByText(title, { exact: true }).waitFor();
    return id;
  }
}
