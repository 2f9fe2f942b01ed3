import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeMix } from '../bench/inputs.ts';
import { largeCapture } from '../builders/large.ts';
import { endWhenUnderWay, framesToCancel, gridOf, openSample, resultsOf, rowAt, startFiles } from './page.ts';
import { testBrowser } from './test-browser.ts';

const BYTES = 100e6;
const FILE = 'large.pcap';
/** The page answers a click in the next frame or the one after. */
const MOST_FRAMES = 2;
/** Of so much there are rows before all is read, however fast the machine is. */
const ENOUGH_FOR_ROWS = 72e6;

const browser = testBrowser({ isLong: true });
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  const file = openSync(path.join(folder, FILE), 'w');
  for (const piece of largeCapture({ bytes: BYTES })) writeSync(file, piece);
  closeSync(file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts reading the large capture and returns while the page is at it. */
async function startReading(page: Page): Promise<void> {
  await startFiles(page, path.join(folder, FILE));
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
}

/** Waits until reading is well under way, so that the worker is busy and could not answer by itself. */
async function wellUnderWay(page: Page): Promise<void> {
  await expect
    .poll(() => page.locator('progress').evaluate((bar: HTMLProgressElement) => bar.value), { interval: 10 })
    .toBeGreaterThan(0);
}

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  return page;
}

describe('a capture of 100 MB', () => {
  it('shows how far reading has come, and ends in connections', async () => {
    const page = await openPage();
    // Watched inside the page: asking from outside would miss steps on a fast machine.
    const watched = await page.evaluateHandle(() => {
      const steps: number[] = [];
      new MutationObserver(() => {
        const bar = document.querySelector('progress');
        if (bar !== null) steps.push(bar.value);
      }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
      return steps;
    });
    await startReading(page);
    await resultsOf(page).waitFor();
    const steps = await watched.evaluate((seen) => seen);

    const underWay = new Set(steps.filter((share) => share > 0 && share < 1));
    expect(underWay.size).toBeGreaterThanOrEqual(2);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    const banner = await page.getByRole('banner').innerText();
    expect(banner).toContain(FILE);
    expect(banner).toMatch(/100(\.\d)? MB/);
  });

  it('is cancelled without waiting for the worker, and the page can read again', async () => {
    const page = await openPage();
    await startReading(page);
    await wellUnderWay(page);
    expect(page.workers()).toHaveLength(1);

    expect(await framesToCancel(page)).toBeLessThanOrEqual(MOST_FRAMES);
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await page.getByRole('grid').count()).toBe(0);

    await openSample(browser, '', page);
  });

  it('whose worker the browser ends is a failure that says how far it came, and its beginning is read alone', async () => {
    const page = await openPage();
    await endWhenUnderWay(page, 'worker');
    await startFiles(page, path.join(folder, FILE));

    const failure = page.getByRole('main', { name: 'Failure' });
    await failure.getByText('the browser ended it').waitFor();
    expect(await failure.innerText()).toMatch(/read until then\s+[\d.]+ MB of 100(\.\d)? MB/);
    await failure.getByRole('button', { name: /^Read the first .* alone$/ }).click();
    await resultsOf(page).waitFor();
    await page.getByRole('button', { name: /warning/ }).waitFor();
  });

  it('that is left while it is read is not gone without a word', async () => {
    const page = await openPage();
    page.on('dialog', (dialog) => void dialog.accept());
    // What a browser that ends the tab leaves behind is what loading the page anew does.
    await endWhenUnderWay(page, 'page');
    await startFiles(page, path.join(folder, FILE));
    const failure = page.getByRole('main', { name: 'Failure' });
    await failure.getByText('the page ended while it read').waitFor();
    expect(await failure.innerText()).toMatch(/read until then\s+[\d.]+ MB of 100(\.\d)? MB/);
    await page.reload();
    await page.getByRole('main', { name: 'Start' }).waitFor();
  });
});

describe('a capture that takes a while', () => {
  it('shows its first rows while it is read, and keeps filter and open connection to the end', async () => {
    const file = path.join(folder, 'small.pcap');
    await writeMix(file, { bytes: ENOUGH_FOR_ROWS, mode: 'small' });
    const page = await openPage();
    await startFiles(page, file);
    await page.getByTestId('so-far').waitFor();
    // Hosts that check in are among the rows from early on.
    await page.getByPlaceholder(/Filter/).fill('c2-');
    await rowAt(page, 1).click();
    const open = page.getByRole('complementary', { name: /^Connection .*c2-/ });
    const name = await open.getAttribute('aria-label');
    await resultsOf(page).waitFor();
    expect(await page.getByTestId('so-far').count()).toBe(0);
    expect(await open.getAttribute('aria-label')).toBe(name);
    await page.getByRole('heading', { name: /^Triage: / }).waitFor();
    await page.getByPlaceholder(/Filter/).fill('');
    expect(Number(await gridOf(page).getAttribute('aria-rowcount'))).toBeGreaterThan(40);
  });
});
