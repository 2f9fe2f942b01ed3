import { describe, expect, it } from 'vitest';
import type { CaptureSummary } from '../../../../../src/analysis/capture.ts';
import type { ConnectionDetail, FlowEnd } from '../../../../../src/analysis/connections/connection-detail.ts';
import type { ConnectionEnds } from '../../../../../src/export/carve.ts';
import type { ExportSource } from '../../../../../src/state/export-source.ts';
import { carvedFile, hasPackets } from '../../../../../src/views/panels/export/carved.ts';
import { reportOf } from '../../../state/reports.ts';

const REPORT = reportOf([
  { source: '10.0.0.1', destination: '203.0.113.1', port: 80 },
  { source: '10.0.0.2', destination: '203.0.113.9', port: 443 },
]);
const END: FlowEnd = { address: '203.0.113.9', protocol: 6, port: 443 };

/** A worker that tells of the second connection's flows, and takes note of what it is to cut out. */
function worker({ ends = [END], packets = 7, unread = '' } = {}) {
  const asked: { groups: number[]; connections: ConnectionEnds[] } = { groups: [], connections: [] };
  const source = {
    detail: async (group: number) => {
      asked.groups.push(group);
      return { ok: true, value: { ends } as ConnectionDetail };
    },
    carve: async (connections: readonly ConnectionEnds[], onRead: (bytes: number) => void) => {
      asked.connections.push(...connections);
      onRead(5);
      return { ok: true, value: { file: new Blob(['cut out']), packets, unread } };
    },
  } as unknown as ExportSource;
  return { source, asked };
}

describe('the file of carved packets', () => {
  it('is made of the connection of the row, and says how far it is', async () => {
    const { source, asked } = worker();
    const read: number[] = [];
    const { name, blob, note } = await carvedFile(source, REPORT, 1, (bytes) => read.push(bytes));
    expect(name).toMatch(/^beaconscope-packets-\d{8}-\d{6}\.pcapng$/);
    expect(await blob.text()).toBe('cut out');
    expect(note).toBeUndefined();
    expect(asked).toEqual({
      groups: [1],
      connections: [{ source: '10.0.0.2', destination: '203.0.113.9', port: 443 }],
    });
    expect(read).toEqual([5]);
  });

  it('takes every address and port that the flows go to, and says how many addresses it leaves out', async () => {
    const report = reportOf([{ source: '10.0.0.2', destination: '203.0.113.9', port: 443 }]);
    report.connections.otherPorts[0] = 1;
    report.connections.otherDestinations[0] = 4;
    const { source, asked } = worker({ ends: [END, { ...END, port: 80 }, { ...END, address: '203.0.113.10' }] });
    const { note } = await carvedFile(source, report, 0, () => {});
    expect(asked.connections).toEqual([
      { source: '10.0.0.2', destination: '203.0.113.9', port: null },
      { source: '10.0.0.2', destination: '203.0.113.10', port: null },
    ]);
    expect(note).toBe('without those of the 3 addresses that fewest flows go to');
  });

  it('says what of the captures could not be read again', async () => {
    const unread = 'Not all was read: a.pcap from byte 9 on: it cannot be read.';
    expect((await carvedFile(worker({ unread }).source, REPORT, 1, () => {})).note).toBe(unread);
    const { source } = worker({ unread, packets: 0 });
    await expect(carvedFile(source, REPORT, 1, () => {})).rejects.toThrow(`no packet of it. ${unread}`);
  });

  it('is none without packets, and where the worker fails', async () => {
    await expect(carvedFile(worker({ packets: 0 }).source, REPORT, 1, () => {})).rejects.toThrow(
      'the captures hold no packet of it',
    );
    const failure = { kind: 'unreadable', message: 'the file is gone', file: null, offset: null };
    const source = { ...worker().source, carve: async () => ({ ok: false, failure }) } as unknown as ExportSource;
    await expect(carvedFile(source, REPORT, 1, () => {})).rejects.toThrow('the file is gone');
  });
});

it('packets are there to be cut out where a capture was read, not where a log was', () => {
  const capture: CaptureSummary = {
    file: 'a',
    format: 'pcap',
    compression: null,
    packets: 3,
    bytes: 9,
    comments: 0,
    firstMs: 0,
    lastMs: 1,
    warnings: [],
  };
  expect(hasPackets({ ...REPORT, captures: [] })).toBe(false);
  expect(hasPackets({ ...REPORT, captures: [{ ...capture, packets: 0, flows: 8 }] })).toBe(false);
  expect(hasPackets({ ...REPORT, captures: [{ ...capture, packets: 0, flows: 8 }, capture] })).toBe(true);
});
