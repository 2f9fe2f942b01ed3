import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { connRow, zeekJson } from '../builders/logs/zeek.ts';
import { seededRandom } from '../builders/random.ts';
import { falsePositiveSentence } from '../../src/views/text/measured.ts';
import { SAMPLE_BEACONS } from '../builders/sample.ts';
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
  rowsShown,
} from './page.ts';
import { testBrowser } from './test-browser.ts';

const [FAST, PATCHY, SLOW] = SAMPLE_BEACONS;

const browser = testBrowser();

/** Connections of a log that takes a while to score. */
const MANY = 8000;

/** A log of `MANY` connections to different hosts, by chance in time. */
function manyConnections(): string {
  const random = seededRandom(1);
  return zeekJson(
    Array.from({ length: 7 * MANY }, (_, index) => {
      const connection = index % MANY;
      const host = `198.18.${connection >> 8}.${connection & 255}`;
      return connRow({
        ts: 1_591_367_999 + random.uniform(0, 86_400),
        uid: `C${index}`,
        'id.resp_h': host,
        'id.orig_p': 1024 + (index % 60_000),
      });
    }),
  );
}

const openPage = (hash = ''): Promise<Page> => openSample(browser, `${inject('hostedPage')}${hash}`);
const toggle = (page: Page, name: RegExp): Locator => page.getByRole('button', { name });
const hashOf = (page: Page): string => decodeURIComponent(new URL(page.url()).hash);

/** Scores of the rows in the document, from the top, exactly; null where a row has none. */
async function scoresDown(page: Page): Promise<(number | null)[]> {
  const titles = await page
    .locator('[role=grid] tbody td:first-child')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title')));
  return titles.map((title) => (title === null || title.startsWith('No score') ? null : Number(title)));
}

describe('the first sentence', () => {
  it('counts the steady rhythms, and leads to the strongest', async () => {
    const page = await openPage('#rank=rhythm');
    // Tall enough for every row to be in the document.
    await page.setViewportSize({ width: 1280, height: 3200 });
    const sentence = page.getByRole('heading', { level: 2, name: /connections check in on a steady rhythm/ });
    const steady = Number(/(\d+) of \d+ connections/.exec(await sentence.innerText())?.[1]);
    await page.getByRole('button', { name: 'Unfold all' }).click();
    const all = await rowsShown(page);
    await expect.poll(async () => (await scoresDown(page)).length).toBe(all);
    expect((await scoresDown(page)).filter((score) => score !== null && score >= 0.5)).toHaveLength(steady);
    expect(steady).toBeGreaterThanOrEqual(SAMPLE_BEACONS.length);
    await sentence.getByRole('button', { name: FAST.name }).last().click();
    await detailOf(page).waitFor();
    expect(await detailOf(page).getAttribute('aria-label')).toBe(
      `Connection ${FAST.source} → ${FAST.name}:${FAST.port}`,
    );
  });
});

describe('the ranking', () => {
  it('is changed by one click, which sorts by it and says what it means and how often it is wrong', async () => {
    const page = await openPage('#rank=rhythm');
    const words = page.getByTestId('ranking');
    const about = page.getByRole('button', { name: 'About this score' });
    await about.click();
    expect(await words.innerText()).toContain(falsePositiveSentence('rhythm'));
    const byRhythm = await scoresDown(page);
    for (const [name, said] of [
      ['RITA', falsePositiveSentence('rita')],
      ['Notebook', 'Erratic sizes raise it'],
      ['Notebook corrected', 'known faults put right'],
    ]) {
      await page.getByRole('radio', { name, exact: true }).check();
      await about.click();
      await expect.poll(() => words.innerText()).toContain(said);
      const scores = await scoresDown(page);
      expect(scores).not.toEqual(byRhythm);
      const values = scores.map((score) => score ?? -1);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
    }
    expect(hashOf(page)).toBe('#rank=corrected');
    await page.getByText('Slow sleepers lose.').waitFor();
  });

  it('has no value where a score does not apply, and says why', async () => {
    const page = await openPage();
    await page.getByRole('radio', { name: 'Notebook', exact: true }).check();
    // Without a score it would be far down, out of the document.
    await page.getByRole('searchbox', { name: 'Filter' }).fill(SLOW.name);
    expect(await rowOf(page, SLOW).locator('td').first().getAttribute('title')).toBe(
      'No score: too few flows for the notebook',
    );
    await rowOf(page, SLOW).click();
    const detail = detailOf(page);
    await openArithmetic(detail);
    await detail.getByRole('heading', { name: "The notebook's score: none" }).waitFor();
    expect(await detail.getByText('Not scored: too few flows for the notebook.').count()).toBe(2);

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('spinbutton', { name: 'The notebook scores over' }).fill(String(SLOW.checkIns - 1));
    await expect.poll(() => rowOf(page, SLOW).locator('td').first().getAttribute('title')).toMatch(/^0\.\d+$/);
  });
});

