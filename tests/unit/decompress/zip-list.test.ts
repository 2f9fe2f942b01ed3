import { type FileEntry, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { plainList } from '../../../src/decompress/archives/zip-list.ts';
import { zipMembers } from '../../../src/decompress/archives/zip.ts';
import { zip } from '../../builders/archives/zip.ts';

const FILES = [
  { name: 'a.pcap', bytes: new Uint8Array(300) },
  { name: 'day/b.pcap', bytes: Uint8Array.of(1, 2, 3), stored: true },
  { name: 'empty', bytes: new Uint8Array(0) },
];

function listOf(archive: Uint8Array, most = 100) {
  const read = async (offset: number, length: number): Promise<Uint8Array> => archive.slice(offset, offset + length);
  return plainList(read, archive.length, most);
}

/** What the library says of the files, as far as it is asked for. */
async function libraryList(archive: Uint8Array) {
  const entries = await new ZipReader(new Uint8ArrayReader(archive), { filenameValidation: 'tolerant' }).getEntries();
  return entries.filter((entry): entry is FileEntry => !entry.directory).map(said);
}

function said({ filename, offset, compressedSize, uncompressedSize, compressionMethod, signature = 0, ...more }: Said) {
  const { encrypted, zipCrypto } = more;
  return { filename, offset, compressedSize, uncompressedSize, compressionMethod, signature, encrypted, zipCrypto };
}

type Said = Pick<
  FileEntry,
  'filename' | 'offset' | 'compressedSize' | 'uncompressedSize' | 'compressionMethod' | 'encrypted' | 'zipCrypto'
> & { signature?: number };

const IN_AES = FILES.map((file, place) => ({ ...file, password: 'infected', strength: ([1, 2, 3] as const)[place] }));

describe('the list of a plain ZIP archive', () => {
  it('is what the library makes of it', async () => {
    const archive = await zip(FILES);
    const { files = [], more } = (await listOf(archive)) ?? {};
    expect(files.map(({ filename }) => filename)).toEqual(FILES.map(({ name }) => name));
    expect(files.map(said)).toEqual(await libraryList(archive));
    expect(more).toBe(false);
  });

  it.each([
    ['ZipCrypto', true, [0, 0, 0]],
    ['AES', false, [20, 24, 28]],
  ])('has files of %s, too', async (_, isZipCrypto, overheads) => {
    const archive = await zip(IN_AES.map((file) => ({ ...file, zipCrypto: isZipCrypto })));
    const { files = [] } = (await listOf(archive)) ?? {};
    expect(files.map(({ encrypted, zipCrypto }) => encrypted && zipCrypto)).toEqual(FILES.map(() => isZipCrypto));
    expect(files.map(({ aes }) => aes?.overhead ?? 0)).toEqual(overheads);
    expect(files.map(said)).toEqual(await libraryList(archive));
  });

  it('ends where there are more files than are wanted', async () => {
    const archive = await zip(FILES);
    expect(await listOf(archive, 2)).toMatchObject({ files: [{ filename: 'a.pcap' }, {}], more: true });
    expect(await zipMembers(bufferSource(archive), 2)).toMatchObject({ members: [{}, {}], more: true });
  });

  it.each([
    ['', FILES],
    ['of files in AES ', IN_AES],
  ])('%swith any bit changed is what the library makes of it, or left to it', async (_, content) => {
    const archive = await zip(content);
    const list = Buffer.from(archive).indexOf('PK\u0001\u0002', 0, 'latin1');
    let plain = 0;
    for (let bit = list * 8; bit < archive.length * 8; bit++) {
      const changed = archive.slice();
      changed[bit >> 3] ^= 1 << (bit & 7);
      const own = await listOf(changed);
      if (own === null) continue;
      plain++;
      expect([bit - list * 8, own.files.map(said)]).toEqual([bit - list * 8, await libraryList(changed)]);
    }
    expect(plain).toBeGreaterThan(100);
  });

  it.each([
    ['of large files', () => zip([{ name: 'a', bytes: new Uint8Array(70_000), stored: true }])],
    ['of names in other letters', () => zip([{ ...FILES[0], name: 'é.pcap' }])],
    ['of nothing', () => zip([])],
    ['behind other bytes', async () => Buffer.concat([Buffer.alloc(10), await zip(FILES)])],
    ['before other bytes', async () => Buffer.concat([await zip(FILES), Buffer.alloc(10)])],
  ])('%s is left to the library', async (_, build) => {
    expect(await listOf(await build())).toBeNull();
  });

  it('whose files are not where it says ends with words', async () => {
    const archive = await zip(FILES);
    archive[0] ^= 1;
    const [member] = (await zipMembers(bufferSource(archive), 9)).members;
    const reader = member.source().open();
    await expect(reader.read(new Uint8Array(10))).rejects.toThrow('it cannot be unpacked any further');
    await reader.close();
  });
});
