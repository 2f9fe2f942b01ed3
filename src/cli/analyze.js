// @ts-check
/**
 * `npm run analyze`: runs the terminal program from a bundle, which starts in a fraction of the time that translating
 * every file takes. A bundle is named after the contents of all it was made of, so none is ever run for other code.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/beaconscope');
const LIST = path.join(CACHE, 'inputs.json');
/** What nobody has used for so long is thrown away when something else is built. */
const KEPT_MS = 86_400_000;

/** What decides on a bundle without being part of it. */
export const FIXED_INPUTS = [
  'package-lock.json',
  'package.json',
  'src/vendors/packed.ts',
  'tsconfig.base.json',
  'vite.cli.config.ts',
  'vite.licences.ts',
];

/**
 * One name for files and their contents.
 *
 * @param {readonly (readonly [file: string, bytes: Uint8Array])[]} files in the order of their names
 * @returns {string} 40 hexadecimal digits
 */
export function digestOf(files) {
  const digest = createHash('sha256');
  for (const [file, bytes] of files) digest.update(`${file}\n${bytes.length}\n`).update(bytes);
  return digest.digest('hex').slice(0, 40);
}

/**
 * Reading every file takes a good part of the start: where none was touched since that was done, its outcome is kept.
 *
 * @returns {string | null} the bundle of the code as it is now, or null without one
 */
function freshBundle() {
  try {
    const known = /** @type {{ digest: string, files: string[], stamps?: string }} */ (
      JSON.parse(readFileSync(LIST, 'utf8'))
    );
    const { files } = known;
    const stamps = stampsOf(files);
    const isUntouched = known.stamps === stamps;
    const digest = isUntouched
      ? known.digest
      : digestOf(files.map((file) => [file, readFileSync(path.join(ROOT, file))]));
    const bundle = bundleOf(digest);
    utimesSync(path.dirname(bundle), new Date(), new Date());
    if (!isUntouched) keepList({ digest, files, stamps });
    return bundle;
  } catch {
    // Nothing was built of this code yet, or a file that was read then is gone.
    return null;
  }
}

/**
 * What changes whenever one of some files does: the times at which the system noted a change, and sizes.
 *
 * @param {readonly string[]} files
 */
function stampsOf(files) {
  const stamps = createHash('sha256');
  for (const file of files) {
    const { ctimeMs, size } = statSync(path.join(ROOT, file));
    stamps.update(`${file}\n${ctimeMs}\n${size}\n`);
  }
  return stamps.digest('hex');
}

/**
 * Another process may read the list right now, or write it.
 *
 * @param {object} list
 */
function keepList(list) {
  const written = `${LIST}.${process.pid}`;
  writeFileSync(written, JSON.stringify(list));
  renameSync(written, LIST);
}

/** Builds in a folder of its own and moves what is whole into place, for another process may do the same right now. */
function builtBundle() {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(path.join(CACHE, 'building-'));
  try {
    const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
    const options = ['--config', 'vite.cli.config.ts', '--outDir', folder, '--logLevel', 'warn'];
    // What building says must not mix with what the program prints; only where it fails it is wanted.
    const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', ...options], { cwd: ROOT });
    if (status !== 0) {
      process.stderr.write(Buffer.concat([stdout, stderr]));
      throw new Error('The terminal program could not be built; the reason is above.');
    }
    const { digest } = /** @type {{ digest: string }} */ (
      JSON.parse(readFileSync(path.join(folder, 'inputs.json'), 'utf8'))
    );
    // Without it Node parses each file twice to find out what it is.
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
    renameSync(path.join(folder, 'inputs.json'), LIST);
    replaced(path.dirname(bundleOf(digest)), folder);
    for (const name of readdirSync(CACHE)) discardOld(path.join(CACHE, name));
    return bundleOf(digest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} place a bundle, or the folder of a building that was broken off */
function discardOld(place) {
  const status = statSync(place, { throwIfNoEntry: false });
  if (status !== undefined && Date.now() - status.mtimeMs > KEPT_MS) rmSync(place, { recursive: true, force: true });
}

/**
 * Puts a folder in the place of another, which another process may have put there right now.
 *
 * @param {string} place
 * @param {string} folder
 */
function replaced(place, folder) {
  try {
    renameSync(folder, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
}

/** @param {string} digest */
function bundleOf(digest) {
  return path.join(CACHE, digest, 'beaconscope.js');
}

// The configuration of the build imports this file for what is above.
if (import.meta.filename === realpathSync(process.argv[1]))
  await import(pathToFileURL(freshBundle() ?? builtBundle()).href);
