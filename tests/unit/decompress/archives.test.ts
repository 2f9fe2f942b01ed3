import { crc32, gzipSync } from 'node:zlib';
import { bufferSource, type ByteSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it, vi } from 'vitest';
import { isReadable } from '../../../src/analysis/reading/reading-order.ts';
import { openArchives } from '../../../src/decompress/archives/open-archives.ts';
import { headOf } from '../../../src/decompress/archives/member.ts';
import { PackedPlace } from '../../../src/decompress/archives/place.ts';
import { passwordsFor } from '../../../src/decompress/archives/passwords.ts';
import { AesLock } from '../../../src/decompress/archives/zip-aes.ts';
import { zipMembers } from '../../../src/decompress/archives/zip.ts';
import { paxHeader, tar } from '../../builders/archives/tar.ts';
import { zip } from '../../builders/archives/zip.ts';
import { latin1 } from '../../builders/payloads/bytes.ts';
import { xz } from '../../builders/compress/xz.ts';
import { pcap } from '../../builders/pcap.ts';

/** A capture of some packets. */
function capture(packets: number): Uint8Array {
  const data = new Uint8Array(600).fill(packets);
  return pcap({ packets: Array.from({ length: packets }, () => ({ seconds: 1, nanoseconds: 0, data })) });
}

const README = { name: 'README.txt', bytes: latin1('What these captures are.') };

async function opened(name: string, bytes: Uint8Array, passwords: string[] = []) {
  return openArchives([bufferSource(bytes, name)], { passwords, isWanted: isReadable });
}

/** What reading the sources gives: names, packets and warnings, or why nothing could be read. */
async function read(sources: readonly ByteSource[]): Promise<[string, number | string, string[]][]> {
  const all: [string, number | string, string[]][] = [];
  for (const source of sources) {
    try {
      const { packets, warnings } = await readPackets(source, () => undefined);
      all.push([source.name, packets, [...warnings, ...(source.warnings ?? [])].map(({ message }) => message)]);
    } catch (error) {
      all.push([source.name, error instanceof Error ? error.message : '', []]);
    }
  }
  return all;
}

const THREE = [
  { name: 'day1/a.pcap', bytes: capture(3) },
  { name: 'day1/b.pcap.gz', bytes: new Uint8Array(gzipSync(capture(4))) },
  { name: 'day2/c.pcap', bytes: capture(500) },
];

