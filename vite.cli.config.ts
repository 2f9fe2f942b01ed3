import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { digestOf, FIXED_INPUTS } from './src/cli/analyze.js';
import { macVendors } from './src/vendors/packed.ts';
import { Licences } from './vite.licences.ts';

const ROOT = import.meta.dirname;

const licences = new Licences();

/**
 * Builds the terminal program into a few files that need nothing but Node, for the package's `bin` and for
 * `npm run analyze`: one to begin with, and beside it what not every call loads.
 */
export default defineConfig({
  publicDir: false,
  plugins: [recordedInputs(), macVendors(), licences.collected(), licences.written()],
  // The parser as it lies here, never an earlier build of it.
  resolve: { alias: { 'pcap-ts-parser': path.join(ROOT, 'src/pcap-ts-parser/index.ts') } },
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20.19',
    minify: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'beaconscope.js',
        chunkFileNames: '[name]-[hash].js',
        banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});

/**
 * Writes what a bundle was made of to `inputs.json`: the paths, and one digest of their contents as they were when they
 * were read. `src/cli/analyze.js` tells from it whether a bundle is still that of the code.
 */
function recordedInputs(): Plugin {
  const inputs = new Map<string, Uint8Array>();
  const take = async (file: string): Promise<Uint8Array> => {
    const bytes = await readFile(file);
    inputs.set(path.relative(ROOT, file), bytes);
    return bytes;
  };
  return {
    name: 'recorded-inputs',
    enforce: 'pre',
    async buildStart() {
      for (const file of FIXED_INPUTS) await take(path.join(ROOT, file));
    },
    async load(id) {
      return path.isAbsolute(id) ? new TextDecoder().decode(await take(id)) : null;
    },
    async writeBundle({ dir }) {
      const files = [...inputs.keys()].sort();
      const digest = digestOf(files.map((file) => [file, inputs.get(file) as Uint8Array]));
      await writeFile(path.join(dir as string, 'inputs.json'), JSON.stringify({ digest, files }));
    },
  };
}
