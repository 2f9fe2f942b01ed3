import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { captureOf, INFECTIONS } from '../builders/infections.ts';
import { openFiles } from './page.ts';
import { testBrowser } from './test-browser.ts';

describe('hosts', () => {
  const browser = testBrowser({ isKept: true });
  let page: Page;

  beforeAll(async () => {
    page = await browser.newPage();
    await page.goto(inject('singleFile'));
    const mimeType = 'application/octet-stream';
    await openFiles(page, [{ name: 'infection.pcap', mimeType, buffer: captureOf(...INFECTIONS) }]);
  });

  it('lead from a sentence to its connection, and back', async () => {
    await page.keyboard.press('h');
    const story = page.getByTestId('story');
    await story.getByRole('button', { name: /^checks in with/ }).click();
    await page.getByRole('complementary', { name: /10\.0\.0\.5 → 203\.0\.113\.9/ }).waitFor();
    await page.keyboard.press('Escape');
    await story.waitFor();
    expect(await page.getByRole('complementary', { name: /^Host desktop-5/ }).innerText()).toContain('VMware');
    await page.keyboard.press('Escape');
    await expect.poll(() => story.count()).toBe(0);
  });

  it('have a verdict and a note as connections have, taken back by the same key', async () => {
    await page.keyboard.press('h');
    const pane = page.getByRole('complementary', { name: /^Host desktop-5/ });
    const row = page.getByRole('row', { name: /^10\.0\.0\.5/ });
    await pane.getByRole('radio', { name: 'malicious' }).check();
    await expect.poll(() => row.innerText()).toContain('malicious');
    await page.getByTestId('aside-line').getByText('1 host with a verdict or a note').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => row.innerText()).not.toContain('malicious');
    await page.keyboard.press('Escape');
  });

  it('are sorted and filtered like every list, and fit a narrow window', async () => {
    await page.getByRole('searchbox', { name: 'Filter' }).fill('user == becka');
    await expect.poll(() => page.getByRole('row', { name: /10\.0\.0\.5/ }).count()).toBe(1);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('user == nobody');
    await expect.poll(() => page.getByRole('row', { name: /10\.0\.0\.5/ }).count()).toBe(0);
    await page.getByText('No row meets the filter.').waitFor();
    await page.getByRole('searchbox', { name: 'Filter' }).fill('');
    // Columns give way before anything has to be scrolled sideways, and it is said that they do.
    const list = page.getByRole('region', { name: 'Hosts' });
    const tooWide = (box: Element): number => box.scrollWidth - box.clientWidth;
    const note = page.getByText('There is no room for all columns here');
    for (const width of [1440, 1280, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await list.evaluate(tooWide)).toBe(0);
      expect(await note.isVisible()).toBe(true);
    }
    expect(await page.getByRole('columnheader', { name: 'MAC address' }).isVisible()).toBe(false);
    await page.setViewportSize({ width: 1700, height: 800 });
    expect(await page.getByRole('columnheader', { name: 'MAC address' }).isVisible()).toBe(true);
    expect(await note.isVisible()).toBe(false);
    await page.setViewportSize({ width: 390, height: 800 });
    const why = await page.getByRole('columnheader', { name: 'Why' }).boundingBox();
    expect((why?.x ?? 390) + (why?.width ?? 0)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 320, height: 800 });
    await page.getByRole('button', { name: '10.0.0.5', exact: true }).click();
    await page.getByTestId('story').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