describe('sorts of connections', () => {
  it('are hidden one by one, each with how many rows it hides, and shown again', async () => {
    const page = await openPage();
    const all = await rowsShown(page);
    await page.getByRole('radio', { name: 'Rhythm', exact: true }).check();
    await openView(page);
    const clocks = toggle(page, /well-known clocks/);
    const count = Number(/\d+/.exec(await clocks.innerText())?.[0]);
    expect(count).toBeGreaterThan(0);
    expect(await clocks.getAttribute('aria-pressed')).toBe('false');
    expect(await rowAt(page, 2).innerText()).toContain('123 udp');

    await clocks.click();
    await expect.poll(() => rowsShown(page)).toBe(all - count);
    expect(await clocks.getAttribute('aria-pressed')).toBe('true');
    expect(await clocks.innerText()).toBe(`hidden: ${count} well-known clocks ×`);
    expect(await page.locator('[role=grid] tbody', { hasText: '123 udp' }).count()).toBe(0);

    await openView(page);
    await toggle(page, /internal to internal/).click();
    await expect.poll(() => rowsShown(page)).toBeLessThan(all - count);
    expect(hashOf(page)).toBe('#rank=rhythm&hide=internal+clock');
    await rowOf(page, PATCHY).waitFor();

    await clocks.click();
    await openView(page);
    await toggle(page, /internal to internal/).click();
    await expect.poll(() => rowsShown(page)).toBe(all);
    expect(hashOf(page)).toBe('#rank=rhythm');
  });
});

describe('the grouping', () => {
  it('is changed without reading again, and takes the notebook its score', async () => {
    const page = await openPage();
    const readings = await countReadings(page);
    const [worker] = page.workers();
    const byPort = await rowsShown(page);
    await rowAt(page, 1).click();
    await detailOf(page).waitFor();

    await openView(page);
    await page.getByLabel('Group by').selectOption({ label: 'source, destination' });
    await expect.poll(() => rowsShown(page)).toBeLessThan(byPort);
    expect(await detailOf(page).count()).toBe(0);
    await page.getByRole('radio', { name: 'Notebook', exact: true }).check();
    await page.getByRole('button', { name: 'About this score' }).click();
    await page.getByText("The notebook's scores belong to connections by source, destination and port").waitFor();
    expect(new Set(await scoresDown(page))).toEqual(new Set([null]));

    await page.getByRole('radio', { name: 'Rhythm', exact: true }).check();
    await openView(page);
    await page.getByLabel('Group by').selectOption({ label: 'source, name' });
    // The look-ups of the beacon's name and its own flows are one connection now.
    await rowOf(page, FAST)
      .filter({ hasText: 'dns' })
      .or(rowOf(page, FAST).filter({ hasText: '+1' }))
      .first()
      .click();
    await detailOf(page)
      .getByText(/other ports? and \d+ other destinations?/)
      .waitFor();
    expect(hashOf(page)).toBe('#rank=rhythm&group=src,name');
    expect(await readings()).toBe(0);
    expect(page.workers()).toEqual([worker]);

    await openView(page);
    await page.getByLabel('Group by').selectOption({ label: 'source, destination, port' });
    await expect.poll(() => rowsShown(page)).toBe(byPort);
  });

  it('comes with a link, as do ranking, sort and what is hidden', async () => {
    const page = await openPage('#rank=rita&sort=source&hide=multicast&group=src%2Cdst&time=local');
    await openView(page);
    expect(await page.getByLabel('Group by').inputValue()).toBe('src,dst');
    expect(await page.getByRole('radio', { name: 'RITA' }).isChecked()).toBe(true);
    await openView(page);
    expect(await toggle(page, /multicast or broadcast/).getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('columnheader', { name: 'Source' }).getAttribute('aria-sort')).toBe('ascending');
    const [shown, listed] = (await page.locator('#shown').innerText()).match(/\d+/g)?.map(Number) ?? [];
    expect(shown).toBeLessThan(listed);
  });
});

