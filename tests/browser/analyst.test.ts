import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS, sampleCapture } from '../builders/sample.ts';
import { manyFlowsCapture } from '../builders/sessions/many-flows.ts';
import {
  countReadings,
  detailOf,
  gridOf,
  openArithmetic,
  openFiles,
  openSample,
  openView,
  rowAt,
  rowOf,
  setLimit,
} from './page.ts';
import { noComplaints, PAGES, testBrowser } from './test-browser.ts';

const [FAST, PATCHY, SLOW] = SAMPLE_BEACONS;
/** The slow beacon is listed at "more than this many flows", and not at one more. */
const SLOW_LIMIT = SLOW.checkIns - 1;
const LEAST_LIMIT = 4;
const SOURCE_COLUMN = 3;
const FLOWS_COLUMN = 6;

const browser = testBrowser();
const listenTo = noComplaints();

async function openPage(which: 'hostedPage' | 'singleFile' = 'hostedPage'): Promise<Page> {
  const page = await browser.newPage();
  listenTo(page);
  await page.goto(inject(which));
  return page;
}

async function openSamplePage(): Promise<Page> {
  return openSample(browser, '', await openPage());
}

/** Drops a file on an element as a file manager does: the browser only lets the page see it through a DataTransfer. */
async function drop(page: Page, selector: string, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ({ file, base64 }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)], file));
      return transfer;
    },
    { file: name, base64: Buffer.from(bytes).toString('base64') },
  );
  await page.dispatchEvent(selector, 'dragenter', { dataTransfer });
  await page.getByText('Drop to read').waitFor();
  await page.dispatchEvent(selector, 'dragover', { dataTransfer });
  await page.dispatchEvent(selector, 'drop', { dataTransfer });
  await page.getByText('Drop to read').waitFor({ state: 'detached' });
}

function heading(page: Page, name: string): Locator {
  return page.getByRole('columnheader', { name, exact: true });
}

/** Flows of the rows in the document, from the top. */
async function flowsDown(page: Page): Promise<number[]> {
  const cells = await page
    .locator(`[role=grid] tbody tr[aria-rowindex] td:nth-child(${FLOWS_COLUMN + 1})`)
    .allInnerTexts();
  return cells.map((cell) => Number(cell.replaceAll(',', '')));
}

describe.each(PAGES)('a dropped capture (%s)', (which) => {
  it('shows its three beacons, and lists by another limit without reading again', async () => {
    const page = await openPage(which);
    await drop(page, 'main', 'office.pcap', sampleCapture());
    await gridOf(page).waitFor();
    expect(await page.getByRole('banner').innerText()).toContain('office.pcap');
    await rowOf(page, FAST).waitFor();
    await rowOf(page, PATCHY).waitFor();

    const rows = async (): Promise<number> => Number(await gridOf(page).getAttribute('aria-rowcount'));
    const all = await rows();
    await setLimit(page, SLOW.checkIns);
    await expect.poll(rows).toBeLessThan(all);

    const readings = await countReadings(page);
    const [worker] = page.workers();
    await setLimit(page, LEAST_LIMIT);
    await expect.poll(rows).toBe(all);
    expect(await rowOf(page, SLOW).innerText()).toContain(String(SLOW.checkIns));
    expect(await readings()).toBe(0);
    expect(page.workers()).toEqual([worker]);
  });
});

