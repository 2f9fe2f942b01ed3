import { existsSync } from 'node:fs';
import { type Browser, firefox } from 'playwright-core';
import { hasProgram } from '../debian.ts';

const DEBIANS = '/usr/bin/firefox-esr';
const USUAL_PLACES = [DEBIANS, '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** Whether there is a Firefox, or Debian's could be installed; says so where there is none. */
export function installFirefox(): boolean {
  return hasProgram(findFirefox(), ['firefox-esr']);
}

/**
 * Puts text into a field as typing does: what the driver does instead goes past React, which then knows nothing of it.
 * The driver brings its own whenever it first needs it, so this one cannot be replaced.
 */
export const INSERT_TEXT = `Object.defineProperty(window, '__pw_bidiInsertText', {
  get: () => (text) => void document.execCommand('insertText', false, text),
  set() {},
})`;

/**
 * Starts the Firefox that is there, driven over WebDriver BiDi.
 *
 * @param downloads the folder that it saves files to
 * @param isDark whether the system's colours are dark ones
 */
export function launchFirefox(downloads: string, isDark: boolean): Promise<Browser> {
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath: findFirefox(),
    downloadsPath: downloads,
    firefoxUserPrefs: {
      'layout.css.prefers-color-scheme.content-override': isDark ? 0 : 1,
      // The panel takes the focus from the page.
      'browser.download.alwaysOpenPanel': false,
    },
    timeout: 120_000,
  });
}

function findFirefox(): string {
  const places = [process.env.FIREFOX, ...USUAL_PLACES];
  return places.find((place): place is string => place !== undefined && existsSync(place)) ?? DEBIANS;
}
