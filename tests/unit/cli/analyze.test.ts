import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXED_INPUTS } from '../../../src/cli/analyze.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const USAGE = 'src/cli/usage.ts';
let clone = '';

/** A copy of all that the program is made of; what it depends on is here. */
beforeAll(() => {
  clone = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  for (const name of ['src', ...FIXED_INPUTS])
    cpSync(path.join(ROOT, name), path.join(clone, name), { recursive: true });
  const modules = path.join(ROOT, 'node_modules');
  mkdirSync(path.join(clone, 'node_modules'));
  for (const name of readdirSync(modules).filter((entry) => !entry.startsWith('.')))
    symlinkSync(path.join(modules, name), path.join(clone, 'node_modules', name));
});

afterAll(() => rmSync(clone, { recursive: true }));

async function usage(): Promise<string> {
  const child = spawn(process.execPath, ['src/cli/analyze.js', '--help'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  return said;
}

function edit(from: string, to: string): void {
  const file = path.join(clone, USAGE);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

const cached = (): string[] => readdirSync(path.join(clone, 'node_modules/.cache/beaconscope')).toSorted();

describe('npm run analyze', { timeout: 300_000 }, () => {
  it('builds once for several that start together, and leaves only what is whole', async () => {
    const [first, ...others] = await Promise.all([usage(), usage()]);
    expect(first).toMatch(/^Finds beacons/);
    expect(others).toEqual([first]);
    expect(cached()).toEqual([expect.stringMatching(/^[0-9a-f]{40}$/), 'inputs.json']);
  });

  it('runs what was built, for as long as the code is the same', async () => {
    const [bundle] = cached();
    writeFileSync(
      path.join(clone, 'node_modules/.cache/beaconscope', bundle, 'beaconscope.js'),
      "console.log('as built');",
    );
    expect(await usage()).toBe('as built\n');
  });

  it('never runs what was built of other code, and throws away what nobody uses', async () => {
    edit('Finds beacons', 'Seeks beacons');
    expect(await usage()).toMatch(/^Seeks beacons/);
    edit('Seeks beacons', 'Finds beacons');
    expect(await usage()).toBe('as built\n');
    const unused = path.join(clone, 'node_modules/.cache/beaconscope', '0'.repeat(40));
    mkdirSync(unused);
    utimesSync(unused, new Date(0), new Date(0));
    writeFileSync(path.join(clone, 'package.json'), readFileSync(path.join(clone, 'package.json'), 'utf8') + '\n');
    expect(await usage()).toMatch(/^Finds beacons/);
    expect(existsSync(unused)).toBe(false);
    expect(cached()).toHaveLength(4);
  });
});
