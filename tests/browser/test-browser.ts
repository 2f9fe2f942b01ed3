import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchChromium } from './chromium.ts';

/** Opens pages of a Chromium that is there while tests run. */
export type TestBrowser = Pick<Browser, 'newPage' | 'newContext'>;

/** A busy machine takes its time: what is waited for comes, or never does. */
const PATIENCE_MS = 120_000;

/**
 * A Chromium for the tests of the file or the group that asks for it; what a test opened is closed after it.
 *
 * @param long whether they read large files or score many connections: see `launchChromium`
 */
export function testBrowser(long = false): TestBrowser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(!long);
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  const newContext: TestBrowser['newContext'] = async (options) => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  return { newPage: async (options) => (await newContext(options)).newPage(), newContext };
}
