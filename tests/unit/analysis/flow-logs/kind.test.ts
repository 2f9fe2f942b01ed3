import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { expect, it, vi } from 'vitest';
import { csvHeader } from '../../../../src/analysis/flow-logs/csv-header.ts';
import { logFormOf } from '../../../../src/analysis/flow-logs/kind.ts';

/** A file of which few bytes come at a time. */
function inPieces(bytes: Uint8Array, length: number): ByteSource {
  const whole = bufferSource(bytes, 'log');
  return {
    ...whole,
    open() {
      const reader = whole.open();
      return { read: (space) => reader.read(space.subarray(0, length)), close: () => reader.close() };
    },
  };
}

const HEADER = 'ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes\n';

it.each([
  ['a log', HEADER],
  ['a log behind bytes that no text begins with', `\0\0\u007fx\tds\t${HEADER}`],
  ['a log whose header comes late', `\u0001${'x'.repeat(300)}\n${HEADER}`],
  ['no log', '\u0001\u0002\u0003\u0004'.repeat(200)],
])('%s is taken for the same in whatever pieces it comes', async (_, text) => {
  const bytes = Buffer.from(text, 'latin1');
  const whole = await logFormOf(bufferSource(bytes, 'log'));
  for (const length of [1, 2, 3, 35, 255, 257]) expect(await logFormOf(inPieces(bytes, length))).toEqual(whole);
});

it('a line of cells without the names of columns is not cut into them', () => {
  const split = vi.spyOn(String.prototype, 'split');
  expect(csvHeader(','.repeat(60_000))).toBeNull();
  expect(csvHeader('src_ip,dst_ip,dst_port,'.repeat(1000))).toBeNull();
  expect(split).not.toHaveBeenCalled();
  split.mockRestore();
  expect(csvHeader('src_ip;dst_ip;dst_port;bidirectional_first_seen_ms')?.separator).toBe(';');
});
