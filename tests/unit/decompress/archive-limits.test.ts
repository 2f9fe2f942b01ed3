import { gzipSync } from 'node:zlib';
import { bufferSource, type ByteSource, CaptureError, readPackets } from 'pcap-ts-parser';
import { expect, it, vi } from 'vitest';
import { isReadable, READABLE } from '../../../src/analysis/reading/reading-order.ts';
import { memberName } from '../../../src/decompress/archives/member.ts';
import { openArchives } from '../../../src/decompress/archives/open-archives.ts';
import { paxRecords } from '../../../src/decompress/archives/tar-header.ts';
import { MOST_HEAD_BYTES, tarMembers } from '../../../src/decompress/archives/tar.ts';
import { zipMembers } from '../../../src/decompress/archives/zip.ts';
import { AtOnce } from '../../../src/decompress/at-once.ts';
import { decompressed } from '../../../src/decompress/decompressed.ts';
import { FaultySource, HeldFiles } from '../../../src/decompress/held-files.ts';
import { Slabs } from '../../../src/decompress/slabs.ts';
import { paxHeader, tar } from '../../builders/archives/tar.ts';
import { zip } from '../../builders/archives/zip.ts';
import { bytesAllocated } from '../memory-allocated.ts';
import { latin1 } from '../../builders/payloads/bytes.ts';
import { pcap } from '../../builders/pcap.ts';

const PACKET = { seconds: 1, nanoseconds: 0, data: new Uint8Array(60) };
const CAPTURE = pcap({ packets: [PACKET] });
/** Bytes of files that are not small. */
const LARGE = (1 << 18) + 1;
const EMPTY = new Uint8Array(0);

async function opened(bytes: Uint8Array, isWanted = isReadable, passwords: string[] = []) {
  return openArchives([bufferSource(bytes, 'a')], { passwords, isWanted });
}

it('archives are opened three deep', async () => {
  const nested = (depth: number): Uint8Array =>
    depth === 0 ? CAPTURE : tar([{ name: String(depth), bytes: nested(depth - 1) }]);
  expect((await opened(nested(3))).sources.map(({ size }) => size)).toEqual([CAPTURE.length]);
  await expect((await opened(nested(4))).sources[0].open().read(new Uint8Array(1))).rejects.toThrow('neither captures');
});

it('of archives 10,000 files are looked at, and more are said', async () => {
  const files = (count: number) =>
    tar(Array.from({ length: count }, (_, number) => ({ name: `${number}`, bytes: EMPTY })));
  const all = await opened(files(10_000), async () => true);
  expect([all.sources.length, all.sources[0].warnings ?? []]).toEqual([10_000, []]);
  const { sources } = await opened(files(10_001), async () => true);
  expect([sources.length, sources[0].warnings?.[0].message]).toEqual([
    10_000,
    'of the archive a: more than 10000 files: those behind are left out',
  ]);
});

it('keys of small files in AES are derived once for a password, and several beside each other', async () => {
  const files = Array.from({ length: 8 }, (_, number) => ({ name: `${number}`, bytes: CAPTURE, password: 'known' }));
  const archive = await zip([...files, { name: 'other', bytes: CAPTURE, password: 'second' }]);
  const deriveBits = crypto.subtle.deriveBits.bind(crypto.subtle);
  let [running, most] = [0, 0];
  const derive = vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation(async (...how) => {
    running++;
    most = Math.max(most, running);
    const bits = await deriveBits(...how);
    running--;
    return bits;
  });
  const { sources } = await opened(archive, isReadable, ['known', 'second']);
  // The last is tried as the others are, and proves another.
  expect(derive).toHaveBeenCalledTimes(9 + 1);
  expect(most).toBe(4);
  expect(sources.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 9 }, () => CAPTURE));
  derive.mockRestore();
});

it('of locked files twenty are tried with each password', async () => {
  for (const [count, isOpen] of [
    [19, true],
    [20, false],
  ] as const) {
    const locked = Array.from({ length: count }, (_, number) => ({
      name: `${number}`,
      bytes: CAPTURE,
      password: 'unknown',
    }));
    const bytes = await zip([...locked, { name: 'last', bytes: CAPTURE, password: 'known' }]);
    expect((await opened(bytes, isReadable, ['known'])).locked.includes('a/last')).toBe(!isOpen);
  }
});

