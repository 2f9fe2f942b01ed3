import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { installChromium, launchChromium } from '../browser/chromium.ts';
import { PARSER } from './built.ts';
import type { Measurement, PassSeconds } from './passes.ts';
import type { ScoringMeasurement } from './scoring.ts';

const PASSES = path.join(import.meta.dirname, 'passes.worker.ts');
const SCORING = path.join(import.meta.dirname, 'scoring.worker.ts');
const SINGLE_FILE = path.resolve(import.meta.dirname, '../../dist-single/beaconscope.html');

/** What was measured in a page, whose own reading fills buffers from a stream. */
export interface BrowserMeasurement extends Measurement {
  /** Seconds to merely read the file in slices, as a worker has to where streams fill no buffers. */
  sliceSeconds: number;
}

/**
 * The page's own analysis of a file, from the picker to the table, and beside it a worker that reads the same file the
 * same way, and one that reads it slice by slice, and drops the bytes. The best of three rounds each.
 */
export async function inBrowser(file: string): Promise<BrowserMeasurement> {
  const pageFile = await singleFile();
  const browser = await launchChromium();
  const best: BrowserMeasurement = {
    readSeconds: Number.POSITIVE_INFINITY,
    sliceSeconds: Number.POSITIVE_INFINITY,
    analyzeSeconds: Number.POSITIVE_INFINITY,
    packets: 0,
  };
  for (let round = 0; round < 3; round++) {
    const page = await browser.newPage();
    await page.goto(`file://${pageFile}`);
    await page.evaluate(leaveAnInput);
    await page.locator('input').setInputFiles(file);
    best.readSeconds = Math.min(best.readSeconds, await page.evaluate(askWorker<number>, READ_A_STREAM));
    best.sliceSeconds = Math.min(best.sliceSeconds, await page.evaluate(askWorker<number>, READ_IN_SLICES));
    await page.goto(`file://${pageFile}`);
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

/** What each pass over a file takes in a worker of a page. */
export async function passesInBrowser(file: string, folder: string): Promise<PassSeconds> {
  return inWorker(PASSES, folder, file);
}

/** What grouping and scoring take in a worker of a page. */
export async function scoringInBrowser(folder: string): Promise<ScoringMeasurement[]> {
  return inWorker(SCORING, folder);
}

/** What a worker of a page answers to a file, or to nothing, of its code as the page's is built. */
async function inWorker<Answer>(entry: string, folder: string, file?: string): Promise<Answer> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: PARSER },
    build: {
      lib: { entry, formats: ['iife'], name: 'worker', fileName: () => 'worker.js' },
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
    },
  });
  const script = await readFile(path.join(folder, 'worker.js'), 'utf8');
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`file://${await singleFile()}`);
  await page.evaluate(leaveAnInput);
  if (file !== undefined) await page.locator('input').setInputFiles(file);
  const answer = await page.evaluate(askWorker<Answer>, script);
  await browser.close();
  return answer;
}

/** Leaves nothing on a page but an input for a file: its policy lets no text become markup. Runs in the browser. */
function leaveAnInput(): void {
  const input = document.createElement('input');
  input.type = 'file';
  document.body.replaceChildren(input);
}

let isBuilt = false;

/** The page in one file, made once of the code as it is, and a Chromium to open it in. */
async function singleFile(): Promise<string> {
  installChromium();
  if (!isBuilt) await build({ logLevel: 'warn', mode: 'single' });
  isBuilt = true;
  return SINGLE_FILE;
}

/**
 * Seconds from the moment a file is picked until the results stand on the page. Runs in the browser, so it stands
 * alone.
 */
async function fromPickToTable(): Promise<number> {
  return new Promise((resolve) => {
    document.addEventListener(
      'change',
      () => {
        const startedMs = performance.now();
        new MutationObserver((_, observer) => {
          if (document.querySelector('main[aria-label="Results"]') === null) return;
          observer.disconnect();
          resolve((performance.now() - startedMs) / 1000);
        }).observe(document.body, { childList: true, subtree: true });
      },
      { capture: true, once: true },
    );
  });
}

/** Reads a file's stream into one buffer and answers how many seconds that took. Runs in a worker of the page. */
const READ_A_STREAM = `onmessage = async ({ data }) => {
  const started = performance.now();
  const reader = data.stream().getReader({ mode: 'byob' });
  for (let buffer = new ArrayBuffer(1 << 20); ;) {
    const { value, done } = await reader.read(new Uint8Array(buffer));
    if (done) break;
    buffer = value.buffer;
  }
  postMessage((performance.now() - started) / 1000);
}`;

/** Reads a file in slices of 4 MiB and answers how many seconds that took. Runs in a worker of the page. */
const READ_IN_SLICES = `onmessage = async ({ data }) => {
  const started = performance.now();
  for (let at = 0; at < data.size; at += 4194304) await data.slice(at, at + 4194304).arrayBuffer();
  postMessage((performance.now() - started) / 1000);
}`;

/** What a worker with this script answers to the picked file. Runs in the browser, so it stands alone. */
async function askWorker<Answer>(script: string): Promise<Answer> {
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  return new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data as Answer));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(document.querySelector('input')?.files?.[0]);
  });
}
