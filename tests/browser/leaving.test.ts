import { expect, inject, it } from 'vitest';
import { gridOf, openFiles, openSample, startFiles } from './page.ts';
import { testBrowser } from './test-browser.ts';
import { twinCapture } from './twins.ts';

/** A capture is read before it is named. */
const browser = testBrowser();
const capture = (name: string) => ({ name, mimeType: '', buffer: Buffer.from(twinCapture()) });

it('a second capture is added or opened instead, as the analyst says, and leaving asks', async () => {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await openFiles(page, capture('first.pcap'));
  const banner = page.getByRole('banner');
  const dialog = page.getByRole('dialog');

  await startFiles(page, capture('second.pcap'));
  await dialog.getByText('second.pcap').waitFor();
  await page.keyboard.press('Escape');
  expect(await banner.innerText()).toContain('first.pcap');

  await startFiles(page, capture('second.pcap'));
  await dialog.getByRole('button', { name: 'Add to this analysis' }).click();
  await expect.poll(() => banner.innerText()).toContain('2 captures');

  await startFiles(page, capture('third.pcap'));
  await dialog.getByRole('button', { name: 'Open instead' }).click();
  await expect.poll(() => banner.innerText()).toContain('third.pcap');
  await gridOf(page).waitFor();

  await banner.getByRole('button', { name: 'Beaconscope' }).click();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await gridOf(page).waitFor();
  await banner.getByRole('button', { name: 'Beaconscope' }).click();
  await dialog.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('main', { name: 'Start' }).waitFor();
});

it('the sample asks nothing: it can be had again', async () => {
  const page = await openSample(browser, inject('hostedPage'));
  await page.getByRole('banner').getByRole('button', { name: 'Beaconscope' }).click();
  await page.getByRole('main', { name: 'Start' }).waitFor();
});
