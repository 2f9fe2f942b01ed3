import { bufferSource, CaptureError, readPackets } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { withFiles } from '../../src/analysis/lists/list-import.ts';
import { pcap, pcapHeader } from '../builders/pcap.ts';
import { interfaceDescription, sectionHeader } from '../builders/pcapng.ts';
import { growth, MOST_GROWTH } from './growth.ts';

const SMALL = 1 << 18;

/** A head, then as many of a pattern as fill the file. */
function filled(head: Uint8Array, pattern: Uint8Array, length: number): Uint8Array {
  const file = new Uint8Array(length);
  file.set(head);
  for (let at = head.length; at < length; at += pattern.length) file.set(pattern.subarray(0, length - at), at);
  return file;
}

function numbers(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

const section = new Uint8Array(Buffer.concat([sectionHeader(), interfaceDescription()]));
const one = pcap({ packets: [{ seconds: 1, nanoseconds: 0, data: new Uint8Array(60) }] });

const HOSTILE: [name: string, head: Uint8Array, pattern: Uint8Array][] = [
  ['pcap of headers that fit twice in a row, then no more', one, numbers(1, 0, 8, 8, 0, 0, 1, 0, 4, 4, 0, 0xffff_ffff)],
  ['pcap of headers that all claim what no packet has', one, numbers(1, 0, 0xffff_ffff, 0xffff_ffff)],
  [
    'pcap of records of 200,000 bytes that hold others',
    pcapHeader({ snapLength: 96 }),
    numbers(1, 0, 200_000, 200_000),
  ],
  [
    'pcap of records longer than the snap length, each followed by none',
    pcapHeader({ snapLength: 8 }),
    numbers(1, 0, 20, 20, 7, 7, 7, 7, 7),
  ],
  ['pcap of records of nothing', one, numbers(1, 0, 0, 0)],
  ['pcap of zeros', pcapHeader(), numbers(0)],
  ['pcap of 0xff', pcapHeader(), numbers(0xffff_ffff)],
  ['modified pcap of headers that fit twice', pcapHeader({ extraHeader: 8 }), numbers(1, 0, 8, 8, 0, 0, 0, 0)],
  ['pcapng of blocks that claim 16 MB', section, numbers(6, 0x00ff_fff0)],
  ['pcapng of blocks that claim 60,000 bytes', section, numbers(6, 60_000)],
  ['pcapng of blocks whose second length is another', section, numbers(6, 32, 0, 0, 0, 0, 0, 28)],
  ['pcapng of sections without a byte order', section, numbers(0x0a0d_0d0a, 28, 7)],
  ['pcapng of options without end', section, numbers(5, 0x0001_0000, 0x0001_0001)],
  ['pcapng of packets on interfaces that nobody described', section, numbers(6, 32, 9, 0, 0, 0, 0, 32)],
  ['pcapng of zeros', section, numbers(0)],
  ['text', new TextEncoder().encode('0000 '), new TextEncoder().encode('45 00 ')],
];

async function readAll(file: Uint8Array): Promise<void> {
  try {
    await readPackets(bufferSource(file), () => undefined);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  }
}

it.each(HOSTILE)('takes time by the length of a file and no more: %s', async (_, head, pattern) => {
  expect(await growth((length) => filled(head, pattern, length), readAll, SMALL)).toBeLessThan(MOST_GROWTH);
});

it('takes time by the entries of files that are added to a list, however many files they are in', async () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, file) => {
      const text = Array.from({ length: 100 }, (__, entry) => `h${entry}.f${file}.example\n`).join('');
      return { name: `${file}`, size: text.length, text: async () => text };
    });
  const { text } = await withFiles('', files(3));
  expect(text.trim().split('\n')).toHaveLength(300);
  expect(await growth(files, (given) => withFiles('', given), 25)).toBeLessThan(MOST_GROWTH);
});
