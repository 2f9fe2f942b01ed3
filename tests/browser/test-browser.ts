import type { Browser, Page } from 'playwright-core';
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
