import {
  closeSync,
  linkSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unreadWords } from '../../../src/analysis/capture.ts';
import { isReadable } from '../../../src/analysis/reading/reading-order.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { analyzeFiles, fileSources } from '../../../src/cli/captures.ts';
import { run } from '../../../src/cli/run.ts';
import { openArchives } from '../../../src/decompress/archives/open-archives.ts';
import { digestsOf } from '../../../src/export/digest.ts';
import { call } from './call.ts';
import { steadyCapture } from './captures.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(at('steady.pcap'), steadyCapture(12));
  writeFileSync(at('list.txt'), '203.0.113.9\n');
});

afterEach(() => rmSync(folder, { recursive: true }));

const OUTPUTS = [
  'hosts',
  'save-baseline',
  'flows',
  'connections',
  'long',
  'dns',
  'report',
  'stix',
  'indicators',
  'lines',
  'requests',
  'save',
];

describe('what is read', () => {
  it.each(OUTPUTS)('is not overwritten by --%s through a link', async (option) => {
    symlinkSync(at('steady.pcap'), at('by-name'));
    linkSync(at('steady.pcap'), at('by-number'));
    symlinkSync(at('by-name'), at('twice'));
    symlinkSync(at('list.txt'), at('listed'));
    for (const output of ['by-name', 'by-number', 'twice', 'listed', 'list.txt']) {
      const { status, errors } = await call(at('steady.pcap'), '--watch', at('list.txt'), `--${option}`, at(output));
      expect([output, status, errors]).toEqual([output, 2, expect.stringContaining('would be overwritten') as string]);
    }
    expect(readFileSync(at('steady.pcap'))).toEqual(Buffer.from(steadyCapture(12)));
    expect(readFileSync(at('list.txt'), 'utf8')).toBe('203.0.113.9\n');
  });

  it('is not overwritten by what is carved, nor by a list of what to set aside', async () => {
    symlinkSync(at('steady.pcap'), at('carved.pcapng'));
    const ends = ['--connection', '10.0.0.1,203.0.113.9,5000'];
    expect((await call(at('steady.pcap'), ...ends, '--carve', at('carved.pcapng'))).status).toBe(2);
    expect((await call(at('steady.pcap'), '--allow', at('list.txt'), '--dns', at('list.txt'))).status).toBe(2);
  });

  it.each(OUTPUTS)('is not overwritten by --%s where it is a baseline', async (option) => {
    await call(at('steady.pcap'), '--save-baseline', at('a.baseline'));
    symlinkSync(at('a.baseline'), at('other'));
    const before = readFileSync(at('a.baseline'));
    for (const output of ['a.baseline', 'other']) {
      const { status } = await call(at('steady.pcap'), '--baseline', at('a.baseline'), `--${option}`, at(output));
      expect([output, status]).toEqual([output, 2]);
    }
    expect(readFileSync(at('a.baseline'))).toEqual(before);
  });

  it.each(['steady.pcap', 'list.txt'])(
    'is not written to where a shell adds standard output to it (%s)',
    async (name) => {
      const before = readFileSync(at(name));
      const fd = openSync(at(name), 'a');
      const [output, errors] = [Object.assign(new PassThrough(), { fd }), new PassThrough()];
      expect(await run([at('steady.pcap'), '--allow', at('list.txt')], { output, errors })).toBe(2);
      expect(String(errors.read())).toMatch(/standard output goes to .*, which is read/);
      expect([output.read(), readFileSync(at(name))]).toEqual([null, before]);
      closeSync(fd);
    },
  );

  it('is not written to by words on an error stream that a shell adds to it, not even by why', async () => {
    writeFileSync(at('list.txt'), 'no address\n203.0.113.9\n');
    const fd = openSync(at('list.txt'), 'a');
    const stream = (more: object = {}) => Object.assign(new PassThrough(), more);
    const options = [at('steady.pcap'), '--watch', at('list.txt')];
    const [output, errors] = [stream(), stream({ fd })];
    expect(await run(options, { output, errors })).toBe(2);
    expect(String(output.read())).toMatch(/^error: standard error goes to .*list\.txt, which is read[^\n]*\n$/);
    expect(errors.read()).toBeNull();
    const both = stream({ fd });
    expect(await run(options, { output: both, errors: both })).toBe(2);
    expect(both.read()).toBeNull();
    closeSync(fd);
  });

  it('is never found where links lead round, and that ends', async () => {
    symlinkSync(at('a'), at('b'));
    symlinkSync(at('b'), at('a'));
    expect((await call(at('steady.pcap'), '--flows', at('a'))).errors).toContain('cannot be written (ELOOP)');
  });

  it('may have standard output beside it, in a folder that is read', async () => {
    const fd = openSync(at('out.txt'), 'w');
    const [output, errors] = [Object.assign(new PassThrough(), { fd }), new PassThrough()];
    await run([folder], { output, errors });
    expect(String(output.read())).toContain('203.0.113.9');
    closeSync(fd);
  });

  it('may lie beside what is written, and two outputs may not be one file under two names', async () => {
    symlinkSync(folder, at('same'));
    const [a, b] = [at('out.csv'), path.join(at('same'), 'out.csv')];
    expect((await call(at('steady.pcap'), '--flows', a, '--dns', b)).errors).toContain('cannot hold both');
    symlinkSync('out.csv', at('link'));
    expect((await call(at('steady.pcap'), '--flows', a, '--dns', at('link'))).errors).toContain('cannot hold both');
    expect((await call(at('steady.pcap'), '--flows', a)).status).toBe(0);
    expect((await call(at('steady.pcap'), '--flows', devNull, '--dns', devNull)).status).toBe(0);
  });
});

