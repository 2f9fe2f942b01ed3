import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS } from '../builders/sample.ts';
import { countReadings, detailOf, gridOf, openFiles, openSample, rowAt, rowOf } from './page.ts';
import { placed } from './placed.ts';
import { PAGES, saved, testBrowser } from './test-browser.ts';
import { LONER, twinCapture, TWINS } from './twins.ts';

const [FAST, PATCHY] = SAMPLE_BEACONS;

const browser = testBrowser();

const openPage = (which: 'hostedPage' | 'singleFile' = 'hostedPage'): Promise<Page> =>
  openSample(browser, inject(which));
const listOf = (page: Page, title: string): Locator => page.getByRole('textbox', { name: title, exact: true });
const editorOf = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true });
const totalOf = (row: Locator): Locator => row.locator('[data-badge]');
const openLists = (page: Page): Promise<void> => page.getByRole('button', { name: 'Lists' }).click();

async function openTwins(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await openFiles(page, { name: 'twins.pcap', mimeType: '', buffer: Buffer.from(twinCapture()) });
  await gridOf(page).waitFor();
  return page;
}

describe('the order', () => {
  it('is by total, each with its badge and its sum, on hover, on focus and in the detail', async () => {
    const page = await openPage();
    expect(await page.getByRole('radio', { name: 'Triage', exact: true }).isChecked()).toBe(true);
    await page.getByRole('heading', { level: 2, name: /\(1 to read first\)$/ }).waitFor();
    const points = (await page.getByTestId('points').allInnerTexts()).map((text) =>
      Number(text.replace('−', '-').replaceAll(/[^\d-]/g, '')),
    );
    expect(points).toEqual(points.toSorted((a, b) => b - a));

    const total = totalOf(rowAt(page, 1));
    expect(await total.innerText()).toMatch(/9\s+read first/);
    // Only Chromium tells the text that is shown for an attribute.
    const shownSum = (): Promise<string | undefined> =>
      total.evaluate((button) =>
        getComputedStyle(button, '::after').content === 'none' ? 'none' : button.dataset.sum,
      );
    expect(await shownSum()).toBe('none');
    await total.hover();
    await expect.poll(shownSum).toContain('web request to a bare IP address');
    await page.mouse.move(0, 0);
    await expect.poll(shownSum).toBe('none');
    await page.getByRole('columnheader', { name: 'Seen' }).getByRole('button').focus();
    await page.keyboard.press('Tab');
    await expect.poll(shownSum).toContain('+3  steady rhythm');
    expect(await total.getAttribute('aria-label')).toMatch(/^9, read first: \+3 {2}steady rhythm; .*= 9 points$/);

    await page.keyboard.press('Enter');
    const sum = detailOf(page).getByRole('table', { name: 'Triage, the sum' });
    await sum.waitFor();
    const values = (await sum.locator('tbody td:first-child').allInnerTexts()).map((text) =>
      Number(text.replace('−', '-')),
    );
    expect(values.reduce((a, b) => a + b, 0)).toBe(Number(await sum.locator('tfoot td').innerText()));
    await detailOf(page)
      .getByText('only 8 hosts open connections: how many others go there cannot be judged')
      .waitFor();

    // Badge and total stay beside every other score.
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'RITA', exact: true }).check();
    await expect.poll(() => totalOf(rowOf(page, FAST)).innerText()).toContain('read next 4');
    expect(await rowOf(page, FAST).locator('td').first().getAttribute('title')).toMatch(/^0\.\d+$/);
  });
});

describe('setting aside', () => {
  it('works from a row by keyboard, at once, is undone, and comes back from the detail', async () => {
    const page = await openPage();
    const readings = await countReadings(page);
    const grid = gridOf(page);
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('a');
    const menu = page.getByRole('menu', { name: 'Set aside' });
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await page.keyboard.press('a');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const line = page.getByTestId('aside-line');
    await line.getByText('1 connection set aside, at the end').waitFor();
    await line.getByText(`set aside: *.${FAST.name}`).waitFor();
    await page.keyboard.press('End');
    const last = Number(await grid.getAttribute('aria-rowcount')) - 1;
    await expect.poll(() => rowAt(page, last).innerText()).toMatch(/set aside[^]*updates\.cdn\.example\.net/);

    await line.getByRole('button', { name: 'Undo' }).click();
    await line.getByText('at the end').waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Filter' }).fill(PATCHY.destination);
    await rowOf(page, PATCHY).click();
    const detail = detailOf(page);
    await detail.getByText('Set aside …').click();
    await detail.getByRole('button', { name: 'its network, 203.0.113.0/24' }).click();
    await detail.getByText('Set aside by your list.').waitFor();
    await expect.poll(() => totalOf(rowOf(page, PATCHY)).innerText()).toContain('set aside');
    await detail.getByRole('button', { name: 'Take 203.0.113.0/24 back' }).click();
    await expect.poll(() => totalOf(rowOf(page, PATCHY)).innerText()).toContain('read first');
    expect(await readings()).toBe(0);
  });
});

