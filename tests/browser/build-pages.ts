import path from 'node:path';
import { build, preview, type PreviewServer } from 'vite';
import type { TestProject } from 'vitest/node';
import { installChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the hosted build is served. */
    hostedPage: string;
    /** The single file, as a file:// URL. */
    singleFile: string;
  }
}

let server: PreviewServer | null = null;

/** Builds both pages as `npm run build` does, serves the hosted one, and makes sure that there is a browser. */
export async function setup(project: TestProject): Promise<void> {
  installChromium();
  // The environment of tests would give a development build, which is not what users open.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({ logLevel: 'warn' });
  await build({ logLevel: 'warn', mode: 'single' });
  process.env.NODE_ENV = environment;
  server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the page is not being served');
  project.provide('hostedPage', `http://127.0.0.1:${address.port}/`);
  project.provide('singleFile', `file://${path.resolve('dist-single/beaconscope.html')}`);
}

export async function teardown(): Promise<void> {
  await server?.close();
}