describe('a file that changes while it is read', () => {
  it('is analysed as far as it was read, and the first words say so', async () => {
    const { sources } = await fileSources([at('steady.pcap')]);
    truncateSync(at('steady.pcap'), 400);
    const { captures } = await analyzeFiles(sources, DEFAULT_SETTINGS, null);
    expect(captures[0].packets).toBeGreaterThan(0);
    expect(unreadWords(captures)).toMatch(
      /^Not all was read: .*steady\.pcap from byte 400 on: the file changed while /,
    );
  });

  it('is told as written to where it has as many bytes as before', async () => {
    const { sources } = await fileSources([at('steady.pcap')]);
    writeFileSync(at('steady.pcap'), steadyCapture(12, 61));
    utimesSync(at('steady.pcap'), 1, 1);
    const { captures } = await analyzeFiles(sources, DEFAULT_SETTINGS, null);
    expect(unreadWords(captures)).toMatch(/steady\.pcap from byte 720 on: the file changed .*: it was written to/);
  });

  it('is what it was when it was looked at, where it is small, and has no digest then', async () => {
    const { sources } = await fileSources([at('steady.pcap')]);
    const whole = readFileSync(at('steady.pcap'));
    const opened = (await openArchives(sources, { passwords: [], isWanted: isReadable })).sources;
    for (const change of [() => truncateSync(at('steady.pcap'), 400), () => rmSync(at('steady.pcap'))]) {
      change();
      const { captures } = await analyzeFiles(opened, DEFAULT_SETTINGS, null);
      expect(captures).toMatchObject([{ bytes: whole.length, warnings: [] }]);
      expect((await digestsOf(sources, opened)).get(at('steady.pcap'))).toMatch(/^not computed: .*(?:changed|ENOENT)/);
    }
  });

  it('is read as far as its disk gives it, and the place is told', async () => {
    const handle = await open(at('steady.pcap'));
    const reading = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'read').mockImplementation((async (
      ...[space, , length, position]: [Buffer, number, number, number]
    ) => {
      if (position >= 400) throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
      const bytes = steadyCapture(12).subarray(position, Math.min(400, position + length));
      space.set(bytes);
      return { bytesRead: bytes.length, buffer: space };
    }) as never);
    const { captures } = await analyzeFiles((await fileSources([at('steady.pcap')])).sources, DEFAULT_SETTINGS, null);
    reading.mockRestore();
    await handle.close();
    expect(captures[0].packets).toBeGreaterThan(0);
    expect(unreadWords(captures)).toMatch(/steady\.pcap from byte 400 on: it cannot be read \(EIO\)/);
  });

  it('is not read at any place either', async () => {
    const { sources } = await fileSources([at('steady.pcap')]);
    expect((await sources[0].readAt?.(0, 24))?.byteLength).toBe(24);
    truncateSync(at('steady.pcap'), 400);
    await expect(sources[0].readAt?.(0, 24)).rejects.toThrow('changed while it was read');
  });

  it('says nothing of one that stays', async () => {
    expect((await call(at('steady.pcap'))).output).not.toContain('Not all was read');
  });
});
