import { gzipSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';
import { tar } from '../builders/archives/tar.ts';
import { zip } from '../builders/archives/zip.ts';
import { detailOf, gridOf, openFiles, rowAt } from './page.ts';
import { PAGES, testBrowser } from './test-browser.ts';
import { twinCapture } from './twins.ts';

const CAPTURE = twinCapture();
const FILE = { name: 'day/twins.pcap', bytes: CAPTURE };

const browser = testBrowser();

describe.each(PAGES)('archives (%s)', (which) => {
  it.each(['AES', 'ZipCrypto'])('asks for the password of a ZIP archive (%s)', async (method) => {
    const page = await browser.newPage();
    await page.goto(inject(which));
    const bytes = await zip([{ ...FILE, password: 'my own', zipCrypto: method === 'ZipCrypto' }]);
    await openFiles(page, [{ name: 'case.zip', mimeType: '', buffer: Buffer.from(bytes) }]);
    const asked = page.getByRole('main', { name: 'Password' });
    await expect.poll(() => asked.innerText()).toContain('case.zip/day/twins.pcap needs a password');
    await asked.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await asked.getByLabel('Password').fill('my own');
    await page.keyboard.press('Enter');
    await gridOf(page).waitFor();
    // What packets say is read from the archive again, with the same password.
    await rowAt(page, 1).click();
    const detail = detailOf(page);
    await detail
      .getByRole('button', { name: /^Follow flow / })
      .first()
      .click();
    const followed = detail.getByRole('region', { name: /^Flow \d+ followed$/ });
    await expect.poll(() => followed.innerText()).toContain('64 bytes');
  });

  it('reads what it can without the password', async () => {
    const page = await browser.newPage();
    await page.goto(inject(which));
    const locked = await zip([{ ...FILE, password: 'unknown' }]);
    await openFiles(page, [
      { name: 'case.zip', mimeType: '', buffer: Buffer.from(locked) },
      { name: 'case.tar.gz', mimeType: '', buffer: gzipSync(tar([FILE])) },
    ]);
    await page.getByRole('button', { name: 'Read without it' }).click();
    await gridOf(page).waitFor();
    await page.getByRole('button', { name: /warning/ }).click();
    expect(await page.locator('body').innerText()).toContain('It is encrypted, and none of the passwords');
  });
});
