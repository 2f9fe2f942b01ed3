import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { hasProgram } from '../../debian.ts';
import type { WebKitPage } from './page.ts';

const LIBRARIES = '/usr/lib';
const PORT = 4791;
const DISPLAY = ':91';

export interface WebKit {
  /** Its one page. */
  page: WebKitPage;
  close(): Promise<void>;
}

export function hasWebKit(): boolean {
  return hasProgram('WebKitWebDriver', ['webkit2gtk-driver']) && hasProgram('Xvfb', ['xvfb']) && miniBrowser() !== null;
}

/** Debian's WebKitGTK over WebDriver (W3C), on a display of its own. */
export async function launchWebKit(): Promise<WebKit> {
  // Its sandbox needs a user other than root.
  const sandbox = process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {};
  const environment = { ...process.env, DISPLAY, WEBKIT_DISABLE_COMPOSITING_MODE: '1', ...sandbox };
  const display = spawn('Xvfb', [DISPLAY, '-screen', '0', '1280x900x24'], { stdio: 'ignore' });
  const driver = spawn('WebKitWebDriver', [`--port=${PORT}`], { stdio: 'ignore', env: environment });
  const options = { binary: miniBrowser(), args: ['--automation'] };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  const { sessionId } = (await patiently(() => ask('POST', '/session', { capabilities }))) as { sessionId: string };
  const session = `/session/${sessionId}`;
  await ask('POST', `${session}/timeouts`, { script: 120_000, pageLoad: 120_000 });
  return {
    page: {
      goto: async (url) => void (await ask('POST', `${session}/url`, { url })),
      run: (script, ...parameters) =>
        ask('POST', `${session}/execute/sync`, {
          script: `return (${String(script)}).apply(null, arguments)`,
          args: parameters,
        }) as never,
    },
    async close() {
      await ask('DELETE', session).catch(() => undefined);
      for (const process of [driver, display]) await ended(process);
    },
  };
}

async function ask(method: string, place: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${PORT}${place}`, init);
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`${method} ${place}: ${JSON.stringify(value)}`);
  return value;
}

/** Asks until the driver has started. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null) return;
  const end = new Promise((resolve) => process.once('exit', resolve));
  process.kill();
  await end;
}

/** The browser that the driver starts lies where the library does. */
function miniBrowser(): string | null {
  for (const folder of readdirSync(LIBRARIES)) {
    for (const version of ['4.1', '4.0']) {
      const place = path.join(LIBRARIES, folder, `webkit2gtk-${version}`, 'MiniBrowser');
      if (hasFile(place)) return place;
    }
  }
  return null;
}

function hasFile(place: string): boolean {
  try {
    return readdirSync(path.dirname(place)).includes(path.basename(place));
  } catch {
    return false;
  }
}
