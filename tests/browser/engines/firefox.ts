import { launch } from 'puppeteer-core';
import { hasProgram } from '../../debian.ts';
import type { Engine } from './engine.ts';

const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

export function hasFirefox(): boolean {
  return hasProgram(FIREFOX, ['firefox-esr']);
}

/** Debian's Firefox over WebDriver BiDi. */
export async function launchFirefox(): Promise<Engine> {
  const browser = await launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, timeout: 120_000 });
  return {
    async newPage() {
      const page = await browser.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        run: (script, ...parameters) => page.evaluate(script as never, ...parameters),
      };
    },
    close: () => browser.close(),
  };
}
