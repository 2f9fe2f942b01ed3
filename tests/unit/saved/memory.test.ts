import { bufferSource } from 'pcap-ts-parser';
import { afterEach, expect, it, vi } from 'vitest';
import { RadixOrder } from '../../../src/analysis/memory/radix.ts';
import { openSaved, savedAnalysis } from '../../../src/saved/saved.ts';
import { saidTexts } from '../../../src/saved/checks.ts';
import { SavedBytes } from '../../../src/saved/unpack.ts';
import { numbered } from '../../builders/hostile/frames.ts';
import { analyzeLogs } from '../analysis/flow-logs/read-logs.ts';
import { memoryHeld } from '../memory-held.ts';

const FLOWS = 100_000;
afterEach(() => vi.restoreAllMocks());

it('no text of an address is held any more when an analysis is made of a saved one', async () => {
  const rows = Array.from(
    { length: FLOWS },
    (_, row) => `${numbered(10, row)},${numbered(48, row)},443,${1000 + row}\n`,
  );
  const analysis = await analyzeLogs(`src_ip,dst_ip,dst_port,bidirectional_first_seen_ms\n${rows.join('')}`);
  const facts = { program: '', savedMs: 0, digests: [], remarks: '', packets: null };
  const saved = Buffer.concat([...savedAnalysis(analysis, facts)]);
  // The first that an analysis does is to put its flows in order.
  const held: number[] = [];
  const sortBy = Reflect.get(RadixOrder.prototype, 'sortBy');
  vi.spyOn(RadixOrder.prototype, 'sortBy').mockImplementation(function (this: RadixOrder, ...how) {
    held.push(memoryHeld().heapUsed);
    sortBy.apply(this, how);
  });
  const before = memoryHeld().heapUsed;
  expect((await openSaved(bufferSource(saved))).analysis.flows.addresses.length).toBe(2 * FLOWS);
  // A text takes forty bytes or so, and eight more where it is in a list.
  expect((held[0] - before) / (2 * FLOWS)).toBeLessThan(12);
});

it('room for zeros is not written to', async () => {
  const length = 3_000_001;
  const bytes = new Uint8Array(length);
  bytes[2_000_000] = 7;
  let at = 0;
  const read = (space: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
    const piece = bytes.slice(at, at + space.length);
    at += piece.length;
    return Promise.resolve(piece);
  };
  const written = vi.spyOn(Uint8Array.prototype, 'set');
  const taken = await new SavedBytes({ read, close: () => Promise.resolve() }, null).take(length);
  const moved = written.mock.calls.reduce((sum, [from]) => sum + from.length, 0);
  expect(Buffer.compare(taken, bytes)).toBe(0);
  expect(moved).toBeGreaterThan(0);
  expect(moved).toBeLessThan(100_000);
});

it('a list of texts is looked through, and not copied', () => {
  const texts = ['a', 'b'];
  expect(saidTexts(texts, 'names')).toBe(texts);
  expect(() => saidTexts(['a', 'b\n'], 'names')).toThrow('names[1] is not a text of visible ASCII');
});
