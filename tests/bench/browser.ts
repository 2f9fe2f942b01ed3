import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { installChromium, launchChromium } from '../browser/chromium.ts';
import type { Measurement } from './main.ts';

const SINGLE_FILE = path.resolve(import.meta.dirname, '../../dist-single/beaconscope.html');

/**
 * The page's own analysis of a file, from the picker to the table, and beside it a worker that reads the same file
 * slice by slice and drops the bytes. The best of three rounds each.
 */
export async function inBrowser(file: string): Promise<Measurement> {
  installChromium();
  if (!existsSync(SINGLE_FILE)) await build({ logLevel: 'warn', mode: 'single' });
  const browser = await launchChromium();
  const best: Measurement = { readSeconds: Number.POSITIVE_INFINITY, analyzeSeconds: Number.POSITIVE_INFINITY, packets: 0 };
  for (let round = 0; round < 3; round++) {
    const page = await browser.newPage();
    await page.goto(`file://${SINGLE_FILE}`);
    await page.setContent('<input type="file">');
    await page.locator('input').setInputFiles(file);
    best.readSeconds = Math.min(best.readSeconds, await page.evaluate(readInWorker));
    await page.goto(`file://${SINGLE_FILE}`);
    const seconds = page.evaluate(fromPickToTable);
    await page.getByTestId('picker').setInputFiles(file);
    best.analyzeSeconds = Math.min(best.analyzeSeconds, await seconds);
    const facts = await page.getByRole('banner').innerText();
    best.packets = Number(/([\d,]+) packets/.exec(facts)?.[1].replaceAll(',', '') ?? 0);
    await page.close();
  }
  await browser.close();
  return best;
}

/** Seconds from the moment a file is picked until the results stand on the page. Runs in the browser, so it stands alone. */
async function fromPickToTable(): Promise<number> {
  return new Promise((resolve) => {
    document.addEventListener(
      'change',
      () => {
        const startedMs = performance.now();
        new MutationObserver((_, observer) => {
          if (document.querySelector('main.results') === null) return;
          observer.disconnect();
          resolve((performance.now() - startedMs) / 1000);
        }).observe(document.body, { childList: true, subtree: true });
      },
      { capture: true, once: true },
    );
  });
}

/** Seconds a worker of the page takes to read the picked file in slices of 4 MiB. Runs in the browser, so it stands alone. */
async function readInWorker(): Promise<number> {
  const file = document.querySelector('input')?.files?.[0];
  const script = `onmessage = async ({ data }) => {
    const started = performance.now();
    for (let at = 0; at < data.size; at += 4194304) await data.slice(at, at + 4194304).arrayBuffer();
    postMessage((performance.now() - started) / 1000);
  }`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  return new Promise<number>((resolve) => {
    worker.addEventListener('message', ({ data }) => resolve(data as number));
    worker.postMessage(file);
  });
}
