import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { Listener } from '../listener.ts';
import { placed } from '../placed.ts';
import { twinCapture } from '../twins.ts';
import { passedFor, runInWorker, submitForm, tryToSend, unheard } from '../ways-out.ts';
import { type Engine, type EnginePage, giveFile, press, rowTexts, saveFile, waitForText } from './engine.ts';
import { hasFirefox, launchFirefox } from './firefox.ts';
import { hasWebKit, launchWebKit } from './webkit.ts';

const CAPTURE = twinCapture();
/** Ways out that Firefox does not know, that are off in it, or that it goes when it has nothing else to do. */
const NOT_IN_FIREFOX = new Set(['clip#a', 'fill#a', 'identity.json', 'ping', 'prefetch', 'speculation']);

/** Opens the capture, and the detail of its first row. */
async function openFirst(page: EnginePage, url: string): Promise<void> {
  await page.goto(url);
  await waitForText(page, 'Open captures');
  await giveFile(page, 'twins.pcap', CAPTURE);
  await expect.poll(() => rowTexts(page)).toHaveLength(2);
  await page.run(() => document.querySelector<HTMLElement>('[role=grid] tbody tr[aria-rowindex]')?.click());
  await waitForText(page, 'Requests');
}

/** Types into a field as React hears it. */
function typeFilter(text: string): void {
  const field = document.querySelector<HTMLInputElement>('input[role=combobox], input[type=search]');
  if (field === null) throw new Error('no filter');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

describe.skipIf(!hasFirefox())('Firefox', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await launchFirefox();
  }, 180_000);
  afterAll(() => engine.close());

  it.each(['hostedPage', 'singleFile'] as const)('reads, lists, details, follows and filters (%s)', async (which) => {
    const page = await engine.newPage();
    await openFirst(page, inject(which));
    const [first] = await rowTexts(page);
    expect(first).toContain('203.0.113.20');
    await press(page, 'Follow flow');
    await waitForText(page, '64 bytes');
    await page.run(typeFilter, 'dst == 198.51.100.77');
    await expect.poll(() => rowTexts(page)).toHaveLength(1);
  });

  it('saves the list', async () => {
    const page = await engine.newPage();
    await openFirst(page, inject('singleFile'));
    const { name, text } = await saveFile(page, 'Connections (CSV)');
    expect(name).toMatch(/^beaconscope-connections-.*\.csv$/);
    expect(text).toContain('203.0.113.20');
  });
});

describe.skipIf(!hasFirefox())('nothing leaves Firefox', () => {
  let engine: Engine;
  let listener: Listener;
  let target = '';
  beforeAll(async () => {
    engine = await launchFirefox();
  }, 180_000);
  afterAll(() => engine.close());
  beforeEach(async () => {
    listener = new Listener();
    target = await listener.start();
  });
  afterEach(() => listener.stop());

  /** Sends something that is allowed to be sent, and waits until it is heard: what was sent before was heard, too. */
  async function sendLast(): Promise<void> {
    const page = await engine.newPage();
    await page.run((url: string) => void fetch(url, { mode: 'no-cors' }).catch(() => undefined), `${target}/last`);
    await expect.poll(() => listener.heard).toContain('GET /last HTTP/1.1');
  }

  it('but from a worker without a policy', async () => {
    const page = await engine.newPage();
    await page.run(runInWorker, String(tryToSend), target);
    await expect.poll(() => listener.heard).toContain('GET /Worker HTTP/1.1');
  });

  it.each(['hostedPage', 'singleFile'] as const)('but each way from a page without a policy (%s)', async (which) => {
    const page = await engine.newPage();
    const { url, end } = await placed('<body><p>no policy</p></body>', which);
    await page.goto(url);
    end();
    const tried = await page.run(tryToSend, target);
    const missed = () => unheard(tried, listener.heard).filter((name) => !NOT_IN_FIREFOX.has(name));
    await expect.poll(missed).toEqual([]);
    // A page that is left may never answer.
    void page.run(submitForm, target).catch(() => undefined);
    await expect.poll(() => listener.heard).toContain('POST /leaving HTTP/1.1');
  });

  it.each(['hostedPage', 'singleFile'] as const)('from report, worker and page (%s)', async (which) => {
    const page = await engine.newPage();
    await openFirst(page, inject(which));
    const { text } = await saveFile(page, 'Report (HTML)');
    const { url, end } = await placed(text, which);
    const report = await engine.newPage();
    await report.goto(url);
    await waitForText(report, 'Beaconscope report');
    end();
    const attempts = [
      () => report.run(tryToSend, target),
      () => report.run(submitForm, target),
      // Its driver runs nothing in the page's worker: another one is made as that is.
      () => page.run(runInWorker, String(tryToSend), target),
      () => page.run(tryToSend, target),
      () => page.run(submitForm, target),
    ];
    expect(await page.run(passedFor, target)).toEqual([]);
    expect(await report.run(passedFor, target)).toEqual([]);
    for (const attempt of attempts) {
      listener.heard.length = 0;
      await attempt();
      await sendLast();
      // Firefox asks again where it got no answer.
      expect(new Set(listener.heard)).toEqual(new Set(['GET /last HTTP/1.1']));
    }
  });
});

describe.skipIf(!hasWebKit())('WebKit', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await launchWebKit();
  }, 180_000);
  afterAll(() => engine.close());

  it('reads, lists and details', async () => {
    const page = await engine.newPage();
    await openFirst(page, inject('hostedPage'));
    expect((await rowTexts(page))[0]).toContain('203.0.113.20');
  });

  it('reads no file for a page from disk, which says so', async () => {
    const page = await engine.newPage();
    await page.goto(inject('singleFile'));
    await waitForText(page, 'Open captures');
    await giveFile(page, 'twins.pcap', CAPTURE);
    await waitForText(page, 'could not be read');
    await waitForText(page, 'open it there from a web server');
  });
});
