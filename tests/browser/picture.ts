import path from 'node:path';
import { build } from 'vite';
import { installChromium, launchChromium } from './chromium.ts';
import { openSample } from './page.ts';

/** Takes the README's picture of the page: the sample capture with its first connection open. */
async function main(): Promise<void> {
  installChromium();
  await build({ logLevel: 'warn', mode: 'single' });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  await page.goto(`file://${path.resolve('dist-single/beaconscope.html')}`);
  await openSample(browser, '', page);
  await page.locator('[role=grid] [aria-rowindex="2"]').click();
  await page.locator('.recharts-surface').first().waitFor();
  await page.screenshot({ path: 'tests/browser/page.png' });
  await browser.close();
}

await main();
