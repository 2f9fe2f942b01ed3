import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS } from '../builders/sample.ts';
import { captureOfLists } from '../builders/sessions/lists.ts';
import { detailOf, endWorkerWhenAsked, gridOf, openFiles, openSample, openView, rowOf, rowsShown } from './page.ts';
import { placed } from './placed.ts';
import { PAGES, saved, type SavedFile, testBrowser } from './test-browser.ts';

const browser = testBrowser();

/** Saves a file by the name of its button. */
async function savedAs(page: Page, label: string): Promise<SavedFile> {
  const button = page.getByRole('button', { name: label, exact: true });
  if (!(await button.isVisible())) await page.getByRole('button', { name: /^Export/ }).click();
  return saved(page, () => button.click());
}

/** A page that was given a file and has read it. */
async function reopened(name: string, buffer: Buffer): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await openFiles(page, { name, mimeType: '', buffer });
  return page;
}

describe.each(PAGES)('exports (%s)', (which) => {
  it('connections are saved as filtered, under a name that says what and when; flows open again', async () => {
    const page = await openSample(browser, inject(which));
    const rows = await rowsShown(page);
    for (const label of ['Flows (CSV)', 'Flows (Parquet)']) {
      const flows = await savedAs(page, label);
      const again = await reopened('flows', flows.bytes);
      await gridOf(again).waitFor();
      expect(await rowsShown(again)).toBe(rows);
      expect(await gridOf(again).innerText()).toContain(SAMPLE_BEACONS[0].name);
      await again.close();
    }

    const all = await savedAs(page, 'Connections (CSV)');
    expect(all.name).toMatch(/^beaconscope-connections-\d{8}-\d{6}\.csv$/);
    expect(all.bytes.toString().trimEnd().split('\n')).toHaveLength(1 + rows);
    await page.keyboard.press('Escape');
    const [{ name, port }] = SAMPLE_BEACONS;
    await page.getByRole('searchbox').fill(`${name}:${port}`);
    await expect.poll(() => rowsShown(page)).toBe(1);
    const { bytes } = await savedAs(page, 'Connections (JSON)');
    const { connections } = JSON.parse(bytes.toString()) as { connections: { requested_server_name: string }[] };
    expect(connections.map((connection) => connection.requested_server_name)).toEqual([name]);
  });
});

describe('where the browser ends the worker', () => {
  it.each(['Packets (pcapng)', 'Report (HTML)', 'Analysis (.beaconscope)', 'Analysis with packets (.beaconscope)'])(
    'while a file is made of the captures, that is said, and what is shown stays (%s)',
    async (label) => {
      const page = await openSample(browser, inject('hostedPage'));
      await rowOf(page, SAMPLE_BEACONS[0]).click();
      await detailOf(page).waitFor();
      await endWorkerWhenAsked(page);
      const rows = await rowsShown(page);
      await page.getByRole('button', { name: /^Export/ }).click();
      await page.getByRole('button', { name: label, exact: true }).click();
      await page.getByText('Not saved: the analysis stopped: the browser ended it').waitFor();
      expect(await rowsShown(page)).toBe(rows);
    },
  );

  it('everything that needs it says so, and the report and what was said of it stay', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    await endWorkerWhenAsked(page);
    for (const label of ['Flows (CSV)', 'Flows (Parquet)', 'Baseline']) {
      const button = page.getByRole('button', { name: label, exact: true });
      if (!(await button.isVisible())) await page.getByRole('button', { name: /^Export/ }).click();
      await button.click();
      await page.getByText('Not saved: the analysis stopped: the browser ended it').waitFor();
    }
    expect((await savedAs(page, 'Connections (CSV)')).bytes.toString()).toContain(SAMPLE_BEACONS[0].name);
    const rows = await rowsShown(page);
    await openView(page);
    await page.getByLabel('Group by').selectOption({ index: 1 });
    await page.getByText('could not be listed anew (the analysis stopped: the browser ended it)').waitFor();
    expect(await rowsShown(page)).toBe(rows);
  });
});

