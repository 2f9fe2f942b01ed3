import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import packageJson from './package.json' with { type: 'json' };
import { macVendors } from './src/vendors/packed.ts';
import { sampleCapture } from './tests/builders/sample.ts';
import { Licences } from './vite.licences.ts';

/**
 * Two builds of one page: `dist/` for any folder of any static host, and with `--mode single` one HTML file that also
 * works from disk. Both carry the worker inside, for a page's policy binds a worker made from a blob but not one loaded
 * from a URL; and as a classic script, because Chromium runs no module worker from disk.
 */
export default defineConfig(({ mode }) => {
  const single = mode === 'single';
  const licences = new Licences();
  return {
    base: './',
    define: { 'import.meta.env.PROGRAM_VERSION': JSON.stringify(packageJson.version) },
    plugins: [
      react(),
      embeddedSample(),
      licences.collected(),
      single ? viteSingleFile() : licences.written(),
      single ? noticesInside(licences) : null,
      contentSecurityPolicy(single),
    ],
    // The parser's source, where its package.json names what is built of it (tsconfig.base.json).
    resolve: { tsconfigPaths: true },
    worker: { format: 'iife' as const, plugins: () => [macVendors(), licences.collected()] },
    build: {
      outDir: single ? 'dist-single' : 'dist',
      copyPublicDir: !single,
      target: 'es2022',
      modulePreload: false,
      chunkSizeWarningLimit: 4000,
    },
  };
});

/** Makes the sample capture when the page is built: `virtual:sample-capture` is its gzip as base64. */
function embeddedSample(): Plugin {
  const id = 'virtual:sample-capture';
  return {
    name: 'embedded-sample',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) =>
      source === `\0${id}` ? `export default '${gzipSync(sampleCapture(), { level: 9 }).toString('base64')}';` : null,
  };
}

/** Puts the licences of what is bundled into the one file that it is: nothing goes with it. */
function noticesInside(licences: Licences): Plugin {
  return {
    name: 'notices-inside',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page.type !== 'asset') throw new Error('the page is not in the bundle');
      const text = (await licences.text()).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      page.source = String(page.source).replace(
        '</body>',
        () => `<template id="licences">\n${text}</template>\n  </body>`,
      );
    },
  };
}

/**
 * Writes the policy that keeps the capture on the machine into the built page: nothing may be fetched, posted or
 * loaded from anywhere else, by the page or its worker. It comes last, because an inlined script is allowed by its hash.
 */
function contentSecurityPolicy(single: boolean): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    enforce: 'post',
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const file = join(dir, 'index.html');
      const html = await readFile(file, 'utf8');
      const inlined = Array.from(html.matchAll(/<script\b[^>]*>([\s\S]+?)<\/script>/g), ([, script]) => {
        return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
      });
      const policy = [
        "default-src 'none'",
        // xz is unpacked by WebAssembly, which is compiled from bytes inside the script.
        `script-src ${single ? inlined.join(' ') : "'self'"} 'wasm-unsafe-eval'`,
        'worker-src blob:',
        `style-src ${single ? '' : "'self' "}'unsafe-inline'`,
        `img-src ${single ? '' : "'self' "}data: blob:`,
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        // See src/trusted-types.ts, which makes the policy of that name.
        "require-trusted-types-for 'script'",
        'trusted-types default',
      ].join('; ');
      const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
      await writeFile(
        file,
        html.replace(/<head>/, (head) => `${head}\n    ${meta}`),
      );
      if (single) await rename(file, join(dir, 'beaconscope.html'));
    },
  };
}
