import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS, sampleCapture } from '../builders/sample.ts';
import { detailOf, gridOf, openFiles, rowOf } from './page.ts';
import { testBrowser } from './test-browser.ts';

const browser = testBrowser();
const CAPTURE = { name: 'office.pcap', mimeType: '', buffer: Buffer.from(sampleCapture()) };
const NOTE = 'asked the desk, nobody knows it';

async function opened(file: typeof CAPTURE): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await openFiles(page, file);
  await gridOf(page).waitFor();
  return page;
}

/** All lists and the detail of a beacon, as their texts. */
async function textsOf(page: Page): Promise<Record<string, string>> {
  // A list draws the rows that the window has room for: here all of them.
  await page.setViewportSize({ width: 1280, height: 8000 });
  const texts: Record<string, string> = { headline: await page.getByRole('heading', { level: 2 }).first().innerText() };
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    const name = await tab.innerText();
    texts[name] = await page.getByRole('tabpanel').innerText();
  }
  await page.getByRole('tab', { name: /^Connections/ }).click();
  await rowOf(page, SAMPLE_BEACONS[0]).click();
  const detail = detailOf(page);
  for (const heading of ['Requests', 'First bytes'])
    await detail
      .locator('section', { has: page.getByRole('heading', { name: heading }) })
      .last()
      .evaluate((section) => section.remove());
  texts['detail'] = await detail.innerText();
  return texts;
}

it('a saved analysis is the page of its capture without it, and asks for it where packets are wanted', async () => {
  const page = await opened(CAPTURE);
  await rowOf(page, SAMPLE_BEACONS[0]).click();
  const detail = detailOf(page);
  await detail.getByRole('radio', { name: 'suspicious' }).check();
  await detail.getByText('Note and tags').click();
  await detail.getByLabel('Note', { exact: true }).fill(NOTE);
  await detail.getByLabel('Note', { exact: true }).blur();
  await detail.getByRole('heading', { name: 'First bytes' }).waitFor();
  await page.getByRole('button', { name: /^Export/ }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Analysis (.beaconscope)' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^beaconscope-analysis-\d{8}-\d{6}\.beaconscope$/);
  const buffer = await readFile(await download.path());
  expect(buffer.length).toBeLessThan(CAPTURE.buffer.length / 2);
  await page.keyboard.press('Escape');

  const again = await opened({ name: 'from-a-colleague.beaconscope', mimeType: '', buffer });
  await again.evaluate(() => localStorage.clear());
  await rowOf(again, SAMPLE_BEACONS[0]).click();
  await expect.poll(() => detailOf(again).getByLabel('Note', { exact: true }).inputValue()).toBe(NOTE);
  expect(await detailOf(again).getByRole('radio', { name: 'suspicious' }).isChecked()).toBe(true);
  expect(await again.getByText('saved analysis of').isVisible()).toBe(true);

  const asks = detailOf(again).getByTestId('needs-captures');
  await expect.poll(() => asks.innerText()).toContain('office.pcap');
  const wrong = { ...CAPTURE, buffer: Buffer.from(CAPTURE.buffer.subarray(0, 5000)) };
  await detailOf(again).getByTestId('capture-picker').setInputFiles(wrong);
  await expect.poll(() => asks.innerText()).toContain('These are others');
  await detailOf(again)
    .getByTestId('capture-picker')
    .setInputFiles({ ...CAPTURE, name: 'renamed' });
  await detailOf(again).getByRole('heading', { name: 'First bytes' }).waitFor();

  const [read, saved] = [await textsOf(page), await textsOf(again)];
  // What was said here can be taken back, what came with the file cannot.
  const withoutUndo = Object.entries(read).map(([name, text]) => [name, text.replace(/^.* Undo\n/m, '')]);
  expect(saved).toEqual(Object.fromEntries(withoutUndo));
});

it('a file that is no saved analysis any more says so', async () => {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await openFiles(page, { name: 'x.beaconscope', mimeType: '', buffer: Buffer.from('BEACONSCOPE ANALYSIS\n{}') });
  const failure = page.getByRole('main', { name: 'Failure' });
  expect(await failure.innerText()).toContain('x.beaconscope is not a saved analysis that can be opened');
  expect(await failure.innerText()).toContain('It ends too early');
});
