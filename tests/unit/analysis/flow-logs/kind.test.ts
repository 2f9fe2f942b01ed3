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

const ROW = '1700000000.250000\tC1\t10.0.0.5\t40000\t203.0.113.7\t443\ttcp\n';

it.each([
  ['rows of Zeek without a header', ROW.repeat(2), /without its header/],
  ['such rows with commas', ROW.repeat(2).replaceAll('\t', ','), /without its header/],
  ['such rows behind blanks', ROW.repeat(2).replaceAll('\t', '  '), /without its header/],
  ['such rows as syslog has them', `Nov 14 22:13:20 sensor zeek: ${ROW}`, /without its header/],
  ['a table of CICFlowMeter', 'Flow ID,Src IP,Src Port,Dst IP,Dst Port,Protocol,Timestamp\n', /table of connections/],
  [
    'one of nfdump',
    'ts,te,td,sa,da,sp,dp,pr\n2026-01-01,2026-01-01,1,10.0.0.1,10.0.0.2,1,2,TCP\n',
    /table of connections/,
  ],
  ['one of Argus', 'StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport\n', /table of connections/],
  [
    'one that NFStream made without times',
    'id,src_ip,src_port,dst_ip,dst_port,protocol\n',
    /bidirectional_first_seen_ms/,
  ],
  ["NFStream's flows as JSON", '{"src_ip":"10.0.0.1","dst_ip":"10.0.0.2","src2dst_bytes":7}\n', /write it as CSV/],
  [
    'columns of pandas as JSON',
    '{"ts":{"0":1},"id.orig_h":{"0":"10.0.0.1"},"id.resp_h":{"0":"10.0.0.2"}}',
    /it is JSON/,
  ],
  [
    'what a honeypot writes',
    '{"src_ip":"10.0.0.1","dst_ip":"10.0.0.2","timestamp":"2026-01-01T00:00:00Z"}\n',
    /it is JSON/,
  ],
  ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n', /git lfs pull/],
])('%s is refused with what it is', async (_, text, words) => {
  const form = await logFormOf(bufferSource(new TextEncoder().encode(text), 'log'));
  expect(form).toEqual({ refused: expect.stringMatching(words) as string });
});

it.each([
  ['prose', 'From the source, over land, to the sea, destinations are many, and so on\n'],
  ['other tables', 'name,amount,date,place\nx,1,2026-01-01,y\n'],
])('%s is nothing that it knows', async (_, text) => {
  expect(await logFormOf(bufferSource(new TextEncoder().encode(text), 'log'))).toBeNull();
});
