import { expect, inject, it } from 'vitest';
import { detailOf, gridOf, openFiles, openSample, rowAt } from './page.ts';
import { saved, testBrowser } from './test-browser.ts';
import { twinCapture } from './twins.ts';

const browser = testBrowser();

it('a verdict marks its row, is taken back by a key, and is found again under the same capture', async () => {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  const capture = { name: 'twins.pcap', mimeType: '', buffer: Buffer.from(twinCapture()) };
  await openFiles(page, capture);
  await rowAt(page, 1).click();
  await detailOf(page).getByRole('radio', { name: 'malicious' }).check();
  await expect.poll(() => rowAt(page, 1).innerText()).toContain('malicious');
  await detailOf(page).getByRole('radio', { name: 'benign' }).check();
  await expect.poll(() => rowAt(page, 1).innerText()).toContain('benign');
  await gridOf(page).focus();
  await page.keyboard.press('u');
  await expect.poll(() => rowAt(page, 1).innerText()).toContain('malicious');

  await page.keyboard.press('Shift+ArrowDown');
  const chosen = page.getByTestId('chosen');
  await chosen.getByText('2 connections chosen').waitFor();
  expect(await page.locator('[role=grid] tr[aria-selected=true]').count()).toBe(2);
  await chosen.getByRole('radio', { name: 'suspicious' }).check();
  await expect.poll(() => rowAt(page, 2).innerText()).toContain('suspicious');
  await gridOf(page).focus();
  await page.keyboard.press('a');
  await page.getByRole('menuitem', { name: /^only from/ }).click();
  await page
    .getByTestId('aside-line')
    .getByText(/^2 connections set aside/)
    .waitFor();
  await page.keyboard.press('Control+z');
  await page
    .getByTestId('aside-line')
    .getByText(/set aside/)
    .waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await expect.poll(() => rowAt(page, 1).innerText()).toContain('malicious');
  expect(await rowAt(page, 2).innerText()).not.toContain('suspicious');
  await page.keyboard.press('Escape');
  await chosen.waitFor({ state: 'detached' });

  const kept = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('beaconscope.case.')));
  await expect.poll(async () => (await kept()).length).toBe(1);
  await page.reload();
  await openFiles(page, { ...capture, name: 'renamed.pcap' });
  await expect.poll(() => rowAt(page, 1).innerText()).toContain('malicious');
});

it('a saved case is opened again, beside a verdict or dropped; what is none is refused, and it is taken back', async () => {
  const page = await browser.newPage();
  await page.goto(inject('singleFile'));
  const capture = { name: 'twins.pcap', mimeType: '', buffer: Buffer.from(twinCapture()) };
  await openFiles(page, capture);
  await rowAt(page, 1).click();
  await detailOf(page).getByRole('radio', { name: 'malicious' }).check();
  const { bytes } = await saved(page, () => detailOf(page).getByRole('button', { name: 'Save the case' }).click());

  await page.reload();
  await openFiles(page, capture);
  await rowAt(page, 1).click();
  await detailOf(page).getByText('Note and tags').click();
  const picker = detailOf(page).getByLabel('Case to open');
  await picker.setInputFiles({ name: 'other.json', mimeType: '', buffer: Buffer.from('{"beaconscopeCase":7}') });
  await detailOf(page)
    .getByText(/other\.json: not a case that was saved here/)
    .waitFor();
  await picker.setInputFiles({ name: 'case.json', mimeType: '', buffer: bytes });
  await expect.poll(() => rowAt(page, 1).innerText()).toContain('malicious');
  await page.getByTestId('aside-line').getByText('case opened: 1 remark').waitFor();
  await gridOf(page).focus();
  await page.keyboard.press('u');
  await expect.poll(() => rowAt(page, 1).innerText()).not.toContain('malicious');
  await openFiles(page, { name: 'case.json', mimeType: '', buffer: bytes });
  await expect.poll(() => rowAt(page, 1).innerText()).toContain('malicious');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('several hosts have a verdict and a tag at once, are found by them, and lose each by one key', async () => {
  const page = await openSample(browser, inject('hostedPage'));
  await page.getByRole('tab', { name: /^Hosts/ }).click();
  const hosts = page.getByRole('table', { name: 'Hosts' });
  await hosts.getByRole('checkbox', { name: /^10/ }).first().focus();
  await page.keyboard.press('Space');
  await hosts
    .getByRole('checkbox')
    .nth(3)
    .click({ modifiers: ['Shift'] });
  const chosen = page.getByTestId('chosen');
  await chosen.getByText('3 hosts chosen').waitFor();
  await chosen.getByRole('radio', { name: 'malicious' }).check();
  await chosen.getByLabel('Tags for all', { exact: true }).fill('loader');
  await page.keyboard.press('Enter');
  const filter = page.getByRole('searchbox', { name: 'Filter' });
  const rows = hosts.locator('tbody tr');
  await filter.fill('verdict == malicious and tag:loader');
  await expect.poll(() => rows.count()).toBe(3);
  await page.getByRole('button', { name: 'Undo' }).click();
  await filter.fill('verdict and not tag');
  await expect.poll(() => rows.count()).toBe(3);
  await page.getByRole('button', { name: 'Undo' }).click();
  await filter.fill('verdict');
  await expect.poll(() => rows.count()).toBe(0);
});
