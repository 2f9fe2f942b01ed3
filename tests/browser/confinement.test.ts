import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Listener } from './listener.ts';
import { openSample } from './page.ts';
import { type TestBrowser, testBrowser } from './test-browser.ts';

const LAST = 'GET /last HTTP/1.1';

/** Every way a script has to reach another machine; each must fail. Runs inside the browser, so it stands alone. */
function tryToSend(target: string): void {
  const attempts: (() => unknown)[] = [
    () => fetch(`${target}/fetch`, { mode: 'no-cors' }),
    () => fetch(`${target}/post`, { method: 'POST', body: 'capture', mode: 'no-cors' }),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', `${target}/xhr`);
      request.send();
    },
    () => new WebSocket(target.replace('http', 'ws')),
    () => new EventSource(`${target}/events`),
    () => navigator.sendBeacon(`${target}/beacon`, 'capture'),
    () => {
      new Image().src = `${target}/image`;
    },
    () => document.head.append(Object.assign(document.createElement('script'), { src: `${target}/script.js` })),
    () =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${target}/style.css` }),
      ),
    () =>
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'prefetch', href: `${target}/prefetch` }),
      ),
    () => document.body.append(Object.assign(document.createElement('iframe'), { src: `${target}/frame` })),
    () => {
      const form = Object.assign(document.createElement('form'), { action: `${target}/form`, method: 'post' });
      document.body.append(form);
      form.submit();
    },
    () => import(/* @vite-ignore */ `${target}/module.js`),
    () => new Worker(`${target}/worker.js`),
    () => new FontFace('sent', `url(${target}/font)`).load(),
  ];
  for (const attempt of attempts) {
    try {
      // oxlint-disable-next-line no-floating-promises -- a blocked attempt rejects whenever it likes
      Promise.resolve(attempt()).catch(() => undefined);
    } catch {
      // Blocked on the spot: what is wanted.
    }
  }
}

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

  it('the page cannot send', async () => {
    const page = await openSample(browser, inject(which));
    await page.evaluate(tryToSend, target);
    await sendLast(browser, target, listener);
    expect(listener.heard).toEqual([LAST]);
    await page.close();
  });

  it('the worker cannot send', async () => {
    const page = await openSample(browser, inject(which));
    const [worker] = page.workers();
    await worker.evaluate(tryToSend, target);
    await sendLast(browser, target, listener);
    expect(listener.heard).toEqual([LAST]);
    await page.close();
  });

  it('reading the sample makes no request', async () => {
    const page = await browser.newPage();
    await page.goto(inject(which));
    const requests: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('blob:')) requests.push(request.url());
    });
    await openSample(browser, inject(which), page);
    expect(requests).toEqual([]);
    await page.close();
  });
});
