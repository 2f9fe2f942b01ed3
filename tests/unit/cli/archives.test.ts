import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tar } from '../../builders/archives/tar.ts';
import { zip } from '../../builders/archives/zip.ts';
import { call } from './call.ts';
import { steadyCapture } from './captures.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);
const CAPTURE = steadyCapture(12);
const NOTES = { name: 'notes.txt', bytes: new TextEncoder().encode('what was done') };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(at('plain.pcap'), CAPTURE);
  writeFileSync(at('usual.zip'), await zip([NOTES, { name: 'in/steady.pcap', bytes: CAPTURE, password: 'infected' }]));
  writeFileSync(at('own.zip'), await zip([{ name: 'steady.pcap', bytes: CAPTURE, password: 'my own' }]));
  writeFileSync(at('x.tar.gz'), gzipSync(tar([{ name: 'steady.pcap', bytes: CAPTURE }])));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('archives in the terminal', () => {
  it('are read as the capture in them', async () => {
    const plain = await call(at('plain.pcap'));
    const { output, errors } = await call(at('usual.zip'));
    expect(output).toBe(plain.output);
    expect(errors).toContain('notes.txt: neither captures nor flow logs, passed over');
    expect(await call(at('x.tar.gz'))).toEqual(plain);
  });

  it('are opened with the password that is given', async () => {
    expect(await call(at('own.zip'))).toMatchObject({
      status: 2,
      errors: expect.stringMatching(
        /^error: .*own\.zip\/steady\.pcap: it is encrypted, .*: give its own, in the terminal with --password/,
      ) as string,
    });
    const both = await call(at('own.zip'), at('plain.pcap'), '--password', 'wrong');
    expect(both).toMatchObject({ status: 1, output: (await call(at('plain.pcap'))).output });
    expect(both.errors).toContain('own.zip/steady.pcap: it is encrypted');
    expect(await call(at('own.zip'), '--password', 'wrong', '--password', 'my own')).toMatchObject({ status: 0 });
  });

  it('are read again for packets, requests and digests', async () => {
    const ends = '10.0.0.1,203.0.113.9,5000';
    for (const archive of ['usual.zip', 'x.tar.gz']) {
      const carve = await call(at(archive), '--carve', at('out.pcapng'), '--connection', ends);
      expect(carve.errors).toContain('12 packets');
    }
    await call(at('usual.zip'), '--report', at('out.html'));
    const report = readFileSync(at('out.html'), 'utf8');
    expect(report).toContain(createHash('sha256').update(CAPTURE).digest('hex'));
    expect(report).toContain('usual.zip/in/steady.pcap');
  });
});
