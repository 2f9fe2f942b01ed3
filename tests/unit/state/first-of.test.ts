import { expect, it } from 'vitest';
import { firstOf } from '../../../src/state/first-of.ts';

const files = [new File(['0123456789'], 'a.pcap'), new File(['abcdefghij'], 'b.pcap'), new File(['x'], 'c.pcap')];

async function contents(bytes: number): Promise<[string, string][]> {
  const first = firstOf(files, bytes);
  return Promise.all(first.map(async (file): Promise<[string, string]> => [file.name, await file.text()]));
}

it('the first bytes of files are whole files, and the beginning of the one in which they end', async () => {
  expect(await contents(4)).toEqual([['a.pcap', '0123']]);
  expect(await contents(10)).toEqual([['a.pcap', '0123456789']]);
  expect(await contents(13)).toEqual([
    ['a.pcap', '0123456789'],
    ['b.pcap', 'abc'],
  ]);
  expect((await contents(99)).map(([name]) => name)).toEqual(['a.pcap', 'b.pcap', 'c.pcap']);
  expect(await contents(0)).toEqual([]);
});
