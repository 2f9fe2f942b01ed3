import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { inReadingOrder, isReadable } from '../../../../src/analysis/reading/reading-order.ts';
import { packetAt, pcap } from '../../../builders/pcap.ts';

function counted(bytes: Uint8Array, name: string): { source: ByteSource; opened: () => number } {
  const source = bufferSource(bytes, name);
  let opened = 0;
  return { source: { ...source, open: () => (opened++, source.open()) }, opened: () => opened };
}

it('looks at no file again that was asked for before', async () => {
  const capture = (time: number): Uint8Array => pcap({ packets: [packetAt(time, new Uint8Array(60))] });
  const files = [
    counted(capture(200), 'later.pcap'),
    counted(capture(100), 'earlier.pcap'),
    counted(pcap({ packets: [] }), 'without packets.pcap'),
    counted(new TextEncoder().encode('read me'), 'readme.txt'),
  ];
  const sources = files.map(({ source }) => source);
  const readable = await Promise.all(sources.map(async (source) => isReadable(source)));
  expect(readable).toEqual([true, true, true, false]);
  const before = files.map(({ opened }) => opened());
  const ordered = await inReadingOrder(sources);
  expect(ordered.map(({ source, firstMs }) => [source.name, firstMs])).toEqual([
    ['earlier.pcap', 100_000],
    ['later.pcap', 200_000],
    ['without packets.pcap', Number.POSITIVE_INFINITY],
    ['readme.txt', Number.POSITIVE_INFINITY],
  ]);
  expect(files.map(({ opened }) => opened())).toEqual(before);
});
