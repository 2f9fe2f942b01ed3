import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeMix } from '../bench/inputs.ts';
import { largeCapture } from '../builders/large.ts';
import {
  endWhenUnderWay,
  framesToCancel,
  gridOf,
  openSample,
  resultsOf,
  rowAt,
  startFiles,
  watchedSteps,
} from './page.ts';
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

function startReading(page: Page): Promise<void> {
  return startFiles(page, path.join(folder, FILE));
}

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  return page;
}

describe('a capture of 100 MB', () => {
  it('is cancelled without waiting for the worker, and the page can read again', async () => {
    const page = await openPage();
    const worker = page.waitForEvent('worker');
    const frames = framesToCancel(page);
    await startReading(page);

    expect(await frames).toBeLessThanOrEqual(MOST_FRAMES);
    await worker;
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await page.getByRole('grid').count()).toBe(0);

    await openSample(browser, '', page);
  });

  it('whose worker the browser ends is a failure that says how far it came, and its beginning is read alone', async () => {
    const page = await openPage();
    await endWhenUnderWay(page, 'worker');
    await startReading(page);

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
    await startReading(page);
    const failure = page.getByRole('main', { name: 'Failure' });
    await failure.getByText('the page ended while it read').waitFor();
    expect(await failure.innerText()).toMatch(/read until then\s+[\d.]+ MB of 100(\.\d)? MB/);
    await page.reload();
    await page.getByRole('main', { name: 'Start' }).waitFor();
  });
});

describe('a capture that takes a while', () => {
  it('shows how far reading has come, and its first rows, and keeps filter and open connection to the end', async () => {
    const file = path.join(folder, 'small.pcap');
    await writeMix(file, { bytes: ENOUGH_FOR_ROWS, mode: 'small' });
    const page = await openPage();
    const stepsSoFar = await watchedSteps(page);
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
    const banner = await page.getByRole('banner').innerText();
    expect(banner).toContain('small.pcap');
    expect(banner).toMatch(/72(\.\d)? MB/);
    const steps = await stepsSoFar();
    const underWay = new Set(steps.filter((share) => share > 0 && share < 1));
    expect(underWay.size).toBeGreaterThanOrEqual(2);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });
});
