import type { Browser, Page } from 'playwright-core';

/** Opens a page and its sample capture, and waits for the ranked table. */
export async function openSample(browser: Browser, url: string, page?: Page): Promise<Page> {
  const opened = page ?? (await browser.newPage());
  if (page === undefined) await opened.goto(url);
  await opened.getByRole('button', { name: 'Try the sample capture' }).click();
  await opened.getByRole('grid', { name: 'Connections' }).waitFor();
  return opened;
}

/** Gives files to the picker and waits until reading has ended one way or another. */
export async function openFiles(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.getByTestId('picker').setInputFiles(files);
}
