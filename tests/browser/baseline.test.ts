import { readFile } from 'node:fs/promises';
import { expect, inject, it } from 'vitest';
import { CONN_FIELDS, connRow, zeekTsv } from '../builders/logs/zeek.ts';
import { gridOf, openFiles, rowsShown } from './page.ts';
import { testBrowser } from './test-browser.ts';

const browser = testBrowser();

/** A log of six connections each to some addresses, on some day of March. */
function log(day: number, destinations: readonly string[]) {
  const start = Date.UTC(2026, 2, day) / 1000;
  const rows = destinations.flatMap((destination) =>
    Array.from({ length: 6 }, (_, index) =>
      connRow({ ts: start + index * 61, 'id.orig_h': '10.0.0.5', 'id.resp_h': destination }),
    ),
  );
  return { name: `${day}.log`, mimeType: '', buffer: Buffer.from(zeekTsv('conn', CONN_FIELDS, rows)) };
}

it('a baseline dropped beside the next capture leaves only what is new', async () => {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await openFiles(page, log(1, ['203.0.113.1', '203.0.113.2']));
  await page.getByRole('button', { name: /^Export/ }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Baseline', exact: true }).click();
  const buffer = await readFile(await (await waiting).path());

  const next = await browser.newPage();
  await next.goto(inject('hostedPage'));
  const baseline = { name: 'yesterday', mimeType: '', buffer };
  await openFiles(next, [baseline, log(2, ['203.0.113.1', '203.0.113.9'])]);
  await gridOf(next).waitFor();
  const line = next.getByTestId('aside-line');
  expect(await line.innerText()).toContain('1 connection new since the baseline of 2026-03-01 (1 host)');
  expect(await gridOf(next).innerText()).toMatch(/203\.0\.113\.9\s+new\b/);
  await line.getByRole('button', { name: 'Show what is new' }).click();
  await expect.poll(() => rowsShown(next)).toBe(1);
  expect(await gridOf(next).innerText()).toContain('203.0.113.9');

  const alone = await browser.newPage();
  await alone.goto(inject('hostedPage'));
  await openFiles(alone, baseline);
  expect(await alone.getByRole('main', { name: 'Failure' }).innerText()).toContain('drop it beside a capture');
});
