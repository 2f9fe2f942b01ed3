import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SAMPLE_BEACONS, sampleCapture } from '../builders/sample.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { ipv4 } from '../builders/ipv4.ts';
import { packetAt, pcap } from '../builders/pcap.ts';
import { udp } from '../builders/udp.ts';
import { gridOf, openFiles } from './page.ts';
import { testBrowser } from './test-browser.ts';

const browser = testBrowser();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'captures-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Gives the folder to its picker; to Firefox, whose driver knows no folders, the files with their paths in it. */
async function giveFolder(page: Page): Promise<void> {
  const picker = page.getByTestId('folder-picker');
  if (inject('engine') === 'chromium') return picker.setInputFiles(folder);
  const given = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({ place: relative(dirname(folder), file), base64: readFileSync(file, 'base64') }));
  await picker.evaluate((input: HTMLInputElement, files) => {
    const transfer = new DataTransfer();
    for (const { place, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const file = new File([bytes], place.split('/').at(-1) ?? '');
      transfer.items.add(Object.defineProperty(file, 'webkitRelativePath', { value: place }));
    }
    Object.defineProperty(input, 'files', { value: transfer.files });
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, given);
}

it('a folder is one analysis of all files in it and below, hidden ones left out', async () => {
  await mkdir(join(folder, 'below'));
  await writeFile(join(folder, 'one.pcap'), sampleCapture());
  await writeFile(join(folder, 'below', 'two.pcap'), sampleCapture());
  await writeFile(join(folder, '.hidden.pcap'), sampleCapture());
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  await giveFolder(page);
  const grid = gridOf(page);
  await grid.waitFor();
  expect(await grid.innerText()).toContain(SAMPLE_BEACONS[0].name);
  await page.getByRole('button', { name: '2 captures' }).click();
  await page.getByRole('cell', { name: 'two.pcap', exact: true }).waitFor();
});

const FILES = 400;
const ROTATED_EVERY_S = 60;

/** One packet of a conversation that goes on over all files, as a ring buffer of captures has it. */
function rotated(place: number): Buffer {
  const payload = udp({ sourcePort: 50_000, destinationPort: 7777, payload: new Uint8Array(40) });
  const data = ethernet({
    etherType: ETHERTYPE_IPV4,
    payload: ipv4({ source: '10.0.0.7', destination: '203.0.113.7', protocol: 17, payload }),
  });
  return Buffer.from(pcap({ packets: [packetAt(1_700_000_000 + place * ROTATED_EVERY_S, data)] }));
}

it('hundreds of rotated files are one analysis in the order of their packets, and flows go on', async () => {
  const page = await browser.newPage();
  await page.goto(inject('hostedPage'));
  // Names run against time: in their order, no packet would go on with a flow.
  await openFiles(
    page,
    Array.from({ length: FILES }, (_, place) => ({
      name: `trace_${String(FILES - place).padStart(5, '0')}.pcap`,
      mimeType: '',
      buffer: rotated(place),
    })),
  );
  await gridOf(page).waitFor();
  await page.getByRole('button', { name: `${FILES} captures` }).click();
  const files = page.getByRole('table').filter({ hasText: 'Lacks' });
  expect(await files.locator('tbody tr').count()).toBe(FILES);
  expect(await files.locator('tbody tr').first().innerText()).toContain('trace_00400.pcap');
  expect(await files.locator('tbody tr').last().innerText()).toContain('trace_00001.pcap');
  // The active timeout cuts the one conversation every half an hour.
  const flows = Math.ceil((FILES * ROTATED_EVERY_S) / 1800);
  await page
    .getByText(`${FILES} of ${FILES} packets make up flows. There are ${flows} flows in 1 connection.`)
    .waitFor();
  expect(await page.getByRole('banner').innerText()).not.toContain('warning');
});
