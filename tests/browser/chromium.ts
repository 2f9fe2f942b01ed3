import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Pages of the address bar, which each window would load though nobody sees them; and what playwright turns off by the same
 * switch, of which the last one counts.
 */
const UNSEEN = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'Translate',
];

/** Keeps Chromium from looking for updates and the like: a closed network would answer with errors. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${UNSEEN.join(',')}`,
];

/** Most tests are over before what is compiled a second time pays: a page takes a fifth less of the processor without it. */
const SHORT_RUNS = '--js-flags=--max-opt=1';

/**
 * Starts the Chromium that is there. Throws where there is none: `installChromium` sees to that before the tests.
 *
 * @param isShort whether what is done is over soon, with no large file
 */
export async function launchChromium(isShort = false): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium: set CHROMIUM to its path, or install one');
  // The sandbox needs a user other than root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...sandbox, ...QUIET, ...(isShort ? [SHORT_RUNS] : [])] });
}

/** Makes sure that there is a Chromium: playwright's own build, or Debian's package where that cannot be fetched. */
export function installChromium(): void {
  if (findChromium() !== null) return;
  const cli = path.join(path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const attempts: [string, string[]][] = [
    [process.execPath, [cli, 'install', 'chromium']],
    ['apt-get', ['update']],
    ['apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']],
  ];
  for (const [command, parameters] of attempts) {
    console.log(`no Chromium found; trying: ${command} ${parameters.join(' ')}`);
    try {
      execFileSync(command, parameters, { stdio: 'inherit' });
    } catch (error) {
      console.log(String(error));
    }
    if (findChromium() !== null) return;
  }
  throw new Error('the browser tests need Chromium, and none could be installed: set CHROMIUM to the path of one');
}

function findChromium(): string | null {
  const places = [process.env.CHROMIUM, ...USUAL_PLACES, chromium.executablePath()];
  return places.find((place): place is string => place !== undefined && existsSync(place)) ?? null;
}