describe('a connection', () => {
  it("is opened by a click: what it did, its histogram and the notebook's score", async () => {
    const page = await openSamplePage();
    await page.getByRole('radio', { name: 'Notebook', exact: true }).check();
    await rowAt(page, 1).click();
    const detail = detailOf(page);
    await detail
      .getByText(
        `${FAST.checkIns} flows from ${FAST.source} to ${FAST.name} (${FAST.destination}), TCP port ${FAST.port}`,
      )
      .waitFor();
    await detail.getByText(/^A flow every 5\d(\.\d+)? s \(median\)/).waitFor();

    const histogram = detail.locator('svg', { hasText: 'Histogram of the times between check-ins' });
    await histogram.waitFor();
    expect(await histogram.locator('[data-bin]').count()).toBeGreaterThan(3);

    await openArithmetic(detail, /^The notebook's score: /);
    const arithmetic = detail.getByRole('table', { name: "The notebook's score, step by step", exact: true });
    const valueOf = async (column: string): Promise<number> => {
      const row = arithmetic.locator('tr', { has: page.getByRole('rowheader', { name: column, exact: true }) });
      return Number(await row.getByRole('cell').last().getAttribute('title'));
    };
    const score = await valueOf('Score');
    expect(score).toBeCloseTo(((await valueOf('tsScore')) + (await valueOf('dsScore'))) / 2, 2);
    expect(score).toBeCloseTo(Number(await rowAt(page, 1).locator('td').first().getAttribute('title')), 10);
    expect(await valueOf('ConnectionCount')).toBe(FAST.checkIns);
    expect(await rowAt(page, 1).getAttribute('aria-selected')).toBe('true');
  });
});

describe('the keyboard', () => {
  it('sorts', async () => {
    const page = await openSamplePage();
    await setLimit(page, SLOW_LIMIT);
    await rowOf(page, SLOW).waitFor();
    expect(await heading(page, 'Score').getAttribute('aria-sort')).toBe('descending');
    expect(await heading(page, 'Flows').getAttribute('aria-sort')).toBeNull();
    const byScore = await flowsDown(page);

    await heading(page, 'Flows').getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page, 'Flows').getAttribute('aria-sort')).toBe('descending');
    expect(await heading(page, 'Score').getAttribute('aria-sort')).toBeNull();
    const descending = await flowsDown(page);
    expect(descending).not.toEqual(byScore);
    expect(descending).toEqual(descending.toSorted((a, b) => b - a));

    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page, 'Flows').getAttribute('aria-sort')).toBe('ascending');
    const ascending = await flowsDown(page);
    expect(ascending[0]).toBe(SLOW.checkIns);
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
  });

  it('moves through the rows, opens one and closes it', async () => {
    const page = await openSamplePage();
    const grid = gridOf(page);
    // The list is what keys go to from the moment it appears.
    expect(await grid.getAttribute('aria-activedescendant')).toBe('row-0');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe('row-1');
    expect(await rowAt(page, 2).getAttribute('id')).toBe('row-1');

    // Beside an open detail the table has room for fewer columns.
    const source = await rowAt(page, 2).locator('td').nth(SOURCE_COLUMN).innerText();
    await page.keyboard.press('Enter');
    await detailOf(page).getByRole('heading', { name: 'How the scores came about' }).waitFor();
    expect(await rowAt(page, 2).getAttribute('aria-selected')).toBe('true');
    expect(await detailOf(page).getAttribute('aria-label')).toContain(`Connection ${source} →`);

    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => rowAt(page, 3).getAttribute('aria-selected')).toBe('true');
    expect(await detailOf(page).count()).toBe(1);

    await page.keyboard.press('Escape');
    await detailOf(page).waitFor({ state: 'detached' });
    await gridOf(page).waitFor();
    await page.keyboard.press('End');
    const last = Number(await grid.getAttribute('aria-rowcount')) - 2;
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe(`row-${last}`);
    await rowAt(page, last + 1).waitFor();
  });

  it('looks at a part of the time, with the same connection open, and clears it', async () => {
    const page = await openSamplePage();
    await rowAt(page, 1).click();
    const label = await detailOf(page).getAttribute('aria-label');
    const flows = async () =>
      parseInt(
        await detailOf(page)
          .getByText(/^[0-9,]+ flows from/)
          .innerText(),
        10,
      );
    const before = await flows();
    await page.getByRole('slider', { name: 'Look at the time to' }).focus();
    await page.keyboard.press('Home');
    for (let press = 0; press < 3; press++) await page.keyboard.press('PageUp');
    await page.getByTestId('time-range').waitFor();
    await expect.poll(flows).toBeLessThan(before);
    expect(await detailOf(page).getAttribute('aria-label')).toBe(label);
    await page.keyboard.press('Escape');
    await expect.poll(flows).toBe(before);
    expect(await page.getByTestId('time-range').count()).toBe(0);
    expect(await detailOf(page).getAttribute('aria-label')).toBe(label);
    // Elsewhere it closes the detail first.
    for (let press = 0; press < 3; press++) await page.keyboard.press('PageDown');
    await expect.poll(flows).toBeLessThan(before);
    await gridOf(page).focus();
    await page.keyboard.press('Escape');
    await detailOf(page).waitFor({ state: 'detached' });
    await page.getByTestId('time-range').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('time-range').waitFor({ state: 'detached' });
  });

  it('asks for the list of keys, which Escape closes without closing the detail', async () => {
    const page = await openSamplePage();
    await rowAt(page, 1).click();
    await detailOf(page).waitFor();
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.getByText('Open the row').waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
    expect(await detailOf(page).count()).toBe(1);
    await page.keyboard.press('/');
    await expect
      .poll(() => page.getByRole('searchbox', { name: 'Filter' }).evaluate((field) => field === document.activeElement))
      .toBe(true);
  });

  it('goes from the filter on to the rows that it leaves, and nothing moves while a filter is typed', async () => {
    const page = await openSamplePage();
    const field = page.getByRole('searchbox', { name: 'Filter' });
    const places = async () => [await field.boundingBox(), (await gridOf(page).boundingBox())?.y];
    await page.keyboard.press('/');
    await page.keyboard.type('por');
    const typing = await places();
    await page.keyboard.type('t == x');
    await page.getByText(/is not a value of port/).waitFor();
    expect(await places()).toEqual(typing);
    await page.keyboard.press('Backspace');
    await page.keyboard.type(String(FAST.port));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await detailOf(page).waitFor();
    expect(await field.inputValue()).toBe(`port == ${FAST.port}`);
  });
});

