import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './call.ts';
import { steadyCapture } from './captures.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  const quietly: ExecFileSyncOptions = { cwd: ROOT, stdio: 'pipe' };
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], quietly);
  const [tarball] = readdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], { ...quietly, cwd: folder });
  writeFileSync(path.join(folder, 'steady.pcap'), steadyCapture(30));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the packed program, installed elsewhere without a network', { timeout: 180_000 }, () => {
  it('says of a capture what the program says here', async () => {
    const file = path.join(folder, 'steady.pcap');
    const said = execFileSync('npx', ['--no-install', 'beaconscope', file], { cwd: folder, encoding: 'utf8' });
    expect(said).toBe((await call(file)).output);
    expect(said).toMatch(/203\.0\.113\.9/);
  });

  it('brings nothing but itself, and the licences of what it is made of', () => {
    const installed = path.join(folder, 'node_modules/beaconscope');
    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'beaconscope',
    ]);
    expect(readdirSync(installed).toSorted()).toEqual(['LICENSE', 'README.md', 'dist-cli', 'package.json']);
    const licences = readFileSync(path.join(installed, 'dist-cli/LICENCES.txt'), 'utf8');
    for (const name of ['@noble/ciphers', 'fflate', 'hyparquet', 'papaparse', 'tldts', 'xz-decompress'])
      expect(licences).toContain(`${name}\n\n`);
  });
});
