import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS, sampleCapture } from '../builders/sample.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), 'captures-'));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

it('a folder is one analysis of all files in it and below, hidden ones left out', async () => {
  await mkdir(join(folder, 'below'));
  await writeFile(join(folder, 'one.pcap'), sampleCapture());
  await writeFile(join(folder, 'below', 'two.pcap'), sampleCapture());
  await writeFile(join(folder, '.hidden.pcap'), sampleCapture());
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await page.getByTestId('folder-picker').setInputFiles(folder);
  const grid = page.getByRole('grid', { name: 'Connections' });
  await grid.waitFor();
  expect(await grid.innerText()).toContain(SAMPLE_BEACONS[0].name);
  await page.getByRole('button', { name: '2 captures' }).click();
  await page.getByRole('cell', { name: 'two.pcap', exact: true }).waitFor();
});
