import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/** The licences of what is bundled, which those licences ask to be given with it. */
export class Licences {
  private readonly folders = new Map<string, string>();

  /** Notes what a bundle is made of; a worker's is one of its own. */
  collected(): Plugin {
    const { folders } = this;
    return {
      name: 'licences-collected',
      generateBundle() {
        for (const id of this.getModuleIds()) {
          const [, folder, name] = PACKAGE.exec(id) ?? [];
          if (folder !== undefined && existsSync(folder)) folders.set(name, folder);
        }
      },
    };
  }

  /** Writes them to `LICENCES.txt` beside the bundle. */
  written(): Plugin {
    return {
      name: 'licences-written',
      writeBundle: async ({ dir }) => writeFile(path.join(dir as string, 'LICENCES.txt'), await this.text()),
    };
  }

  /** All of them in full, by the packages' names. */
  async text(): Promise<string> {
    const texts = [];
    for (const name of [...this.folders.keys()].sort()) {
      texts.push(await licenceOf(name, this.folders.get(name) as string));
    }
    return texts.join(`\n${'-'.repeat(80)}\n\n`);
  }
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
