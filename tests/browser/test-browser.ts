import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchChromium } from './chromium.ts';

/** Opens pages of a Chromium that is there while tests run. */
export type TestBrowser = Pick<Browser, 'newPage' | 'newContext'>;

/** A Chromium for the tests of the file or the group that asks for it; what a test opened is closed after it. */
export function testBrowser(): TestBrowser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  return { newPage: (options) => browser.newPage(options), newContext: (options) => browser.newContext(options) };
}
