import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Listener } from './listener.ts';
import { openSample } from './page.ts';
import { placed } from './placed.ts';
import { saved, testBrowser } from './test-browser.ts';
import { markupMade, passedFor, runInWorker, submitForm, tryToSend, unheard } from './ways-out.ts';

const LAST = 'GET /last HTTP/1.1';
const IS_FIREFOX = inject('engine') === 'firefox';
/** Ways out that Firefox does not know, that are off in it, or that it goes when it has nothing else to do. */
const NOT_IN_FIREFOX = ['clip#a', 'fill#a', 'identity.json', 'ping', 'prefetch', 'speculation'];

const browser = testBrowser();
let listener: Listener;
let target: string;

beforeEach(async () => {
  listener = new Listener();
  target = await listener.start();
});
afterEach(() => listener.stop());

/**
 * Sends something that is allowed to be sent, from a page without a policy that is opened now, and waits until it is
 * heard: what was sent before has then been heard as well.
 */
async function sendLast(): Promise<void> {
  const page = await browser.newPage();
  await page.evaluate((url) => void fetch(url, { mode: 'no-cors' }).catch(() => undefined), `${target}/last`);
  await expect.poll(() => listener.heard).toContain(LAST);
  await page.close();
}

it('the listener hears a worker of an ordinary page', async () => {
  const page = await browser.newPage();
  await page.evaluate(runInWorker, [String(tryToSend), target] as const);
  await expect.poll(() => listener.heard).toContain('GET /Worker HTTP/1.1');
});

describe.each(['hostedPage', 'singleFile'] as const)('nothing leaves the machine (%s)', (which) => {
  it('the listener hears each way of an ordinary page', async () => {
    const page = await browser.newPage();
    const { url, end } = await placed('<body><p>no policy</p></body>', which);
    await page.goto(url);
    end();
    const tried = await page.evaluate(tryToSend, target);
    // Nobody sees a headless page's icon, and two pages from disk share no worker.
    const inChromium = which === 'hostedPage' ? ['icon'] : ['icon', 'SharedWorker'];
    const unseen = new Set(IS_FIREFOX ? NOT_IN_FIREFOX : inChromium);
    await expect.poll(() => unheard(tried, listener.heard).filter((way) => !unseen.has(way))).toEqual([]);
    // This leads away from the page: the evaluation may fail, or never end.
    void page.evaluate(submitForm, target).catch(() => undefined);
    await expect.poll(() => listener.heard).toContain('POST /leaving HTTP/1.1');
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
    const { bytes } = await saved(page, () => page.getByRole('button', { name: 'Report (HTML)' }).click());
    const report = await browser.newPage();
    const { url, end } = await placed(bytes.toString(), which);
    await report.goto(url);
    end();

    expect(await page.evaluate(markupMade)).toEqual([]);
    expect(await page.evaluate(passedFor, target)).toEqual([]);
    expect(await report.evaluate(passedFor, target)).toEqual([]);
    const [worker] = page.workers();
    // Firefox's driver runs nothing in the page's worker: another one is made there as that is.
    const another = () => page.evaluate(runInWorker, [String(tryToSend), target] as const);
    const confined: [where: string, trying: () => Promise<unknown>][] = [
      ['report', () => report.evaluate(tryToSend, target)],
      ['form of the report', () => report.evaluate(submitForm, target)],
      ['worker', IS_FIREFOX ? another : () => worker.evaluate(tryToSend, target)],
      ['page', () => page.evaluate(tryToSend, target)],
      ['form of the page', () => page.evaluate(submitForm, target)],
    ];
    for (const [where, trying] of confined) {
      listener.heard.length = 0;
      await trying();
      await sendLast();
      // Firefox asks again where it got no answer.
      expect(new Set(listener.heard), where).toEqual(new Set([LAST]));
    }
  });
});
