import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { lz4 } from '../builders/compress/lz4.ts';
import { xz } from '../builders/compress/xz.ts';
import { zstd } from '../builders/compress/zstd.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { ipv4 } from '../builders/ipv4.ts';
import { pcap } from '../builders/pcap.ts';
import { sampleCapture } from '../builders/sample.ts';
import { udp } from '../builders/udp.ts';
import { gridOf, openFiles } from './page.ts';
import { PAGES, testBrowser } from './test-browser.ts';

const browser = testBrowser();

async function openCapture(which: 'hostedPage' | 'singleFile', name: string, bytes: Uint8Array): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(inject(which));
  await openFiles(page, { name, mimeType: '', buffer: Buffer.from(bytes) });
  return page;
}

const sample = sampleCapture();

/** A capture of one host that asks one server every minute; no two are the same. */
function capture(host: number): Uint8Array {
  return pcap({
    packets: Array.from({ length: 30 }, (_, index) => ({
      seconds: 1_700_000_000 + 60 * index,
      nanoseconds: 0,
      data: ethernet({
        etherType: ETHERTYPE_IPV4,
        payload: ipv4({
          source: `10.0.0.${host}`,
          destination: '192.0.2.9',
          protocol: 17,
          payload: udp({ sourcePort: 2000 + index, destinationPort: 7777, payload: new Uint8Array(300) }),
        }),
      }),
    })),
  });
}

const halves = [capture(2).subarray(0, 1000), capture(2).subarray(1000)];
/** Packed files under names that do not tell: the content does. */
const PACKED: [compression: string, packed: Uint8Array][] = [
  ['gzip', gzipSync(capture(1))],
  ['gzip', new Uint8Array(Buffer.concat(halves.map((half) => gzipSync(half))))],
  ['zstd', zstd(capture(3))],
  ['lz4', lz4(capture(4), { linked: true })],
  ['xz', xz(capture(5))],
];

describe.each(PAGES)('packed captures (%s)', (which) => {
  it('are unpacked as they are read', async () => {
    const page = await browser.newPage();
    await page.goto(inject(which));
    await openFiles(
      page,
      PACKED.map(([, packed], index) => ({ name: `${index}.bin`, mimeType: '', buffer: Buffer.from(packed) })),
    );
    await gridOf(page).waitFor();
    for (let host = 1; host <= PACKED.length; host++) await gridOf(page).getByText(`10.0.0.${host}`).first().waitFor();
    await page.getByRole('button', { name: `${PACKED.length} captures` }).click();
    for (const [index, [compression, packed]] of PACKED.entries()) {
      const row = page.getByRole('row', { name: `${index}.bin` });
      await row.getByRole('cell', { name: `pcap, ${compression}` }).waitFor();
      await row.getByRole('cell', { name: packed.length.toLocaleString('en'), exact: true }).waitFor();
    }
    expect(await page.getByRole('banner').innerText()).not.toContain('warning');
  });
});

describe('a page that waits for its first capture', () => {
  it('runs its code on the sample meanwhile, of which nothing is left', async () => {
    const page = await browser.newPage();
    await page.addInitScript(`
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message, ...others) {
        if (message.path?.includes('warmUp')) document.documentElement.dataset.warmed = '';
        post.call(this, message, ...others);
      };
    `);
    await page.goto(inject('hostedPage'));
    await page.locator('html[data-warmed]').waitFor();
    await openFiles(page, { name: 'one.pcap', mimeType: '', buffer: Buffer.from(capture(9)) });
    await expect.poll(() => gridOf(page).getAttribute('aria-rowcount')).toBe('2');
    expect(await page.getByRole('banner').innerText()).toMatch(/\b30 packets/);
  });
});

describe('captures that are not whole', () => {
  it('a cut packed capture shows what was before the cut, and a warning with its place', async () => {
    const packed = gzipSync(sample);
    const page = await openCapture('hostedPage', 'cut.pcap.gz', packed.subarray(0, Math.floor(packed.length * 0.8)));
    await gridOf(page).waitFor();
    await page.getByRole('button', { name: /warning/ }).click();
    await page.getByText('the gzip data ends too early').waitFor();
  });

  it('another format is named, with what to do', async () => {
    const page = await openCapture(
      'hostedPage',
      'capture.pcap',
      new TextEncoder().encode('<!doctype html><title>403 Forbidden</title>'),
    );
    await page.getByText('a web page, not a capture').first().waitFor();
  });
});

describe('settings that take another reading', () => {
  const packets = Array.from({ length: 30 }, (_, index) => {
    const inner = ipv4({
      source: '10.1.0.1',
      destination: '10.1.0.2',
      protocol: 17,
      payload: udp({ sourcePort: 2000 + index, destinationPort: 7777, payload: new Uint8Array(30) }),
    });
    const carrier = ipv4({
      source: '192.0.2.1',
      destination: '192.0.2.2',
      protocol: 47,
      payload: new Uint8Array(Buffer.concat([Uint8Array.of(0, 0, 8, 0), inner])),
    });
    return {
      seconds: 1_700_000_000 + 60 * index,
      nanoseconds: 0,
      data: ethernet({ etherType: ETHERTYPE_IPV4, payload: carrier }),
    };
  });

  it('open tunnels, and end flows sooner', async () => {
    const page = await openCapture('hostedPage', 'gre.pcap', pcap({ packets }));
    // One flow of GRE, a packet a minute: below every limit.
    await page.getByText(/The largest connection has 1 flow/).waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('spinbutton', { name: 'A flow ends after' }).fill('30');
    await page.getByRole('button', { name: 'Read the captures again' }).click();
    await gridOf(page).getByText('192.0.2.2').first().waitFor();

    await page.getByRole('button', { name: 'Settings' }).click();
    expect(await page.getByRole('spinbutton', { name: 'A flow ends after' }).inputValue()).toBe('30');
    await page.getByRole('checkbox', { name: /Open tunnels/ }).check();
    await page.getByRole('button', { name: 'Read the captures again' }).click();
    await gridOf(page).getByText('10.1.0.2').first().waitFor();
    expect(await gridOf(page).innerText()).not.toContain('192.0.2.2');
  });
});
