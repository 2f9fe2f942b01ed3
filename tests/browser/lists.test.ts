import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { captureOfLists, LISTS_CLIENT } from '../builders/sessions/lists.ts';
import { detailOf, openFiles, rowAt } from './page.ts';
import { testBrowser } from './test-browser.ts';

describe('the lists of one analysis', () => {
  const browser = testBrowser({ isKept: true });
  let page: Page;

  beforeAll(async () => {
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(inject('hostedPage'));
    await openFiles(page, [{ name: 'all.pcap', mimeType: 'application/octet-stream', buffer: captureOfLists() }]);
    await page.getByRole('tablist', { name: 'Lists' }).waitFor();
  });

  it('are told in the headline, each part leading to its list', async () => {
    const headline = page.getByRole('main').getByRole('heading', { level: 2 }).first();
    await expect.poll(() => headline.innerText()).toMatch(/on a steady rhythm.* inside /);
    expect(await headline.innerText()).toContain('1 domain looks like a DNS tunnel');
    expect(await headline.innerText()).toContain('1 session was open for more than 4 h');
    await headline.getByRole('button', { name: '1 domain looks like a DNS tunnel' }).click();
    await expect.poll(() => page.getByRole('tab', { name: /^DNS/ }).getAttribute('aria-selected')).toBe('true');
  });

  it('are tabs with their counts, moved through by keyboard, and kept in the link', async () => {
    const tabs = page.getByRole('tab');
    expect(await tabs.allInnerTexts()).toEqual([
      expect.stringMatching(/^Hosts \d/),
      expect.stringMatching(/^Connections \d/),
      expect.stringMatching(/^Long connections \d/),
      expect.stringMatching(/^DNS \d/),
    ]);
    expect(
      await tabs.evaluateAll((each) =>
        each.map((tab) => {
          const panel = tab.getAttribute('aria-controls');
          return panel === null ? null : document.getElementById(panel)?.getAttribute('role');
        }),
      ),
    ).toEqual([null, null, null, 'tabpanel']);
    await page.getByRole('tab', { name: /^DNS/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.getByRole('tab', { name: /^Long/ }).getAttribute('aria-selected')).toBe('true');
    expect(new URL(page.url()).hash).toBe('#tab=long');
    await page.keyboard.press('Home');
    await expect.poll(() => page.getByRole('tab', { name: /^Hosts/ }).getAttribute('aria-selected')).toBe('true');
    expect(new URL(page.url()).hash).toBe('#tab=hosts');
  });

  it('mark the tunnel, with the signs in words and samples', async () => {
    await page.getByRole('tab', { name: /^DNS/ }).click();
    const row = page.getByRole('table', { name: 'DNS by client and domain' }).locator('tbody tr').first();
    const text = await row.innerText();
    expect(text).toContain('like a tunnel');
    expect(text).toContain('example.org');
    expect(text).toContain(LISTS_CLIENT);
    await row.locator('summary').click();
    expect(await row.locator('li').count()).toBeGreaterThan(0);
    await row.getByRole('button').click();
    const pane = page.getByRole('complementary', { name: `Domain example.org, asked for by ${LISTS_CLIENT}` });
    await pane.getByRole('radio', { name: 'malicious' }).check();
    await expect.poll(() => row.innerText()).toContain('malicious');
    await page.keyboard.press('u');
    await expect.poll(() => row.innerText()).not.toContain('malicious');
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
  });

  it('need no scrolling sideways', async () => {
    const size = page.viewportSize();
    for (const [tab, name, leftOut] of [
      [/^Long/, 'Long connections', 'Idle'],
      [/^DNS/, 'DNS by client and domain', 'Samples'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      const list = page.getByRole('region', { name });
      for (const width of [1440, 1280, 768, 390]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await list.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
      }
      expect(await list.getByRole('columnheader', { name: leftOut }).isVisible()).toBe(false);
    }
    if (size !== null) await page.setViewportSize(size);
  });

  it('put the longest session first, filter it, and open its connection', async () => {
    await page.getByRole('tab', { name: /^Long/ }).click();
    const table = page.getByRole('table', { name: 'Long connections' });
    const first = table.locator('tbody tr').first();
    expect(await first.innerText()).toMatch(/^4 h 59 min.*4 h or more.*198\.51\.100\.9/s);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('203.0.113.77');
    await expect.poll(() => table.locator('tbody tr').count()).toBe(1);
    await table.locator('tbody tr').first().getByRole('button').click();
    const detail = detailOf(page);
    await detail.getByRole('heading', { name: 'Inside the connection' }).waitFor();
    expect(await detail.innerText()).toMatch(/Inside one connection open for .* message from the client every /);
    await detail
      .getByRole('img', {
        name: /^The session: \d+ messages of the client above the line, \d+ messages? of the server below it$/,
      })
      .waitFor();
    await page.getByRole('searchbox', { name: 'Filter' }).fill('');
    await page.keyboard.press('Escape');
  });

  it('say in the table where the rhythm was found', async () => {
    await page.getByRole('tab', { name: /^Connections/ }).click();
    await expect.poll(() => rowAt(page, 1).innerText()).toContain('inside');
  });
});