it('a list of files of more than 64 MB is none', async () => {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE((1 << 26) + 1, 12);
  const size = 1 << 27;
  end.writeUInt32LE(size - 22 - (1 << 26) - 1, 16);
  let longest = 0;
  const readAt: ByteSource['readAt'] = async (start, before) => {
    longest = Math.max(longest, before - start);
    const bytes = new Uint8Array(before - start);
    bytes.set(end.subarray(Math.max(0, 22 - bytes.length)), Math.max(0, bytes.length - 22));
    return bytes.buffer;
  };
  const listing = zipMembers({ ...bufferSource(EMPTY, 'a'), size, readAt }, 10);
  await expect(listing).rejects.toThrow('its list of files has more than 67108864 bytes');
  expect(longest).toBeLessThan(1 << 20);
});

it('names end with their last 200 characters, and those of tar have 64 kB', async () => {
  expect(memberName('a', 'x'.repeat(200))).toBe(`a/${'x'.repeat(200)}`);
  expect(memberName('a', `y${'x'.repeat(200)}`)).toBe(`a/…${'x'.repeat(200)}`);
  const long = { name: '././@LongLink', bytes: latin1('x'.repeat(1 << 16).padEnd(70_000, 'y')), type: 'L' };
  const { members } = await tarMembers(bufferSource(tar([long, { name: 'b', bytes: EMPTY }]), 'a'), 10, new Slabs());
  expect(members[0].name).toBe(`a/…${'x'.repeat(200)}`);
});

it('records of a tar header that end without a blank end', () => {
  expect([...paxRecords(latin1('10 k1=abc\n1234'))]).toEqual([['k1', 'abc']]);
});

it('of a tar archive each byte is read once, whatever stands in front of its files', async () => {
  const files = Array.from({ length: 1000 }, (_, number) => [
    paxHeader({ path: `p${number}` }),
    { name: 'l', bytes: latin1(`long${number}`), type: 'L' },
    { name: 'a', bytes: CAPTURE },
  ]).flat();
  const archive = bufferSource(tar(files), 'a');
  let bytes = 0;
  const readAt = async (start: number, end: number): Promise<ArrayBuffer> => {
    bytes += end - start;
    return (await archive.readAt?.(start, end)) ?? new ArrayBuffer(0);
  };
  const { members } = await tarMembers({ ...archive, readAt }, 10_000, new Slabs());
  expect(members.map(({ name }) => name).slice(-1)).toEqual(['a/long999']);
  expect(bytes).toBeLessThan(1.2 * (archive.size ?? 0));
});

it('small archives in an archive are listed without room for each', async () => {
  const inner = tar([{ name: 'a', bytes: CAPTURE }]);
  const archive = async (count: number, bytes: Uint8Array): Promise<Uint8Array> =>
    zip(Array.from({ length: count }, (_, number) => ({ name: `${number}`, bytes })));
  for (const bytes of [inner, new Uint8Array(gzipSync(inner)), inner.subarray(0, 560)]) {
    const [few, twice] = [await archive(100, bytes), await archive(200, bytes)];
    const first = await bytesAllocated(() => opened(few));
    expect((await bytesAllocated(() => opened(twice))) - first).toBeLessThan(100 * 20 * inner.length);
  }
});

it('files that are refused count as others do, where that is told', async () => {
  const refused = { bytes: gzipSync('{"a":1}'.padEnd(LARGE)) };
  const archive = await zip(Array.from({ length: 1000 }, (_, number) => ({ name: `${number}`, ...refused })));
  const count = async (options: Partial<typeof READABLE>): Promise<number> =>
    (await openArchives([bufferSource(archive, 'a')], { passwords: [], isWanted: isReadable, ...options })).sources
      .length;
  expect(await count({})).toBe(1000);
  expect(await count(READABLE)).toBeLessThan(600);
});

it('large files that are neither captures nor logs are looked at by the bytes of their archive', async () => {
  const other = { bytes: gzipSync(new Uint8Array(LARGE).fill(0x2c)) };
  const archive = (others: number): Promise<Uint8Array> =>
    zip([
      { name: 'first', bytes: CAPTURE },
      ...Array.from({ length: others }, (_, number) => ({ name: `${number}`, ...other })),
      { name: 'last', bytes: CAPTURE },
      { name: 'long', bytes: pcap({ packets: [PACKET, { ...PACKET, data: new Uint8Array(LARGE) }] }) },
    ]);
  const looks = vi.fn<typeof isReadable>(isReadable);
  const few = await opened(await archive(400), looks);
  expect(few.sources.map(({ name }) => name)).toEqual(['a/first', 'a/last', 'a/long']);
  const others = 1000;
  looks.mockClear();
  const { sources } = await opened(await archive(others), looks);
  expect(sources.map(({ name }) => name)).toEqual(['a/first']);
  expect(looks.mock.calls.length).toBeLessThan(500 + others / 10);
  const left = others + 3 - looks.mock.calls.length;
  expect(sources[0].warnings?.[0].message).toBe(
    `of the archive a: ${left} files left out without a look at them: too many before them are neither captures nor flow logs`,
  );
});