describe('the detail of a beacon', () => {
  const beacons = [
    { beacon: FAST, interval: '54 s', sentence: /^Checks in every 54 s ± 1\d %, 259 of 259 check-ins present\.$/ },
    {
      beacon: PATCHY,
      interval: '5.0 min',
      sentence: /^Checks in every 5\.0 min ± 1 %, 40 of 43 check-ins present, 1 longer silence\.$/,
    },
    { beacon: SLOW, interval: '28.6 min', sentence: /^Checks in every 28\.6 min ± \d %, 9 of 9 check-ins present\.$/ },
  ];

  async function expectDetail(page: Page, { beacon, interval, sentence }: (typeof beacons)[number]): Promise<void> {
    expect(await rowOf(page, beacon).innerText()).toContain(`${interval} ±`);
    await rowOf(page, beacon).click();
    const detail = detailOf(page);
    const lead = detail.getByTestId('lead');
    await lead.waitFor();
    expect(await lead.innerText()).toMatch(sentence);

    const fact = (term: string): Locator =>
      detail
        .locator('tr', { has: page.getByRole('rowheader', { name: term, exact: true }) })
        .getByRole('cell')
        .first();
    expect(await fact('interval').innerText()).toBe(interval);
    const [present, expected] = (await fact('present').innerText()).split(' of ').map(Number);
    const silences = Number(await fact('silences').innerText());

    const strip = detail.getByRole('img', { name: /^The whole capture: / });
    expect(await strip.getAttribute('aria-label')).toBe(
      `The whole capture: ${present + silences} check-ins${silences === 0 ? '' : ` (${silences} after a silence)`}, ` +
        `${expected - present} ` +
        `${expected - present === 1 ? 'check-in' : 'check-ins'} missed, ${silences} longer ` +
        `${silences === 1 ? 'silence' : 'silences'}, 0 extra connections`,
    );
    const bands = detail.getByRole('list', { name: 'Bands' }).getByRole('listitem');
    expect(await bands.count()).toBe(3);
    expect(await bands.first().innerText()).toContain('1× the scored band, one period');
    expect(await detail.locator('.recharts-reference-area').count()).toBeGreaterThanOrEqual(1);
    await detail.getByText(/^The flows span 4 h 00 min: intervals above 39 min cannot be judged\.$/).waitFor();

    await openArithmetic(detail);
    await detail.getByRole('heading', { name: /^RITA's score: 0\.\d+$/ }).waitFor();
    expect(await detail.getByRole('term').allInnerTexts()).toEqual(['Times', 'Sizes', 'Histogram', 'Duration']);
    expect(
      await detail
        .getByRole('img', { name: /^24 equal slices of the capture/ })
        .locator('[data-slice]')
        .count(),
    ).toBe(24);
  }

  it("has sentence, interval, strip and bands, and takes rhythm's score apart", async () => {
    const page = await openPage();
    for (const beacon of beacons) {
      await expectDetail(page, beacon);
      await page.keyboard.press('Escape');
      await detailOf(page).waitFor({ state: 'detached' });
    }

    await rowOf(page, PATCHY).click();
    const detail = detailOf(page);
    await openArithmetic(detail, /^Rhythm's score: /);
    const steps = detail.getByRole('table', { name: 'Rhythm, step by step' });
    const valueOf = async (step: string): Promise<number> => {
      const row = steps.locator('tr', { has: page.getByRole('rowheader', { name: step, exact: true }) });
      return Number(await row.getByRole('cell').last().getAttribute('title'));
    };
    const strength = await valueOf('S');
    expect(strength).toBeCloseTo((await valueOf('E')) * (await valueOf('tc')) * (await valueOf('h₁')), 6);
    expect(await valueOf('score')).toBeCloseTo(strength / (strength + 3), 9);
    expect(await valueOf('m')).toBe(PATCHY.checkIns - 1);
  });
});

describe('a narrow window', () => {
  it('shows what matters of every row without scrolling sideways', async () => {
    const page = await openPage('#rank=rhythm');
    await page.setViewportSize({ width: 420, height: 2000 });
    await expect.poll(() => page.getByRole('columnheader').count()).toBe(4);
    const wider = await page.locator('[data-scroller]').evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(wider).toBe(0);
    const row = await rowAt(page, 1).innerText();
    for (const part of ['0.99', 'read next', '54 s', FAST.source, '259']) expect(row).toContain(part);
    await rowAt(page, 1).click();
    await detailOf(page).locator('.recharts-surface').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );

    // The detail is below the list, not over it, and came into sight though the list and it would fit the window.
    const [list, detail] = await Promise.all([
      page.locator('[data-scroller]').boundingBox(),
      detailOf(page).boundingBox(),
    ]);
    expect(detail!.y).toBeGreaterThanOrEqual(list!.y + list!.height);
    expect(Math.abs(detail!.y)).toBeLessThanOrEqual(1);

    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 320, height: 640 });
    await expect.poll(async () => (await rowAt(page, 1).boundingBox())?.y).toBeLessThan(400);
    const reasons = page.getByText('web request to a bare IP address', { exact: false }).first();
    expect(await reasons.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    expect(await reasons.isVisible()).toBe(true);
    await page.getByRole('combobox', { name: 'Rank by' }).selectOption('RITA');
    await expect.poll(() => hashOf(page)).toBe('#rank=rita');
  });
});

describe('scoring of many connections', () => {
  const patient = testBrowser({ isLong: true });

  it('shows how far it has come, which the analyst can break off', async () => {
    const page = await patient.newPage();
    await page.goto(inject('hostedPage'));
    await openFiles(page, { name: 'conn.log', mimeType: 'text/plain', buffer: Buffer.from(manyConnections()) });
    await gridOf(page).waitFor();
    // Watched inside the page: asking from outside would miss steps on a fast machine.
    const watched = await page.evaluateHandle(() => {
      const steps: { scored: number; listed: number; words: string }[] = [];
      new MutationObserver(() => {
        const bar = document.querySelector('progress');
        const words = document.querySelector('[data-testid="scoring"]')?.textContent ?? '';
        if (bar !== null) steps.push({ scored: bar.value, listed: bar.max, words });
      }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
      return steps;
    });
    await openView(page);
    await page.getByLabel('Group by').selectOption({ label: 'source, destination' });
    await expect.poll(() => watched.evaluate((seen) => seen.length)).toBeGreaterThan(0);
    await expect.poll(() => page.getByRole('main', { name: 'Results' }).getAttribute('aria-busy')).toBe('false');
    const steps = await watched.evaluate((seen) => seen);

    const shares = [...new Set(steps.map(({ scored }) => scored))];
    expect(shares.some((scored) => scored > 0 && scored < MANY)).toBe(true);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(steps.map(({ listed }) => listed))).toEqual(new Set([MANY]));
    for (const { scored, words } of steps)
      expect(words).toBe(`scoring … ${scored.toLocaleString('en')} of ${MANY.toLocaleString('en')} connections`);
    expect(await page.getByRole('progressbar', { name: 'Connections scored' }).count()).toBe(0);

    await openView(page);
    await page.getByLabel('Group by').selectOption({ label: 'source, name' });
    await page.getByRole('button', { name: 'Beaconscope' }).click();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await expect.poll(() => page.workers().length).toBe(0);
  });
});
