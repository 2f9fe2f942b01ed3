import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { twinCapture } from '../twins.ts';
import { hasWebKit, launchWebKit, type WebKit } from './driver.ts';
import { giveFile, rowTexts, waitForText } from './page.ts';

const CAPTURE = twinCapture();

describe.skipIf(!hasWebKit())('WebKit', () => {
  let webkit: WebKit;
  beforeAll(async () => {
    webkit = await launchWebKit();
  }, 180_000);
  afterAll(() => webkit.close());

  it('reads, lists and details', async () => {
    const { page } = webkit;
    await page.goto(inject('hostedPage'));
    await waitForText(page, 'Open captures');
    await giveFile(page, 'twins.pcap', CAPTURE);
    await expect.poll(() => rowTexts(page)).toHaveLength(2);
    await page.run(() => document.querySelector<HTMLElement>('[role=grid] tbody tr[aria-rowindex]')?.click());
    await waitForText(page, 'Requests');
    expect((await rowTexts(page))[0]).toContain('203.0.113.20');
  });

  it('reads no file for a page from disk, which says so', async () => {
    const { page } = webkit;
    await page.goto(inject('singleFile'));
    await waitForText(page, 'Open captures');
    await giveFile(page, 'twins.pcap', CAPTURE);
    await waitForText(page, 'could not be read');
    await waitForText(page, 'open it there from a web server');
  });
});
