import type { Locator, Page } from 'playwright-core';
import type { SampleBeacon } from '../builders/sample.ts';
import type { TestBrowser } from './test-browser.ts';

/** Opens a page and its sample capture, and waits for the ranked table. */
export async function openSample(browser: TestBrowser, url: string, page?: Page): Promise<Page> {
  const opened = page ?? (await browser.newPage());
  if (page === undefined) await opened.goto(url);
  await opened.getByRole('button', { name: 'Try the sample capture' }).click();
  await gridOf(opened).waitFor();
  return opened;
}

/** Gives files to the picker and waits until reading has ended one way or another. */
export async function openFiles(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.getByTestId('picker').setInputFiles(files);
}

/** The ranked table. */
export function gridOf(page: Page): Locator {
  return page.getByRole('grid', { name: 'Connections' });
}

/** The row in a place of the shown order, from 1; the heading is row 1 to ARIA. */
export function rowAt(page: Page, place: number): Locator {
  return page.locator(`[role=grid] [aria-rowindex="${place + 1}"]`);
}

/** The row of one of the sample's beacons. */
export function rowOf(page: Page, { source, name, port }: SampleBeacon): Locator {
  return page
    .locator('[role=grid] tbody tr[aria-rowindex]')
    .filter({
      has: page
        .getByRole('cell', { name: source, exact: true })
        .or(page.getByRole('gridcell', { name: source, exact: true })),
    })
    .filter({ hasText: name })
    .filter({ hasText: String(port) });
}

/** The open connection. */
export function detailOf(page: Page): Locator {
  return page.getByRole('complementary', { name: /^Connection / });
}

/** Lists connections with more flows than this. */
export async function setLimit(page: Page, limit: number): Promise<void> {
  await page.getByRole('spinbutton', { name: 'more than' }).fill(String(limit));
}

/** How many rows are shown, by the words beside the filter. */
export async function rowsShown(page: Page): Promise<number> {
  const words = await page.locator('#shown').innerText();
  return Number(words.split(' ')[0].replaceAll(',', ''));
}

/** Takes note of every "Reading" screen from now on; the answer is how many there were. */
export async function countReadings(page: Page): Promise<() => Promise<number>> {
  const count = await page.evaluateHandle(() => {
    const seen = { readings: 0 };
    new MutationObserver((records) => {
      for (const record of records) {
        for (const node of record.addedNodes) {
          if (node instanceof Element && node.matches('main.reading')) seen.readings++;
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
    return seen;
  });
  return () => count.evaluate(({ readings }) => readings);
}
