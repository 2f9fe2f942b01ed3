import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Listener } from './listener.ts';
import { openSample } from './page.ts';
import { placed } from './placed.ts';
import { type TestBrowser, testBrowser } from './test-browser.ts';
import { markupMade, tryToSend } from './ways-out.ts';

const LAST = 'GET /last HTTP/1.1';

/**
 * Sends something that is allowed to be sent, from a page without a policy that is opened now, and waits until it is
 * heard: what was sent before has then been heard as well.
 */
async function sendLast(browser: TestBrowser, target: string, listener: Listener): Promise<void> {
  const page = await browser.newPage();
  await page.evaluate((url) => void fetch(url, { mode: 'no-cors' }).catch(() => undefined), `${target}/last`);
  await expect.poll(() => listener.heard).toContain(LAST);
  await page.close();
}

describe.each(['hostedPage', 'singleFile'] as const)('nothing leaves the machine (%s)', (which) => {
  let listener: Listener;
  const browser = testBrowser();
  let target: string;

  beforeEach(async () => {
    listener = new Listener();
    target = await listener.start();
  });
  afterEach(() => listener.stop());

  it('the listener hears an ordinary page', async () => {
    const page = await browser.newPage();
    await page.setContent('<p>no policy</p>');
    // The form leads away from the page, which ends the evaluation.
    await page.evaluate(tryToSend, target).catch(() => undefined);
    await sendLast(browser, target, listener);
    expect(listener.heard.filter((line) => line !== LAST)).not.toEqual([]);
    await page.close();
  });

  it('page, worker and saved report cannot send, and reading makes no request', async () => {
    const page = await browser.newPage();
    await page.goto(inject(which));
    const requests: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('blob:')) requests.push(request.url());
    });
    await openSample(browser, inject(which), page);
    expect(requests).toEqual([]);

    await page.locator('button[aria-expanded]', { hasText: /^Export/ }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Report (HTML)' }).click();
    const report = await browser.newPage();
    const { url, end } = await placed(await readFile(await (await saved).path(), 'utf8'), which);
    await report.goto(url);
    end();

    expect(await page.evaluate(markupMade)).toEqual([]);
    const [worker] = page.workers();
    const confined: [where: string, trying: () => Promise<void>][] = [
      ['report', () => report.evaluate(tryToSend, target)],
      ['worker', () => worker.evaluate(tryToSend, target)],
      ['page', () => page.evaluate(tryToSend, target)],
    ];
    for (const [where, trying] of confined) {
      listener.heard.length = 0;
      await trying();
      await sendLast(browser, target, listener);
      expect(listener.heard, where).toEqual([LAST]);
    }
  });
});
