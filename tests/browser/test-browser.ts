import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launchChromium } from './chromium.ts';
import { INSERT_TEXT, launchFirefox } from './firefox.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine that a project of the configuration is about. */
    engine: 'chromium' | 'firefox';
  }
}

/** Opens pages of a browser that is there while tests run. */
export type TestBrowser = Pick<Browser, 'newPage' | 'newContext'>;

/** The pages of tests that go for both. In Firefox, where a page takes twice as long, all others open the hosted one. */
export const PAGES: readonly ('hostedPage' | 'singleFile')[] =
  inject('engine') === 'firefox' ? ['singleFile'] : ['hostedPage', 'singleFile'];

interface Kind {
  /** Whether they read large files or score many connections: see `launchChromium`. */
  isLong?: boolean;
  /** Whether what a test opens stays open for the next one. */
  isKept?: boolean;
  /** Whether the system's colours are dark ones. */
  isDark?: boolean;
}

/** A busy machine takes its time: what is waited for comes, or never does. */
const PATIENCE_MS = 120_000;

/** Where a Firefox saves its files to, of which its driver says nothing. */
const downloads = new WeakMap<Browser, string>();

/** The browsers of this worker, by kind: starting one takes as long as several tests. */
const started = new Map<string, Promise<Browser>>();
// A worker is told to end by a signal. The browsers are closed, and their folders removed, on leaving in good order.
process.once('SIGTERM', () => process.exit());

/** A browser of the engine in question, for the tests of the file or the group that asks for it. */
export function testBrowser({ isLong = false, isKept = false, isDark = false }: Kind = {}): TestBrowser {
  let browser: Browser;
  const opened = new Set<BrowserContext>();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...opened].map((context) => context.close()));
    opened.clear();
  };
  beforeAll(async () => {
    browser = await startedBrowser(isLong, isDark);
  });
  if (isKept) afterAll(closeAll);
  else afterEach(closeAll);
  const newContext: TestBrowser['newContext'] = async (options) => {
    const context = await browser.newContext({ colorScheme: isDark ? 'dark' : 'light', ...options });
    opened.add(context);
    context.setDefaultTimeout(PATIENCE_MS);
    if (inject('engine') === 'firefox') await context.addInitScript(INSERT_TEXT);
    return context;
  };
  return { newPage: async (options) => (await newContext(options)).newPage(), newContext };
}

function startedBrowser(isLong: boolean, isDark: boolean): Promise<Browser> {
  const isFirefox = inject('engine') === 'firefox';
  // Length makes no difference to Firefox, and Chromium takes the colours from each context.
  const kind = isFirefox ? `Firefox ${isDark}` : `Chromium ${isLong}`;
  const known = started.get(kind);
  if (known !== undefined) return known;
  const browser = isFirefox ? launchFirefoxThatSaves(isDark) : launchChromium(!isLong);
  started.set(kind, browser);
  return browser;
}

async function launchFirefoxThatSaves(isDark: boolean): Promise<Browser> {
  const folder = await mkdtemp(path.join(tmpdir(), 'beaconscope-downloads-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const browser = await launchFirefox(folder, isDark);
  downloads.set(browser, folder);
  return browser;
}

export interface SavedFile {
  /** What it would be called. */
  name: string;
  bytes: Buffer;
}

/** The file that something makes a page save. */
export async function saved(page: Page, save: () => Promise<unknown>): Promise<SavedFile> {
  const browser = page.context().browser();
  const folder = browser === null ? undefined : downloads.get(browser);
  if (folder === undefined) {
    const [download] = await Promise.all([page.waitForEvent('download'), save()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }
  await save();
  // Its name is taken first, and what is not whole stands beside it under another.
  const sizes = async (): Promise<number[]> =>
    Promise.all((await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size));
  await expect.poll(sizes, { interval: 20 }).toEqual([expect.toSatisfy((size: number) => size > 0)]);
  const [name] = await readdir(folder);
  const file = path.join(folder, name);
  const bytes = await readFile(file);
  await rm(file);
  return { name, bytes };
}

/**
 * Fails the test in which a page complains: an error that changes nothing visible would pass unseen. The answer makes a
 * page one that is listened to.
 */
export function noComplaints(): (page: Page) => void {
  let complaints: string[] = [];
  afterEach(() => {
    const heard = complaints;
    complaints = [];
    if (heard.length > 0) throw new Error(`the page complained: ${heard.join('; ')}`);
  });
  return (page) => {
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
  };
}
