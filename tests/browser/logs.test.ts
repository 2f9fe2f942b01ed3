import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CONN_FIELDS, connRow, SSL_FIELDS, zeekTsv } from '../builders/logs/zeek.ts';
import { framesToCancel, gridOf, openFiles, rowsShown, startFiles, watchedSteps } from './page.ts';
import { testBrowser } from './test-browser.ts';

const browser = testBrowser({ isLong: true });

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  return page;
}

const START = 1_591_367_999;

it('names of an ssl.log beside a conn.log are shown in the list', async () => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    connRow({ ts: START + 60 * index, uid: `C${index}`, 'id.orig_p': 40_000 + index }),
  );
  const names = rows.map(({ uid }) => ({ uid, server_name: 'updates.example', cipher: 'TLS_AES_128_GCM_SHA256' }));
  const page = await openPage();
  await openFiles(page, [
    { name: 'ssl.log', mimeType: '', buffer: Buffer.from(zeekTsv('ssl', SSL_FIELDS, names)) },
    { name: 'conn.log', mimeType: '', buffer: Buffer.from(zeekTsv('conn', CONN_FIELDS, rows)) },
  ]);
  await gridOf(page).waitFor();
  expect(await rowsShown(page)).toBe(1);
  expect(await gridOf(page).innerText()).toContain('updates.example');
  await page.getByRole('button', { name: '2 captures' }).click();
  await page.getByRole('cell', { name: 'Zeek ssl.log' }).waitFor();
  await page.getByRole('cell', { name: /link-layer bytes/ }).waitFor();
});

it('rows that cannot be read are named in a panel that stays inside the window', async () => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    connRow({ ts: START + 60 * index, 'id.resp_h': index === 3 ? 'nowhere' : '192.0.2.1' }),
  );
  const page = await openPage();
  // So long that the button of the warnings is at the right edge, from which the panel would stick out.
  const name = 'conn.2020-06-05-of-the-second-sensor.14_00_00-15_00_00.log';
  await openFiles(page, { name, mimeType: '', buffer: Buffer.from(zeekTsv('conn', CONN_FIELDS, rows)) });
  await gridOf(page).waitFor();
  expect(await page.getByRole('banner').innerText()).toContain('29 flows');
  await page.getByRole('button', { name: /1 warning/ }).click();
  const said = page.getByText('line 12 was left out: the destination is not an IP address');
  const box = await page.locator('[data-panel]', { has: said }).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
});

describe('a conn.log of 50 MB', () => {
  const BYTES = 50e6;
  const CLIENTS = 50;
  let folder: string;
  let log: string;
  let rows = 0;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logs-'));
    log = path.join(folder, 'conn.log');
    const file = openSync(log, 'w');
    for (let bytes = 0; bytes < BYTES;) bytes += writeSync(file, moreRows());
    closeSync(file);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The next ten thousand rows, in megabytes: each row as long as a log's with all its optional fields is. */
  function moreRows(): string {
    const piece = Array.from({ length: 10_000 }, () => {
      const client = rows % CLIENTS;
      return connRow({
        ts: START + rows++ / 10,
        'id.orig_h': `10.0.0.${client}`,
        'id.orig_p': 1024 + (rows % 60_000),
        'id.resp_h': `198.18.0.${rows % 7}`,
        tunnel_parents: 'x'.repeat(250),
      });
    });
    const text = zeekTsv('conn', CONN_FIELDS, piece);
    // The header once, and no closing line: one log, not many joined ones.
    return text.slice(rows === piece.length ? 0 : text.indexOf('\n1') + 1, text.indexOf('#close'));
  }

  it('is cancelled, and then read to the end, and shows how far that has come', async () => {
    const page = await openPage();
    const frames = framesToCancel(page);
    await startFiles(page, log);
    expect(await frames).not.toBeNaN();
    await page.getByRole('heading', { name: 'Find what calls home' }).waitFor();
    await expect.poll(() => page.workers().length).toBe(0);

    const stepsSoFar = await watchedSteps(page);
    await openFiles(page, log);
    await gridOf(page).waitFor();
    const steps = await stepsSoFar();
    expect(steps.some((share) => share > 0 && share < 1)).toBe(true);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(await rowsShown(page)).toBe(CLIENTS * 7);
    await page.getByRole('button', { name: 'conn.log' }).click();
    await page.getByRole('cell', { name: rows.toLocaleString('en'), exact: true }).waitFor();
    expect(await page.getByRole('banner').innerText()).not.toContain('warning');
  });
});