describe('captures in archives', () => {
  it.each([
    ['zip', 'a.zip', () => zip(THREE), ['zip', 'gzip in zip', 'zip']],
    [
      'zip, stored',
      'a.zip',
      () => zip(THREE.map((file) => ({ ...file, stored: true }))),
      ['zip', 'gzip in zip', 'zip'],
    ],
    ['tar', 'a.tar', async () => tar(THREE), ['tar', 'gzip in tar', 'tar']],
    [
      'tar.gz',
      'a.tar.gz',
      async () => new Uint8Array(gzipSync(tar(THREE))),
      ['tar in gzip', 'gzip in tar in gzip', 'tar in gzip'],
    ],
    ['tar.xz', 'a.tar.xz', async () => xz(tar(THREE)), ['tar in xz', 'gzip in tar in xz', 'tar in xz']],
    [
      'tar.gz in zip',
      'a.zip',
      () => zip([{ name: 'inner.tgz', bytes: new Uint8Array(gzipSync(tar(THREE))) }]),
      ['tar in gzip in zip', 'gzip in tar in gzip in zip', 'tar in gzip in zip'],
    ],
    [
      'zip in tar',
      'a.tar',
      async () => tar([{ name: 'inner.zip', bytes: await zip(THREE) }]),
      ['zip', 'gzip in zip', 'zip'],
    ],
  ])('%s: each is read, twice, and in any order', async (_, name, build, compressions) => {
    const { sources, locked } = await opened(name, await build());
    expect(locked).toEqual([]);
    expect((await read(sources)).map(([, packets]) => packets)).toEqual([3, 4, 500]);
    expect((await read(sources.toReversed())).map(([, packets]) => packets)).toEqual([500, 4, 3]);
    expect(sources.map(({ compression }) => compression)).toEqual(compressions);
    for (const source of sources) {
      expect(source.name).toMatch(/^a\.(zip|tar|tar\.gz|tar\.xz)\/(inner\.(tgz|zip)\/)?day[12]\/[abc]\.pcap(\.gz)?$/);
    }
  });

  const small = (number: number) => ({ name: `${number}.pcap`, bytes: capture(1) });
  const packedSmall = (number: number) => ({ name: `${number}.gz`, bytes: new Uint8Array(gzipSync(capture(1))) });

  it.each([
    ['in ZIP', zip, small],
    ['in tar', async (files: Parameters<typeof zip>[0]) => tar(files), small],
    ['packed in ZIP', zip, packedSmall],
    ['packed in tar', async (files: Parameters<typeof zip>[0]) => tar(files), packedSmall],
  ])('are many small ones %s, which are not read anew for each look at each', async (_, build, file) => {
    const files = Array.from({ length: 50 }, (__, number) => file(number));
    const archive = bufferSource(await build(files), 'many');
    let reads = 0;
    const readAt: ByteSource['readAt'] = (start, end) => {
      reads++;
      return archive.readAt?.(start, end) ?? Promise.reject(new Error('no archive'));
    };
    const { sources } = await openArchives([{ ...archive, readAt }], { passwords: [], isWanted: isReadable });
    expect(sources.every(({ bytes }) => bytes !== undefined)).toBe(true);
    expect((await read(sources)).map(([, packets]) => packets)).toEqual(files.map(() => 1));
    expect(reads).toBeLessThan(files.length);
  });

  it('are large ones stored in ZIP, read as they lie there, without a stream, and nothing twice', async () => {
    const files = THREE.slice(2).map(({ name, bytes }) => ({ name, bytes, stored: true }));
    const archive = bufferSource(await zip(files), 'a.zip');
    let taken = 0;
    const readAt: ByteSource['readAt'] = async (start, end) => {
      const bytes = (await archive.readAt?.(start, end)) ?? new ArrayBuffer(0);
      taken += bytes.byteLength;
      return bytes;
    };
    const { members } = await zipMembers({ ...archive, readAt }, 9);
    taken = 0;
    const streams = vi.spyOn(globalThis, 'TransformStream');
    expect(Buffer.compare(await headOf(members[0].source(), 1 << 20), files[0].bytes)).toBe(0);
    expect(streams).not.toHaveBeenCalled();
    expect(taken).toBeLessThan(1.5 * files[0].bytes.length);
    streams.mockRestore();
  });

  it('are read beside each other', async () => {
    for (const bytes of [await zip(THREE), xz(tar(THREE)), new Uint8Array(gzipSync(tar(THREE)))]) {
      const { sources } = await opened('a', bytes);
      const both = await Promise.all([...sources, ...sources].map((source) => read([source])));
      expect(both.flat().map(([, packets]) => packets)).toEqual([3, 4, 500, 3, 4, 500]);
    }
  });

  it('leave what is no capture, and say so', async () => {
    const { sources } = await opened('a.zip', await zip([README, ...THREE]));
    const [first] = await read(sources);
    expect(first).toEqual([
      'a.zip/day1/a.pcap',
      3,
      ['of the archive a.zip: README.txt: neither captures nor flow logs, passed over'],
    ]);
    const nothing = await opened('a.zip', await zip([README]));
    expect(await read(nothing.sources)).toEqual([
      ['a.zip', 'the archive holds neither captures nor flow logs, but README.txt', []],
    ]);
  });

  it('may have long names in tar, and sizes in pax records', async () => {
    const long = `${'deep/'.repeat(30)}a.pcap`;
    const bytes = capture(2);
    const archive = tar([
      paxHeader({ path: long, size: String(bytes.length) }),
      { name: 'short', bytes, claimed: 0 },
      { name: '././@LongLink', bytes: latin1(`${long}2\0`), type: 'L' },
      { name: 'short', bytes },
      { name: 'a link', bytes: new Uint8Array(0), type: '2' },
    ]);
    const results = await read((await opened('a.tar', archive)).sources);
    expect(results.map(([name, packets]) => [name, packets])).toEqual([
      [`a.tar/${long}`, 2],
      [`a.tar/${long}2`, 2],
    ]);
    expect(results[0][2].join()).toContain('1 links and other entries that are not files');
  });

  it('have names that a terminal or a page cannot be tricked with', async () => {
    const name = '../../etc/\u001b[31m\u202epac.\u0007\\x';
    const { sources } = await opened('a.zip', await zip([{ name, bytes: capture(1) }]));
    expect(sources[0].name).toBe('a.zip/../../etc/\ufffd[31m\ufffdpac.\ufffd/x');
  });
});

