import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caretAtEnd, clause, launch, openAs, shownBlocks } from '../support/browser.ts';
import { until } from '../support/client.ts';
import { TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launch();
  page = (await openAs(browser, server, 'Amara')).page;
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** Pastes what another program put on the clipboard: HTML with its plain text beside it. */
async function paste(html: string, text: string): Promise<void> {
  await page.locator('.draft-text').evaluate(
    (element, data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', data.html);
      clipboardData.setData('text/plain', data.text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    { html, text },
  );
}

async function emptyParagraphAfter(citation: string): Promise<void> {
  await caretAtEnd(page, citation);
  await page.keyboard.press('Enter');
}

describe('paste in Chromium', () => {
  it('reads a document of Word: paragraphs, lettered items, bold; no styles, no comments of the markup', async () => {
    await emptyParagraphAfter('2');
    await paste(
      `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
      <head><meta name=Generator content="Microsoft Word 15"><style>p.MsoListParagraph{margin-left:36pt}</style></head>
      <body lang=EN-GB><!--StartFragment-->
      <p class=MsoNormal><span style='font-family:"Times New Roman"'>3.<span style='mso-spacerun:yes'>  </span></span>We commit to <b>fair</b> procedures.<o:p></o:p></p>
      <p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>(a)<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Publish the rules;</p>
      <p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>(b)<span>&nbsp;</span></span><![endif]>Review them yearly.</p>
      <!--EndFragment--></body></html>`,
      '3. We commit to fair procedures.\n(a) Publish the rules;\n(b) Review them yearly.',
    );
    await clause(page, '3(b)').getByText('Review them yearly.').waitFor();
    expect(await clause(page, '3').innerText()).toBe('We commit to fair procedures.');
    expect(await clause(page, '3').locator('strong').innerText()).toBe('fair');
    expect(await clause(page, '3(a)').innerText()).toBe('Publish the rules;');
    expect(
      await page.locator('.draft-text [style*="mso"], .draft-text style, .draft-text o\\:p').count(),
    ).toBe(0);
  });

  it('reads a web page: headings, nested lists and links as text, and nothing that runs', async () => {
    await emptyParagraphAfter('3(b)');
    await paste(
      `<meta charset="utf-8"><div onclick="window.pasted=1"><p>See <a href="javascript:window.pasted=1">the
      report</a><img src=x onerror="window.pasted=1"></p><ol><li>First<ul><li>Deeper</li></ul></li><li>Second</li></ol>
      <script>window.pasted=1</script></div>`,
      'See the report',
    );
    await page.locator('.draft-text').getByText('Deeper').waitFor();
    const kinds = (await shownBlocks(page))
      .filter((block) => /See the report|First|Deeper|Second/.test(block))
      .map((block) => block.split(' ')[1]);
    expect(kinds.slice(-3)).toEqual(['item', 'subitem', 'item']);
    expect(await page.locator('.draft-text a, .draft-text img[src="x"], .draft-text script').count()).toBe(0);
    expect(await page.evaluate(() => 'pasted' in window)).toBe(false);
  });

  it('gives copied clauses ids of their own and leaves the originals theirs', async () => {
    const ids = async (): Promise<string[]> =>
      (await shownBlocks(page)).map((block) => block.split(' ')[0] ?? '');
    const before = await ids();
    await clause(page, '1').click();
    await page.evaluate(() => {
      const [first, second] = ['1', '2'].map((n) =>
        document.querySelector(`.draft-text [data-citation="${n}"]`),
      );
      if (first && second)
        window.getSelection()?.setBaseAndExtent(first, 0, second, second.childNodes.length);
    });
    await page.keyboard.press('Control+c');
    await emptyParagraphAfter('5');
    await page.keyboard.press('Control+v');
    await until(async () => (await ids()).length === before.length + 2);
    const after = await ids();
    expect(new Set(after).size).toBe(after.length);
    expect(after.filter((id) => before.includes(id))).toEqual(before);
    expect(await clause(page, '6').innerText()).toBe(await clause(page, '1').innerText());
    expect(await clause(page, '7').innerText()).toBe(await clause(page, '2').innerText());
  });
});