describe.each(PAGES)('lists (%s)', (which) => {
  it('are kept, saved to a file and added from it as the same text', async () => {
    const page = await openPage(which);
    await openLists(page);
    const text = `# known\n*.${FAST.name}  # ours\n`;
    await listOf(page, 'Set aside').fill(text);
    await editorOf(page, 'Set aside').getByText('1 entry: 1 connection set aside.').waitFor();
    const save = editorOf(page, 'Set aside').getByRole('button', { name: 'Save to a file' });
    const file = await saved(page, () => save.click());
    expect(file.name).toBe('beaconscope-set-aside.txt');
    expect(file.bytes.toString()).toBe(text);

    await page.reload();
    await openSample(browser, '', page);
    await page.getByText('1 connection set aside, at the end').waitFor();
    await openLists(page);
    expect(await listOf(page, 'Set aside').inputValue()).toBe(text);
    await editorOf(page, 'Set aside').getByRole('button', { name: 'Empty' }).click();
    await page.getByText('at the end').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await page
      .getByLabel('File for Set aside')
      .setInputFiles({ name: 'mine.txt', mimeType: 'text/plain', buffer: file.bytes });
    await page.getByText('1 connection set aside, at the end').waitFor();
    expect(await listOf(page, 'Set aside').inputValue()).toBe(text);
  });

  it('are read by other pages from disk alone, which is said where they are edited and before', async () => {
    const page = await browser.newPage();
    await page.goto(inject(which));
    await page.getByText('How to check').click();
    const isSaid = (words: string) => page.getByText(words).isVisible();
    expect(await isSaid('any other page from disk can read what is kept')).toBe(which === 'singleFile');
    await openSample(browser, '', page);
    await openLists(page);
    await page.getByText('Lists are kept in this browser').waitFor();
    expect(await isSaid('any other page from disk can read them')).toBe(which === 'singleFile');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await listOf(page, 'Set aside').fill('secret.example');
    await editorOf(page, 'Set aside').getByText('1 entry').waitFor();

    const other = await page.context().newPage();
    const { url, end } = await placed('<p>another page</p>', which);
    await other.goto(url);
    end();
    const read = await other.evaluate(() => Object.values(localStorage).join());
    expect(read.includes('secret.example')).toBe(which === 'singleFile');
  });
});

describe('the list of what is looked for', () => {
  it('takes a dropped CSV, names its bad lines, and is a line of the sum with its note', async () => {
    const page = await openPage();
    await openLists(page);
    await listOf(page, 'Look for').fill('198.51.100.250\nno such thing\n');
    await editorOf(page, 'Look for').getByText('line 2: "no such thing"', { exact: false }).waitFor();
    await listOf(page, 'Look for').fill('198.51.100.250\n');
    const dataTransfer = await page.evaluateHandle((csv) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([csv], 'feed.csv'));
      return transfer;
    }, `ioc,comment\n${PATCHY.destination},panel of a stealer\n???,\n`);
    for (const type of ['dragenter', 'dragover', 'drop'])
      await listOf(page, 'Look for').dispatchEvent(type, { dataTransfer });
    await editorOf(page, 'Look for').getByText('feed.csv: 1 entry added, 1 line not read.').waitFor();
    await editorOf(page, 'Look for').getByText('line 3: "???"', { exact: false }).waitFor();
    await expect.poll(() => totalOf(rowAt(page, 1)).innerText()).toMatch(/15\s+read first/);
    expect(await totalOf(rowAt(page, 1)).getAttribute('data-sum')).toMatch(
      /\+6 {2}.*203\.0\.113\.9 \(panel of a stealer\)/,
    );
    expect(await gridOf(page).count()).toBe(1);
  });
});

describe('what is inside', () => {
  it('is shown, can be changed, and goes back to the default', async () => {
    const page = await openPage();
    await openLists(page);
    const inside = editorOf(page, 'Internal');
    expect(await listOf(page, 'Internal').inputValue()).toContain('10.0.0.0/8');
    const before = await inside.locator('p[id$="-summary"]').innerText();
    expect(before).toMatch(/^\d+ addresses were taken as internal; 8 of them call others\.$/);
    await listOf(page, 'Internal').fill('192.0.2.0/24\n*.example.net\n');
    await inside.getByText('line 2: "*.example.net": not a network').waitFor();
    expect(await inside.locator('p[id$="-summary"]').innerText()).not.toBe(before);
    await inside.getByRole('button', { name: 'Back to the default' }).click();
    await expect.poll(() => inside.locator('p[id$="-summary"]').innerText()).toBe(before);
  });
});

describe('twins', () => {
  it('share a row that opens and folds by click and by keyboard, and are counted', async () => {
    const page = await openTwins();
    const grid = gridOf(page);
    const rows = (): Promise<number> => grid.getAttribute('aria-rowcount').then((count) => Number(count) - 1);
    await page.getByText(`${TWINS.length - 1} folded under a twin`).waitFor();
    expect(await rows()).toBe(2);
    expect(await rowAt(page, 2).innerText()).toContain(LONER.destination);
    const fold = rowAt(page, 1).getByRole('button', { name: '2 twins' });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    await fold.click();
    await expect.poll(rows).toBe(4);
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    expect(await detailOf(page).count()).toBe(0);
    const open = await Promise.all([1, 2, 3].map((place) => rowAt(page, place).innerText()));
    for (const twin of TWINS) expect(open.filter((text) => text.includes(twin))).toHaveLength(1);
    expect(await rowAt(page, 4).innerText()).toContain(LONER.destination);

    await grid.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(rows).toBe(2);
    await page.keyboard.press('ArrowRight');
    await expect.poll(rows).toBe(4);
    await page.getByRole('button', { name: 'Fold all' }).click();
    await expect.poll(rows).toBe(2);
    await fold.focus();
    await page.keyboard.press('Enter');
    await expect.poll(rows).toBe(4);
  });
});
