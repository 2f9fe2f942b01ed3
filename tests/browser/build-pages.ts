import path from 'node:path';
import { build, preview, type PreviewServer } from 'vite';
import type { TestProject } from 'vitest/node';
import { installChromium } from './chromium.ts';
import { installFirefox } from './firefox.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the hosted build is served. */
    hostedPage: string;
    /** The single file, as a file:// URL. */
    singleFile: string;
  }
}

let server: PreviewServer | null = null;

/** Makes sure that there is the browser, and builds both pages as `npm run build` does and serves the hosted one, once. */
export async function setup(project: TestProject): Promise<void> {
  if (project.config.provide.engine === 'chromium') installChromium();
  // No test has this name: all are skipped, and counted.
  else if (!installFirefox()) project.config.testNamePattern = /^$/;
  if ('hostedPage' in project.getProvidedContext()) return;
  // The environment of tests would give a development build, which is not what users open.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({ logLevel: 'warn' });
  await build({ logLevel: 'warn', mode: 'single' });
  process.env.NODE_ENV = environment;
  server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the page is not being served');
  project.vitest.provide('hostedPage', `http://127.0.0.1:${address.port}/`);
  project.vitest.provide('singleFile', `file://${path.resolve('dist-single/beaconscope.html')}`);
}

export async function teardown(): Promise<void> {
  await server?.close();
}