describe('passwords of archives', () => {
  it('are the usual one, also with the dates in the name', () => {
    expect(passwordsFor('2024-06-25-traffic.pcap.zip', ['mine'])).toEqual(['mine', 'infected', 'infected_20240625']);
    expect(passwordsFor('x.zip', ['infected'])).toEqual(['infected']);
  });

  it.each([
    ['AES', false, false],
    ['ZipCrypto', true, false],
    ['ZipCrypto of stored files', true, true],
  ])('open %s', async (_, zipCrypto, stored) => {
    const files = THREE.map((file) => ({ ...file, password: 'infected_20260301', zipCrypto, stored }));
    const readme = { ...README, password: 'infected_20260301', zipCrypto, stored };
    const known = await opened('2026-03-01-x.zip', await zip([...files, readme]));
    expect((await read(known.sources)).map(([, packets]) => packets)).toEqual([3, 4, 500]);
    expect(known.sources[0].compression).toBe('encrypted zip');
    expect(known.locked).toEqual([]);

    const locked = await opened('x.zip', await zip(files));
    expect(locked.locked).toEqual(['x.zip/day1/a.pcap', 'x.zip/day1/b.pcap.gz', 'x.zip/day2/c.pcap']);
    expect((await read(locked.sources))[0][1]).toContain('it is encrypted, and none of the passwords');
    const given = await opened('x.zip', await zip(files), ['wrong', 'infected_20260301']);
    expect((await read(given.sources)).map(([, packets]) => packets)).toEqual([3, 4, 500]);
  });
});

describe('small encrypted files', () => {
  it.each([
    ['in ZipCrypto, listed plainly,', 'a', true],
    ['in ZipCrypto, listed by the library,', 'é', true],
    ['in AES, listed plainly,', 'a', false],
    ['in AES, listed by the library,', 'é', false],
  ])('%s set up no stream, and are what the library makes of them', async (_, name, zipCrypto) => {
    const password = 'zażółć';
    const files = ([0, 1, 2, 3] as const).map((number) => {
      const bytes = number === 3 ? new Uint8Array(0) : capture(1 + 30 * number);
      const strength = number === 0 ? 3 : number;
      return { name: `${name}${number}.pcap`, bytes, password, zipCrypto, strength, stored: number === 1 };
    });
    const archive = await zip(files);
    const streams = vi.spyOn(globalThis, 'TransformStream');
    const { members } = await zipMembers(bufferSource(archive), 9);
    for (const [number, member] of members.entries()) {
      expect(Buffer.compare(await headOf(member.source(password), 1 << 20), files[number].bytes)).toBe(0);
      expect(await member.isOpenedBy(password)).toBe(zipCrypto && number === 1 ? 'maybe' : 'yes');
      expect(await member.isOpenedBy('wrong')).toBe('no');
    }
    await expect(headOf(members[2].source('wrong'), 100)).rejects.toThrow('it cannot be unpacked any further');
    expect(streams).not.toHaveBeenCalled();
    streams.mockRestore();
  });

  it('in AES are decrypted once each, also where the password is not proven yet', async () => {
    const archive = await zip(THREE.map((file) => ({ ...file, password: 'infected' })));
    const decrypted = [vi.spyOn(AesLock.prototype, 'open'), vi.spyOn(AesLock.prototype, 'openReady')];
    const { sources } = await opened('a.zip', archive);
    expect((await read(sources)).map(([, packets]) => packets)).toEqual([3, 4, 500]);
    expect(decrypted.flatMap(({ mock }) => mock.results.filter(({ value }) => value !== null))).toHaveLength(3);
    vi.restoreAllMocks();
  });

  it('in AES are read where the platform derives no keys', async () => {
    const files = THREE.map((file) => ({ ...file, password: 'infected' }));
    const archive = await zip(files);
    vi.stubGlobal('crypto', {});
    const { sources } = await opened('a.zip', archive);
    expect((await read(sources)).map(([, packets]) => packets)).toEqual([3, 4, 500]);
    vi.unstubAllGlobals();
  });

  it.each([
    [0, []],
    [1, [expect.stringContaining('(CRC-32) does not match')]],
  ])('in AES of the older version are checked by their CRC-32, too: %i', async (change, warnings) => {
    const archive = await zip([{ name: 'a.pcap', bytes: capture(1), password: 'infected' }]);
    const at = Buffer.from(archive).indexOf('PK\u0001\u0002', 0, 'latin1');
    const field = Buffer.from(archive).indexOf(Uint8Array.of(0x01, 0x99, 7, 0, 2), at);
    archive[field + 4] = 1;
    new DataView(archive.buffer).setUint32(at + 16, crc32(capture(1)) ^ change, true);
    const [[, packets, said]] = await read((await opened('a.zip', archive)).sources);
    expect([packets, said]).toEqual([1, warnings]);
  });

  it.each([
    [0, 'yes'],
    [1, 'no'],
  ])('in ZipCrypto are told by their CRC-32 where that does not follow them: %i', async (change, isOpened) => {
    const archive = await zip([{ name: 'a.pcap', bytes: capture(1), password: 'infected', zipCrypto: true }]);
    const entry = new DataView(archive.buffer, Buffer.from(archive).indexOf('PK\u0001\u0002', 0, 'latin1'));
    entry.setUint16(8, entry.getUint16(8, true) ^ 8, true);
    // What the archive was made with is told by the time.
    entry.setUint8(16 + 3, entry.getUint8(12 + 1) ^ change);
    const [member] = (await zipMembers(bufferSource(archive), 9)).members;
    expect(await member.isOpenedBy('infected')).toBe(isOpened);
  });
});

