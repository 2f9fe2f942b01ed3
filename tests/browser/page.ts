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

type Files = Parameters<Page['setInputFiles']>[1];

/** Gives files to the picker. The page is reading when this returns. */
export async function startFiles(page: Page, files: Files): Promise<void> {
  await page.getByTestId('picker').setInputFiles(files);
}

/**
 * Gives files to the picker and waits until reading has ended one way or another: in results, a failure, or cancelled.
 */
export async function openFiles(page: Page, files: Files): Promise<void> {
  await startFiles(page, files);
  await page.locator('main:not([aria-label="Reading"])').waitFor();
}

/**
 * Clicks Cancel inside the page as soon as reading is well under way, so that the worker is busy and could not answer by
 * itself, and counts the frames until the start is shown again. To be called before reading begins, which may be over
 * before anyone outside the page sees it. NaN where reading ended before.
 */
export function framesToCancel(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isShown = (label: string): boolean => document.querySelector(`main[aria-label="${label}"]`) !== null;
    while ((document.querySelector('progress')?.value ?? 0) === 0) {
      if (isShown('Results')) return NaN;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent.startsWith('Cancel'))?.click();
    for (let frames = 1; ; frames++) {
      await nextFrame();
      if (isShown('Start')) return frames;
      if (isShown('Results')) return NaN;
    }
  });
}

/**
 * Notes how far reading is shown to have come, of 1, from now on. Watched inside the page: asking from outside would miss
 * steps on a fast machine.
 *
 * @returns what was noted until then
 */
export async function watchedSteps(page: Page): Promise<() => Promise<number[]>> {
  const steps = await page.evaluateHandle(() => {
    const seen: number[] = [];
    new MutationObserver(() => {
      const bar = document.querySelector('progress');
      if (bar !== null) seen.push(bar.value);
    }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    return seen;
  });
  return () => steps.jsonValue();
}

/** Ends the page's worker when it is asked for something, as a browser that lacks memory does: without an event. */
export function endWorkerWhenAsked(page: Page): Promise<void> {
  return page.evaluate(() => {
    const post = Reflect.get(Worker.prototype, 'postMessage') as () => void;
    Worker.prototype.postMessage = function endAfter(this: Worker, ...message: unknown[]) {
      Reflect.apply(post, this, message);
      this.terminate();
    };
  });
}

/** Ends the page's worker, without an event, or the page itself, as soon as reading is under way and that is noted. */
export function endWhenUnderWay(page: Page, ended: 'worker' | 'page'): Promise<void> {
  return page.evaluate((what) => {
    let worker: Worker | null = null;
    const post = Reflect.get(Worker.prototype, 'postMessage') as () => void;
    Worker.prototype.postMessage = function remember(this: Worker, ...message: unknown[]) {
      // oxlint-disable-next-line no-this-alias -- there is no other way to a worker that the page keeps to itself
      worker = this;
      Reflect.apply(post, this, message);
    };
    // The page shows how far it is, and notes it after that: on a busy machine nothing is shown in between.
    const reloadOnceNoted = (): void => {
      if (sessionStorage.length > 0) location.reload();
      else setTimeout(reloadOnceNoted);
    };
    new MutationObserver((_, observer) => {
      if ((document.querySelector('progress')?.value ?? 0) === 0) return;
      observer.disconnect();
      if (what === 'worker') worker?.terminate();
      else reloadOnceNoted();
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
  }, ended);
}

/** What is shown once all is read. */
export function resultsOf(page: Page): Locator {
  return page.locator('main[aria-label="Results"]');
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

export function detailOf(page: Page): Locator {
  return page.getByRole('complementary', { name: /^Connection / });
}

/** Unfolds how the scores came about, and of one score, by its heading, every step. */
export async function openArithmetic(detail: Locator, heading?: RegExp): Promise<void> {
  await detail.getByText('The arithmetic of all scores').click();
  if (heading === undefined) return;
  const section = detail.locator('section', { has: detail.page().getByRole('heading', { name: heading }) }).last();
  await section.getByText('Step by step').click();
}

/** Opens the panel of what a list holds and leaves out, unless it is open. */
export async function openView(page: Page): Promise<void> {
  const button = page.locator('button[aria-expanded]', { hasText: /^View/ });
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
}

/** Lists connections with more flows than this. */
export async function setLimit(page: Page, limit: number): Promise<void> {
  await openView(page);
  await page.getByRole('spinbutton', { name: 'more than' }).fill(String(limit));
  await page.keyboard.press('Escape');
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
          if (node instanceof Element && node.matches('main[aria-label="Reading"]')) seen.readings++;
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
    return seen;
  });
  return () => count.evaluate(({ readings }) => readings);
}