it('what is said to unpack to more than a small file has is not opened to see', async () => {
  const held = await HeldFiles.ready();
  const open = vi.fn<() => never>();
  expect(await held.hold({ name: 'a', size: 100, unpackedSize: LARGE, open })).toBeNull();
  expect(open).not.toHaveBeenCalled();
});

it('a small file that is damaged is looked at where its bytes lie', async () => {
  const archive = await zip([{ name: 'a', bytes: CAPTURE, stored: true }]);
  const list = Buffer.from(archive).lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
  new DataView(archive.buffer).setUint32(list + 24, CAPTURE.length + 1, true);
  const open = vi.spyOn(FaultySource.prototype, 'open');
  const { sources } = await opened(archive);
  const { warnings, packets } = await readPackets(sources[0], () => undefined);
  expect([packets, warnings.map(({ message }) => message)]).toEqual([
    1,
    ['it unpacks to another length than the archive says'],
  ]);
  expect(open).not.toHaveBeenCalled();
  open.mockRestore();
});

it('a small packed file that is damaged is tried once at once', async () => {
  const cut = new Uint8Array(gzipSync(CAPTURE)).subarray(0, -4);
  const archive = await zip(Array.from({ length: 5 }, (_, number) => ({ name: `${number}`, bytes: cut })));
  const unpack = vi.spyOn(AtOnce.prototype, 'unpack');
  const { sources } = await opened(archive);
  expect([sources.length, unpack.mock.calls.length]).toEqual([5, 5]);
  unpack.mockRestore();
});

it('a small file that is damaged is read once, up to what is wrong with it', async () => {
  const held = await HeldFiles.ready();
  const fault = new CaptureError('cut-compression', 3, 'it ends too early');
  let opens = 0;
  const cut: ByteSource = {
    name: 'a',
    size: 100,
    open: () => {
      const reader = bufferSource(Uint8Array.of(1, 2, 3)).open();
      opens++;
      return {
        read: async (space) => {
          const bytes = await reader.read(space);
          if (bytes.length === 0) throw fault;
          return bytes;
        },
        close: () => reader.close(),
      };
    },
  };
  const source = (await held.hold(cut)) ?? cut;
  for (let reading = 0; reading < 3; reading++) {
    const reader = source.open();
    expect(await reader.read(new Uint8Array(9))).toEqual(Uint8Array.of(1, 2, 3));
    await expect(reader.read(new Uint8Array(9))).rejects.toBe(fault);
  }
  expect(opens).toBe(1);
  // A file that is read where it lies may be whole the next time.
  expect(await held.hold({ ...cut, readAt: async () => new ArrayBuffer(0) })).toBeNull();
});

it('of small files 64 MB are held, and of first bytes of packed ones as much', async () => {
  const held = await HeldFiles.ready();
  const file = bufferSource(new Uint8Array(1 << 18), 'a');
  for (let count = 0; count < 1 << 8; count++) expect(await held.hold(file)).not.toBeNull();
  expect(await held.hold(file)).toBeNull();

  const files = Array.from({ length: 1025 }, (_, number) => ({ name: `${number}`, bytes: new Uint8Array(1 << 16) }));
  const packed = bufferSource(new Uint8Array(gzipSync(tar(files), { level: 1 })), 'a');
  let opens = 0;
  const counted: ByteSource = {
    ...packed,
    open: () => {
      opens++;
      return packed.open();
    },
  };
  const { members } = await tarMembers(decompressed(counted), files.length, new Slabs(MOST_HEAD_BYTES));
  const before = opens;
  for (const [place, more] of [
    [1023, 0],
    [1024, 1],
  ]) {
    await members[place].open().read(new Uint8Array(1));
    expect(opens - before).toBe(more);
  }
});

it('of first bytes of files in packed archives 64 MB are kept of all archives together', async () => {
  const files = Array.from({ length: 600 }, (_, number) => ({ name: `${number}`, bytes: new Uint8Array(1 << 16) }));
  const packed = bufferSource(new Uint8Array(gzipSync(tar(files), { level: 1 })), 'a');
  const copies = vi.spyOn(Slabs.prototype, 'copy');
  await openArchives([packed, packed], { passwords: [], isWanted: async () => true });
  expect(copies.mock.calls.reduce((sum, [{ length }]) => sum + length, 0)).toBe(1 << 26);
  copies.mockRestore();
});