describe('exports of the open connection', () => {
  it('its packets open again as one connection', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    await rowOf(page, SAMPLE_BEACONS[0]).click();
    const { name, bytes } = await savedAs(page, 'Packets (pcapng)');
    expect(name).toMatch(/^beaconscope-packets-.*\.pcapng$/);
    const again = await reopened(name, bytes);
    await gridOf(again).waitFor();
    expect(await rowsShown(again)).toBe(1);
    expect(await gridOf(again).innerText()).toContain(SAMPLE_BEACONS[0].source);
  });

  it('its packets are offered beside its charts, which are saved as SVG and as PNG, twice as wide', async () => {
    const page = await openSample(browser, inject('singleFile'));
    await rowOf(page, SAMPLE_BEACONS[1]).click();
    const { bytes } = await savedAs(page, 'Its packets as pcapng');
    const again = await reopened('carved', bytes);
    await gridOf(again).waitFor();
    expect(await gridOf(again).innerText()).toContain(SAMPLE_BEACONS[1].source);
    await again.close();

    for (const [title, name] of [
      ['Times between flows', 'deltas'],
      ['Starts of flows', 'times'],
      ['Bytes sent by flow', 'sizes'],
    ]) {
      const svg = await savedAs(page, `${title} as SVG`);
      expect(svg.name).toMatch(new RegExp(`^beaconscope-${name}-.*\\.svg$`));
      const drawn = await drawnSvg(page, svg.bytes.toString());
      expect(drawn).toMatchObject({ root: 'svg', title });
      expect(drawn.marks).toBeGreaterThan(3);
      const png = await savedAs(page, `${title} as PNG`);
      expect(png.name).toMatch(/\.png$/);
      const picture = await drawnPng(page, png.bytes.toString('base64'));
      expect(picture).toMatchObject({ width: 2 * drawn.width, height: 2 * drawn.height });
      expect(picture.colours).toBeGreaterThan(2);
    }
  });

  it('lines for other tools name its ends, and are copied', async () => {
    const { source, name, port } = SAMPLE_BEACONS[0];
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(inject('hostedPage'));
    await openSample(browser, inject('hostedPage'), page);
    await rowOf(page, SAMPLE_BEACONS[0]).click();
    const section = detailOf(page).locator('section', {
      has: page.getByRole('heading', { name: 'Find it in other tools' }),
    });
    const tools = await section
      .getByRole('radio')
      .evaluateAll((radios) => radios.map((radio) => radio.parentElement?.textContent));
    expect(tools).toEqual(['Wireshark', 'tcpdump', 'Zeek', 'Suricata', 'Sigma']);
    for (const tool of ['Wireshark', 'tcpdump', 'Zeek', 'Suricata']) {
      await section.getByRole('radio', { name: tool }).check();
      const line = await section.getByRole('textbox').inputValue();
      expect(line).toContain(source);
      expect(line).toContain(String(port));
      await section.getByRole('button', { name: 'Copy' }).click();
      await section.getByText('Copied').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(line);
    }
    await section.getByRole('radio', { name: 'Sigma' }).check();
    expect(await section.getByRole('textbox').inputValue()).toContain(name);
  });
});

describe('the lists beside the connections', () => {
  it('are saved with all that they hold', async () => {
    const page = await reopened('all.pcap', captureOfLists());
    for (const [label, tab, header] of [
      ['Long connections (CSV)', /^Long connections/, 'src_ip,src_port,'],
      ['DNS (CSV)', /^DNS/, 'src_ip,domain,'],
    ] as const) {
      const words = await page.getByRole('tab', { name: tab }).innerText();
      const { bytes } = await savedAs(page, label);
      const [first, ...lines] = bytes.toString().trimEnd().split('\n');
      expect(first).toContain(header);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines).toHaveLength(Number(words.replaceAll(/\D/g, '')));
    }
  });
});

describe('the report', () => {
  it('opens from the disk without scripts, shows table and charts, and asks for nothing', async () => {
    const page = await openSample(browser, inject('hostedPage'));
    const rows = await rowsShown(page);
    const { name, bytes } = await savedAs(page, 'Report (HTML)');
    expect(name).toMatch(/^beaconscope-report-.*\.html$/);
    expect(bytes.toString()).not.toMatch(/<script|not computed/i);
    const { url, end } = await placed(bytes.toString(), 'singleFile');
    const context = await browser.newContext({ javaScriptEnabled: false });
    const report = await context.newPage();
    const asked: string[] = [];
    report.on('request', (request) => asked.push(request.url()));
    await report.goto(url, { waitUntil: 'networkidle' });
    end();
    // Firefox does not tell of the file itself.
    expect(asked.filter((address) => address !== url)).toEqual([]);
    const table = report.getByRole('table').filter({ hasText: 'Rhythm in words' });
    expect(await table.locator('tbody tr').count()).toBe(rows);
    for (const { name: host } of SAMPLE_BEACONS) expect(await table.innerText()).toContain(host);
    const charts = report.locator('figure svg');
    // None is open: the first ten are shown in full.
    expect(await charts.count()).toBe(3 * 10);
    expect((await charts.first().boundingBox())?.height).toBeGreaterThan(100);
  });
});

/** What an SVG holds, as a browser reads it from a file: the page itself may make nothing of texts. */
async function drawnSvg(page: Page, svg: string) {
  const empty = await page.context().newPage();
  const drawn = await empty.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      root: documentElement.localName,
      title: documentElement.querySelector('title')?.textContent,
      marks: documentElement.querySelectorAll('rect').length,
      width: Number(documentElement.getAttribute('width')),
      height: Number(documentElement.getAttribute('height')),
    };
  }, svg);
  await empty.close();
  return drawn;
}

/** Size of a picture, and how many colours it has. */
function drawnPng(page: Page, base64: string) {
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas?.drawImage(bitmap, 0, 0);
    const pixels = new Uint32Array(canvas?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    return { width, height, colours: new Set(pixels).size };
  }, base64);
}
