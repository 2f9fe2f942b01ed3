import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { captureOf, type Infection, INFECTIONS } from '../builders/infections.ts';
import { CONN_FIELDS, connRow, zeekTsv } from '../builders/logs/zeek.ts';
import { SAMPLE_BEACONS, sampleCapture } from '../builders/sample.ts';
import { detailOf, gridOf, openFiles, rowOf, rowsShown, setLimit, startFiles } from './page.ts';
import { FILTERS, type JsonConnection, shownConnections } from './filters.ts';
import { noComplaints, type SavedFile, saved, testBrowser } from './test-browser.ts';

const browser = testBrowser();
const listenTo = noComplaints();

interface Opened {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const file = (name: string, buffer: Buffer): Opened => ({ name, mimeType: '', buffer });

async function opened(...files: readonly Opened[]): Promise<Page> {
  const page = await browser.newPage();
  listenTo(page);
  await page.goto(inject('hostedPage'));
  await openFiles(page, [...files]);
  return page;
}

/** Saves a file of the menu, by keyboard. */
async function savedAs(page: Page, label: string): Promise<SavedFile> {
  const button = page.getByRole('button', { name: label, exact: true });
  if (!(await button.isVisible())) await page.getByRole('button', { name: /^Export/ }).press('Enter');
  return saved(page, () => button.press('Enter'));
}

/** Opens a file in place of the analysis that is shown, by keyboard. */
async function openInstead(page: Page, next: Opened): Promise<void> {
  await startFiles(page, [next]);
  await page.getByRole('button', { name: 'Open instead' }).press('Enter');
  await page.getByRole('banner').getByText(next.name).waitFor();
  await page.getByRole('main', { name: 'Results' }).waitFor();
}

describe('the tasks of an analyst, by keyboard', () => {
  it('who is infected, and what the beacon asks, in captures of several families', async () => {
    const page = await opened(file('0.pcap', captureOf(INFECTIONS[0])));
    for (const [at, infection] of INFECTIONS.entries()) {
      if (at > 0) await openInstead(page, file(`${at}.pcap`, captureOf(infection)));
      await findInfected(page, infection);
    }
  });

  /** What an analyst asks first, with the actions counted. */
  async function findInfected(page: Page, infection: Infection): Promise<void> {
    const { host, address, user, mac, destination, firstContact, request } = infection;
    await expect
      .poll(() => page.getByRole('main').getByRole('heading', { level: 2 }).first().innerText())
      .toContain(`Look first at ${host} (${address}, ${user}): checks in with ${destination}`);
    // One key: who it is, since when, and where it goes.
    await page.keyboard.press('h');
    const pane = page.getByRole('complementary', { name: `Host ${host} (${address}, ${user})` });
    await expect.poll(() => pane.innerText()).toContain(mac);
    expect(await pane.getByTestId('story').innerText()).toMatch(
      new RegExp(`user ${user}[^]*${firstContact}[^]*checks in with ${destination}`),
    );
    // One more: what it asks there.
    await pane.getByRole('button', { name: `checks in with ${destination}` }).press('Enter');
    await expect.poll(() => detailOf(page).innerText()).toContain(request);
    await page.keyboard.press('Escape');
    await pane.waitFor();
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: /^Connections/ }).press('Enter');
  }

  it('a filter of each form shows the rows that a plain program finds in the JSON', async () => {
    const page = await opened(file('all.pcap', captureOf(...INFECTIONS)));
    await page.setViewportSize({ width: 1280, height: 2000 });
    await setLimit(page, 0);
    await expect.poll(() => rowsShown(page)).toBeGreaterThan(8);
    const { connections } = JSON.parse(String((await savedAs(page, 'Connections (JSON)')).bytes)) as {
      connections: JsonConnection[];
    };
    await page.keyboard.press('Escape');
    for (const [filter, meets] of FILTERS) {
      await page.keyboard.press('/');
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(filter);
      const wanted = connections.filter(meets).map(({ src_ip, dst_ip, dst_port }) => `${src_ip} ${dst_ip} ${dst_port}`);
      expect(wanted.length, `${filter} tells rows apart`).toBeGreaterThan(0);
      expect(wanted.length, `${filter} tells rows apart`).toBeLessThan(connections.length);
      await expect.poll(() => shownConnections(page), { message: filter }).toEqual(wanted.sort());
    }
  });

