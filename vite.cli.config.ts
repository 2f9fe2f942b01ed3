import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { digestOf, FIXED_INPUTS } from './src/cli/analyze.js';
import { macVendors } from './src/vendors/plugin.ts';

const ROOT = import.meta.dirname;
const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/**
 * Builds the terminal program into a few files that need nothing but Node, for the package's `bin` and for
 * `npm run analyze`: one to begin with, and beside it what not every call loads.
 */
export default defineConfig({
  publicDir: false,
  plugins: [recordedInputs(), macVendors(), licences()],
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

/** Writes the licences of what is bundled beside the program, which those licences ask for. */
function licences(): Plugin {
  return {
    name: 'licences',
    async writeBundle({ dir }) {
      const packages = new Map<string, string>();
      for (const id of this.getModuleIds()) {
        const [, folder, name] = PACKAGE.exec(id) ?? [];
        if (folder !== undefined && existsSync(folder)) packages.set(name, folder);
      }
      const texts = [];
      for (const name of [...packages.keys()].sort()) texts.push(await licenceOf(name, packages.get(name) as string));
      await writeFile(path.join(dir as string, 'LICENCES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
    },
  };
}

/** A package's licence in full; where its package carries only the name of it, that name and its author. */
async function licenceOf(name: string, folder: string): Promise<string> {
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file !== undefined) return `${name}\n\n${await readFile(path.join(folder, file), 'utf8')}`;
  const { license, author } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as PackageJson;
  if (license === undefined) throw new Error(`${name} is bundled, but its package tells no licence`);
  return `${name}\n\n${license} licence, by ${typeof author === 'object' ? author.name : (author ?? 'its authors')}\n`;
}

interface PackageJson {
  license?: string;
  author?: string | { name: string };
}
