import { bufferSource, type CaptureError } from 'pcap-ts-parser';
import { afterAll, expect, it, vi } from 'vitest';
import { inflateAhead } from '../../../src/cli/gunzip.ts';
import { type Unpacking, unpackWith } from '../../../src/decompress/platform.ts';
import { zipMembers } from '../../../src/decompress/archives/zip.ts';
import { zip } from '../../builders/archives/zip.ts';
import { seededRandom } from '../../builders/random.ts';

const random = seededRandom(5);
/** More than is unpacked at a time, packed and unpacked. */
const content = Uint8Array.from({ length: 1_500_000 }, (_, at) => (at % 3 === 0 ? 0 : random.integer(0, 255)));
const whole = await zip([{ name: 'a.pcap', bytes: content }]);
const half = whole.length >> 1;
/** The list of files: its numbers stand behind the file, too, in the order of CRC-32, packed and unpacked length. */
const list = Buffer.from(whole).lastIndexOf('PK\u0001\u0002', undefined, 'latin1');

/** The archive with another lowest byte of one of the numbers, in both places. */
function withNumber(place: number, value: number): Uint8Array {
  const archive = whole.slice();
  for (const numbers of [list + 16, list - 12]) archive[numbers + 4 * place] = value;
  return archive;
}

/** An archive of a few bytes that are said to become two gigabytes. */
async function boasting(): Promise<Uint8Array> {
  const archive = await zip([{ name: 'a.pcap', bytes: new Uint8Array(100) }]);
  const at = Buffer.from(archive).lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
  new DataView(archive.buffer).setUint32(at + 24, 2 ** 31, true);
  return archive;
}

const FILES: [name: string, archive: Uint8Array][] = [
  ['whole', whole],
  ['damaged', whole.slice().fill(0xff, half, half + 40)],
  ['with a wrong checksum', withNumber(0, 1)],
  ['with another length', withNumber(2, 1)],
  ['behind which another checksum stands', whole.slice().fill(1, list - 12, list - 11)],
  ['without its header', whole.slice().fill(0, 0, 4)],
  ['that is stored', await zip([{ name: 'a.pcap', bytes: content, stored: true }])],
  ['small and of much', await zip([{ name: 'a.pcap', bytes: new Uint8Array(1_000_000) }])],
  ['of which too much is said', await boasting()],
];

/** Those that are left to the library, or small. */
const LEFT = new Set([
  'small and of much',
  'of which too much is said',
  'behind which another checksum stands',
  'without its header',
  'that is stored',
]);

afterAll(() => unpackWith({ inflate: null }));

/** What a file of an archive unpacks to, and what is said of it. */
async function unpacked(archive: Uint8Array): Promise<{ bytes: Buffer; fault: string; words: string[] }> {
  const { members } = await zipMembers(bufferSource(archive, 'a.zip'), 1);
  const source = members[0].source();
  const reader = source.open();
  const pieces: Uint8Array[] = [];
  let fault = '';
  try {
    for (;;) {
      const piece = await reader.read(new Uint8Array(65_536));
      if (piece.length === 0) break;
      pieces.push(piece);
    }
  } catch (error) {
    fault = (error as CaptureError).message;
  }
  await reader.close();
  return { bytes: Buffer.concat(pieces), fault, words: (source.warnings ?? []).map(({ message }) => message) };
}

it.each(FILES)('a file of a ZIP archive, %s, is in the terminal what it is elsewhere', async (name, archive) => {
  unpackWith({ inflate: null });
  const elsewhere = await unpacked(archive);
  const own = vi.fn<Unpacking>(inflateAhead);
  unpackWith({ inflate: own });
  const here = await unpacked(archive);
  expect(here.bytes.subarray(0, elsewhere.bytes.length).equals(elsewhere.bytes)).toBe(true);
  expect({ ...here, bytes: null }).toEqual({ ...elsewhere, bytes: null });
  expect(own.mock.calls).toHaveLength(LEFT.has(name) ? 0 : 1);
});
