import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pcap } from '../../builders/pcap.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PACKAGE = path.join(ROOT, 'src/pcap-ts-parser');
const PACKETS = 3;

/** Reads a capture of three packets and prints what was read of it. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { bufferSource, linkTypeName, readPackets } from 'pcap-ts-parser';

let bytes = 0;
const info = await readPackets(bufferSource(readFileSync(new URL('capture.pcap', \`file://\${process.cwd()}/\`))), (packet) => {
  bytes += packet.capturedLength;
});
console.log(info.format, info.packets, bytes, linkTypeName(info.linkTypes[0]));
`;
const PRINTED = `pcap ${PACKETS} ${PACKETS * 60} ETHERNET (1)\n`;

/** Takes a value and an own implementation of a type from the package, and one wrong line that has to be found. */
const TYPED = `
import { type ByteSource, type CaptureInfo, CaptureError, Packet, readPackets } from 'pcap-ts-parser';
const empty: ByteSource = {
  name: 'empty',
  size: 0,
  open: () => ({ read: async (space) => space.subarray(0, 0), close: async () => {} }),
};
export const reading: Promise<CaptureInfo> = readPackets(empty, (packet: Packet) => packet.seconds);
export const kind = (error: CaptureError): string => error.kind;
// @ts-expect-error -- a port is a number
export const port: string = new Packet().sourcePort;
`;

let folder = '';

function run(file: string, ...argumentsGiven: string[]): string {
  return execFileSync(file, argumentsGiven, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Packs the package as it would be published, and installs that in a folder of its own, without a network. */
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pcap-ts-parser-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: PACKAGE, stdio: 'ignore' });
  const [tarball] = readdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
  run('npm', 'install', '--offline', '--no-audit', '--no-fund', '--silent', `./${tarball}`);
  const packets = Array.from({ length: PACKETS }, (_, second) => {
    return { seconds: second + 1, nanoseconds: 0, data: new Uint8Array(60) };
  });
  writeFileSync(path.join(folder, 'capture.pcap'), pcap({ packets }));
  writeFileSync(path.join(folder, 'program.js'), PROGRAM);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package as it is published', { timeout: 120_000 }, () => {
  it('holds what is built and what is told about it, no TypeScript source and no other package', () => {
    const installed = path.join(folder, 'node_modules/pcap-ts-parser');
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
    const files = readdirSync(path.join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.includes('.') && !/\.(js|d\.ts)$/.test(file))).toEqual([]);
    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'pcap-ts-parser',
    ]);
  });

  it('is imported by a plain Node program', () => {
    expect(run(process.execPath, 'program.js')).toBe(PRINTED);
  });

  it('is imported by a bundler, which needs nothing beside it afterwards', async () => {
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: {
        target: 'es2022',
        outDir: 'bundle',
        lib: { entry: 'program.js', formats: ['es'], fileName: 'bundle' },
        rolldownOptions: { external: ['node:fs'] },
      },
    });
    rmSync(path.join(folder, 'node_modules'), { recursive: true });
    expect(run(process.execPath, 'bundle/bundle.js')).toBe(PRINTED);
  });
});

describe('its types', { timeout: 120_000 }, () => {
  it.each(['bundler', 'nodenext'])('are found by TypeScript (%s)', (resolution) => {
    const user = path.join(folder, resolution);
    mkdirSync(user);
    writeFileSync(path.join(user, 'package.json'), '{ "private": true, "type": "module" }');
    writeFileSync(path.join(user, 'program.ts'), TYPED);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    run('npm', 'install', '--prefix', user, '--offline', '--no-audit', '--no-fund', '--silent', `./${tarball}`);
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
    const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', module, '--types', ''];
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    expect(
      run(process.execPath, tsc, ...options, '--moduleResolution', resolution, path.join(user, 'program.ts')),
    ).toBe('');
  });
});
