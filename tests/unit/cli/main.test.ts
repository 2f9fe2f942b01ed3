import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { steadyCapture } from './captures.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(path.join(folder, 'many.pcap'), steadyCapture(20_000, 0.5));
});

afterAll(() => rmSync(folder, { recursive: true }));

function start(...argumentsGiven: string[]) {
  const child = spawn(process.execPath, ['src/cli/analyze.js', ...argumentsGiven], { cwd: ROOT });
  const said = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.errors += text;
  });
  const status = once(child, 'close').then(([code]) => code as number | null);
  return { child, said, status };
}

describe('the program', { timeout: 180_000 }, () => {
  it('prints all it has to say through a pipe', async () => {
    const { said, status } = start('--flows', '-', path.join(folder, 'many.pcap'));
    expect(await status).toBe(0);
    expect(said.errors).toBe('');
    expect(said.output.trimEnd().split('\n')).toHaveLength(20_001);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const { child, said, status } = start('--flows', '-', path.join(folder, 'many.pcap'));
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await status).toBe(0);
    expect(said.errors).toBe('');
  });

  it.skipIf(process.platform === 'win32')('that a signal ends while it writes says what is not whole', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const { child, said } = start('--flows', pipe, path.join(folder, 'many.pcap'));
    const ended = once(child, 'close');
    // There is far more than a pipe holds: once something came, the rest waits to be read.
    const reading = createReadStream(pipe, { highWaterMark: 16 });
    await once(reading, 'readable');
    child.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(said).toEqual({ output: '', errors: `error: ${pipe}: ended by SIGTERM: what is in it is not whole\n` });
    reading.destroy();
  });

  it('exits with 2 and one line when a file is missing', async () => {
    const { said, status } = start(path.join(folder, 'missing.pcap'));
    expect(await status).toBe(2);
    expect(said).toEqual({
      output: '',
      errors: expect.stringMatching(/^error: [^\n]*missing\.pcap: no such file\n$/) as string,
    });
  });
});