  it('a baseline of yesterday leaves only what is new', async () => {
    const log = (day: number, destinations: readonly string[]) => {
      const start = Date.UTC(2026, 2, day) / 1000;
      const rows = destinations.flatMap((destination) =>
        Array.from({ length: 6 }, (_, index) =>
          connRow({ ts: start + index * 61, 'id.orig_h': '10.0.0.5', 'id.resp_h': destination }),
        ),
      );
      return file(`${day}.log`, Buffer.from(zeekTsv('conn', CONN_FIELDS, rows)));
    };
    const yesterday = await opened(log(1, ['203.0.113.1', '203.0.113.2']));
    const baseline = file('yesterday', (await savedAs(yesterday, 'Baseline')).bytes);
    const page = await opened(baseline, log(2, ['203.0.113.1', '203.0.113.9']));
    await gridOf(page).waitFor();
    const line = page.getByTestId('aside-line');
    expect(await line.innerText()).toContain('1 connection new since the baseline of 2026-03-01 (1 host)');
    expect(await gridOf(page).innerText()).toMatch(/203\.0\.113\.9\s+new\b/);
    await line.getByRole('button', { name: 'Show what is new' }).press('Enter');
    await expect.poll(() => rowsShown(page)).toBe(1);
    expect(await gridOf(page).innerText()).toContain('203.0.113.9');

    const alone = await opened(baseline);
    expect(await alone.getByRole('main', { name: 'Failure' }).innerText()).toContain('drop it beside a capture');
  });
});

describe('a saved analysis', () => {
  const CAPTURE = file('office.pcap', Buffer.from(sampleCapture()));
  const NOTE = 'asked the desk, nobody knows it';

  /** All lists and the detail of a beacon, as their texts. */
  async function textsOf(page: Page): Promise<Record<string, string>> {
    // A list draws the rows that the window has room for: here all of them.
    await page.setViewportSize({ width: 1280, height: 3200 });
    const texts: Record<string, string> = {
      headline: await page.getByRole('heading', { level: 2 }).first().innerText(),
    };
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

  it('is the page of its capture without it; with packets it has their requests, else it asks for the capture', async () => {
    const page = await opened(CAPTURE);
    await rowOf(page, SAMPLE_BEACONS[0]).click();
    const detail = detailOf(page);
    await detail.getByRole('radio', { name: 'suspicious' }).check();
    await detail.getByText('Note and tags').click();
    await detail.getByLabel('Note', { exact: true }).fill(NOTE);
    await detail.getByLabel('Note', { exact: true }).blur();
    await detail.getByRole('heading', { name: 'First bytes' }).waitFor();
    const { name, bytes: alone } = await savedAs(page, 'Analysis (.beaconscope)');
    expect(name).toMatch(/^beaconscope-analysis-\d{8}-\d{6}\.beaconscope$/);
    expect(alone.length).toBeLessThan(CAPTURE.buffer.length / 2);
    const whole = (await savedAs(page, 'Analysis with packets (.beaconscope)')).bytes;
    await page.keyboard.press('Escape');

    const again = await opened(file('from-a-colleague.beaconscope', alone));
    await again.evaluate(() => localStorage.clear());
    await rowOf(again, SAMPLE_BEACONS[0]).click();
    await expect.poll(() => detailOf(again).getByLabel('Note', { exact: true }).inputValue()).toBe(NOTE);
    expect(await detailOf(again).getByRole('radio', { name: 'suspicious' }).isChecked()).toBe(true);
    expect(await again.getByText('saved analysis of').isVisible()).toBe(true);
    const asks = detailOf(again).getByTestId('needs-captures');
    await expect.poll(() => asks.innerText()).toContain('office.pcap');
    const wrong = file(CAPTURE.name, Buffer.from(CAPTURE.buffer.subarray(0, 5000)));
    await detailOf(again).getByTestId('capture-picker').setInputFiles(wrong);
    await expect.poll(() => asks.innerText()).toContain('These are others');
    await detailOf(again)
      .getByTestId('capture-picker')
      .setInputFiles({ ...CAPTURE, name: 'renamed' });
    await detailOf(again).getByRole('heading', { name: 'First bytes' }).waitFor();

    const [read, kept] = [await textsOf(page), await textsOf(again)];
    // What was said here can be taken back, what came with the file cannot.
    const withoutUndo = Object.entries(read).map(([list, text]) => [list, text.replace(/^.* Undo\n/m, '')]);
    expect(kept).toEqual(Object.fromEntries(withoutUndo));

    const packed = await opened(file('with-packets.beaconscope', whole));
    await rowOf(packed, SAMPLE_BEACONS[0]).click();
    await detailOf(packed).getByRole('heading', { name: 'First bytes' }).waitFor();
    expect(await detailOf(packed).getByTestId('needs-captures').count()).toBe(0);
  });

  it('that is none any more says so', async () => {
    const page = await opened(file('x.beaconscope', Buffer.from('BEACONSCOPE ANALYSIS\n{}')));
    const failure = page.getByRole('main', { name: 'Failure' });
    expect(await failure.innerText()).toContain('x.beaconscope is not a saved analysis that can be opened');
    expect(await failure.innerText()).toContain('It ends too early');
  });
});