describe('a file that is broken', () => {
  it('is named, with the byte offset and what is wrong', async () => {
    const page = await openPage();
    await openFiles(page, { name: 'notes.pcap', mimeType: 'text/plain', buffer: Buffer.from('no capture at all\n') });
    await page.getByRole('heading', { name: 'notes.pcap is not a capture' }).waitFor();
    const fact = (term: string): Locator =>
      page
        .getByRole('main', { name: 'Failure' })
        .locator('dl > div', { has: page.getByText(term, { exact: true }) })
        .locator('dd');
    expect(await fact('file').innerText()).toBe('notes.pcap');
    expect(await fact('byte offset').innerText()).toMatch(/^0\b/);
    await page.getByText('neither pcap nor pcapng: it begins with the bytes 6e 6f 20 63').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Try the sample capture' }).waitFor();
  });

  it('gives a table of what was whole when it is only cut, and a warning with the place', async () => {
    const page = await openPage();
    const whole = sampleCapture();
    const cut = Buffer.from(whole.subarray(0, whole.length - 5));
    await openFiles(page, { name: 'cut.pcap', mimeType: '', buffer: cut });
    await gridOf(page).waitFor();
    await rowOf(page, FAST).waitFor();
    await page.getByRole('button', { name: /1 warning/ }).click();
    const [warning] = await page.locator('[data-panel] li li').allInnerTexts();
    expect(warning).toMatch(/the file ends after \d+ of a packet's \d+ bytes/i);
    const offset = Number(/byte ([\d,]+)/.exec(warning)?.[1].replaceAll(',', ''));
    // The record begins before the cut, and no record of the sample is longer than a frame.
    expect(offset).toBeLessThan(cut.length);
    expect(offset).toBeGreaterThan(cut.length - 1600);
  });
});

describe('a limit that hides everything', () => {
  it('says why, and offers one that does not', async () => {
    const page = await openPage();
    // Where a clock is asked there are no points that would list it all the same.
    const clock = { address: '10.0.0.1', port: 123 };
    await drop(page, 'main', 'clock.pcap', manyFlowsCapture(60, clock));
    await gridOf(page).waitFor();
    await setLimit(page, 10_000);
    await page.getByText('The largest connection has 60 flows; the limit is more than 10,000.').waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    await page.getByRole('button', { name: 'List connections with more than 30 flows' }).click();
    await gridOf(page).waitFor();
    await openView(page);
    expect(await page.getByRole('spinbutton', { name: 'more than' }).inputValue()).toBe('30');
  });
});

describe('the theme', () => {
  // The root carries the background; what is drawn under a transparent body is its.
  const paper = (page: Page): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  const inTheDark = testBrowser({ isDark: true });

  it("is the system's until one is chosen", async () => {
    const light = await paper(await openPage());
    const page = await inTheDark.newPage();
    await page.goto(inject('hostedPage'));
    expect(await paper(page)).not.toBe(light);
    await page.getByRole('radio', { name: 'light', exact: true }).check();
    await expect.poll(() => paper(page)).toBe(light);
    await page.reload();
    expect(await paper(page)).toBe(light);
  });
});
