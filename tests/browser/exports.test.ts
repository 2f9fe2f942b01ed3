import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS } from '../builders/sample.ts';
import { launchChromium } from './chromium.ts';
import { openFiles, openSample, rowOf, rowsShown } from './page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

/** Saves a file by the name of its button; answers with where it lies and what it is called. */
async function saved(page: Page, label: string): Promise<{ path: string; name: string; bytes: Buffer }> {
  const button = page.getByRole('button', { name: label, exact: true });
  if (!(await button.isVisible())) await page.getByRole('button', { name: /^Export/ }).click();
  const waiting = page.waitForEvent('download');
  await button.click();
  const download = await waiting;
  const path = await download.path();
  return { path, name: download.suggestedFilename(), bytes: await readFile(path) };
}

async function reopened(name: string, buffer: Buffer): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await openFiles(page, { name, mimeType: '', buffer });
  return page;
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Connections' });

describe.each(['hostedPage', 'singleFile'] as const)('exports (%s)', (which) => {
  it('connections are saved as filtered, under a name that says what and when', async () => {
    const page = await openSample(browser, inject(which));
    const all = await saved(page, 'Connections (CSV)');
    expect(all.name).toMatch(/^beaconscope-connections-\d{8}-\d{6}\.csv$/);
    expect(all.bytes.toString().trimEnd().split('\n')).toHaveLength(1 + await rowsShown(page));
    await page.keyboard.press('Escape');
    const [{ name, port }] = SAMPLE_BEACONS;
    await page.getByRole('searchbox').fill(`${name}:${port}`);
    await expect.poll(() => rowsShown(page)).toBe(1);
    const { bytes } = await saved(page, 'Connections (JSON)');
    const { connections } = JSON.parse(bytes.toString()) as { connections: { requested_server_name: string }[] };
    expect(connections.map((connection) => connection.requested_server_name)).toEqual([name]);
  });

  it.each(['Flows (CSV)', 'Flows (Parquet)'])('%s open again with the same rows', async (label) => {
    const page = await openSample(browser, inject(which));
    const rows = await rowsShown(page);
    const { bytes } = await saved(page, label);
    const again = await reopened('flows', bytes);
    await grid(again).waitFor();
    expect(await rowsShown(again)).toBe(rows);
    expect(await grid(again).innerText()).toContain(SAMPLE_BEACONS[0].name);
  });
});

describe('exports of the open connection', () => {
  it('its packets open again as one connection', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    await rowOf(page, SAMPLE_BEACONS[0]).click();
    const { name, bytes } = await saved(page, 'Packets (pcapng)');
    expect(name).toMatch(/^beaconscope-packets-.*\.pcapng$/);
    const again = await reopened(name, bytes);
    await grid(again).waitFor();
    expect(await rowsShown(again)).toBe(1);
    expect(await grid(again).innerText()).toContain(SAMPLE_BEACONS[0].source);
  });

  it('the report opens without scripts and asks for nothing', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    const { path, bytes } = await saved(page, 'Report (HTML)');
    expect(bytes.toString()).not.toMatch(/<script|not computed/i);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const report = await context.newPage();
    const asked: string[] = [];
    report.on('request', (request) => asked.push(request.url()));
    const url = pathToFileURL(path).href;
    await report.setContent(bytes.toString());
    expect(asked.filter((address) => address !== url)).toEqual([]);
    expect(await report.getByText(SAMPLE_BEACONS[0].name).count()).toBeGreaterThan(0);
    expect(await report.locator('svg').count()).toBeGreaterThan(0);
  });
});