describe('damaged and hostile archives', () => {
  it('with a wrong checksum are read with a word', async () => {
    const archive = await zip([{ name: 'a.pcap', bytes: capture(3), stored: true }]);
    archive[200] ^= 1;
    const [[, packets, warnings]] = await read((await opened('a.zip', archive)).sources);
    expect(packets).toBe(3);
    expect(warnings.join()).toContain('the checksum of this file of a ZIP archive (CRC-32) does not match');
  });

  it.each([3, 500])('with a changed byte under AES are read with a word: %i packets', async (count) => {
    const archive = await zip([{ name: 'a.pcap', bytes: capture(count), stored: true, password: 'infected' }]);
    archive[1000] ^= 1;
    const [[, packets, warnings]] = await read((await opened('a.zip', archive)).sources);
    expect(packets).toBe(count);
    expect(warnings.filter((message) => message.includes('(HMAC-SHA1) does not match'))).toHaveLength(1);
  });

  it('whose large stored files are said to go on behind the end say so', async () => {
    const archive = await zip([{ name: 'a.pcap', bytes: capture(500), stored: true }]);
    const view = new DataView(archive.buffer);
    const entry = Buffer.from(archive).lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    for (const at of [18, 22, entry + 20, entry + 24]) view.setUint32(at, 2 * archive.length, true);
    // Nothing of it follows the file.
    for (const at of [6, entry + 8]) view.setUint16(at, view.getUint16(at, true) & ~8, true);
    view.setUint32(14, view.getUint32(entry + 16, true), true);
    const sources = await read((await opened('a.zip', archive)).sources);
    expect(sources).toEqual([['a.zip/a.pcap', 'the archive ends before this file does', []]]);
  });

  it('that are cut say so', async () => {
    const archive = await zip(THREE);
    const [[name, message]] = await read((await opened('a.zip', archive.subarray(0, -30))).sources);
    expect([name, message]).toEqual(['a.zip', expect.stringContaining('the end of the archive is missing')]);
    const [, , last] = await read((await opened('a.tar', tar(THREE).subarray(0, -200_000))).sources);
    expect(last[2].join()).toContain('the tar archive ends before this file does');
  });

  it('with files packed in another way say so, and set nothing up to unpack them', async () => {
    const bytes = await zip([{ name: 'a.pcap', bytes: capture(3), stored: true }]);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 12 < bytes.length; at++) {
      // The way is said in front of the file and in the list of the archive.
      if (view.getUint32(at, true) === 0x04034b50) view.setUint16(at + 8, 97, true);
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 10, 97, true);
    }
    const streams = vi.spyOn(globalThis, 'TransformStream');
    const { sources } = await opened('a.zip', bytes);
    expect((await read(sources)).flat()).toContainEqual(
      expect.stringMatching(/^it is packed in a way that is not read/),
    );
    expect(streams).not.toHaveBeenCalled();
    streams.mockRestore();
  });

  it('whose files share bytes are not unpacked twice', async () => {
    const archive = await zip([
      { name: 'a.pcap', bytes: capture(3), stored: true },
      { name: 'b.pcap', bytes: capture(3), stored: true },
    ]);
    // The second entry of the central directory points at the first file.
    const view = new DataView(archive.buffer);
    const second = Buffer.from(archive).lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    view.setUint32(second + 42, 0, true);
    const results = await read((await opened('a.zip', archive)).sources);
    expect(results).toEqual([
      [
        'a.zip/a.pcap',
        3,
        ['of the archive a.zip: 1 left out whose bytes are those of other files, too, as in a ZIP bomb'],
      ],
    ]);
  });

  it('claim more bytes than there are, and take no memory for it', async () => {
    const archive = tar([
      { name: 'a.pcap', bytes: capture(3) },
      { name: 'b.pcap', bytes: capture(2), claimed: 8 ** 11 - 1 },
    ]);
    const before = process.memoryUsage().arrayBuffers;
    const [first, second] = await read((await opened('a.tar', new Uint8Array(gzipSync(archive)))).sources);
    expect(first[1]).toBe(3);
    expect(second[2].join()).toContain('the tar archive ends before this file does');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 26);
  });

  it('hold no more files than are looked at', async () => {
    const files = Array.from({ length: 12 }, (_, index) => ({ name: `${index}.pcap`, bytes: capture(1) }));
    for (const archive of [tar(files), await zip(files)]) {
      const options = { passwords: [], isWanted: isReadable, mostFiles: 10 };
      const { sources } = await openArchives([bufferSource(archive, 'a')], options);
      expect(sources).toHaveLength(10);
      expect((await read(sources.slice(0, 1)))[0][2].join()).toContain('more than 10 files');
    }
  });

  it('packed as a whole are unpacked again only so often', async () => {
    const most = 1 << 27;
    let taken = 0;
    let open = 0;
    const zeros: ByteSource = {
      name: 'a.tar.gz',
      size: 1000,
      open() {
        let left = most;
        open++;
        return {
          async read(space) {
            const piece = space.subarray(0, Math.min(space.length, left));
            left -= piece.length;
            taken += piece.length;
            return piece;
          },
          async close() {
            open--;
          },
        };
      },
    };
    const place = new PackedPlace(zeros);
    const readFrom = async (offset: number): Promise<void> => {
      const reader = place.openAt(offset);
      await reader.read(new Uint8Array(1000));
      await reader.close();
    };
    for (let offset = 0; offset < most; offset += 1 << 16) await readFrom(offset);
    expect(taken).toBeLessThan(1.1 * most);
    // Captures of both directions of a tap are read once more, and each is begun before the one before it ends.
    const half = most / 2;
    const ending: (() => Promise<void>)[] = [];
    for (let offset = 0; offset < half; offset += 1 << 20) {
      for (const start of [offset, half + offset]) {
        const reader = place.openAt(start);
        await reader.read(new Uint8Array(1000));
        ending.push(() => reader.close());
      }
      for (const end of ending.splice(0, ending.length - 2)) await end();
    }
    for (const end of ending) await end();
    expect(taken).toBeLessThan(5 * most);
    taken = 0;
    const backwards = async (): Promise<void> => {
      for (let offset = most - 1000; offset > 0; offset -= 1 << 16) await readFrom(offset);
    };
    await expect(backwards()).rejects.toMatchObject({
      kind: 'bad-compression',
      message: expect.stringContaining('unpacked too often') as string,
    });
    expect(taken).toBeLessThan(16 * most);
    // Two stay where they stand, for what comes behind them.
    expect(open).toBeLessThanOrEqual(2);
  });
});
