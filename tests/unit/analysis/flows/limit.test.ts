import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Packet } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { firstMsOf } from '../../../../src/analysis/flows/columns.ts';
import { FlowTable, MOST_FLOWS } from '../../../../src/analysis/flows/table.ts';

const TIMEOUTS = { idleTimeoutMs: 120_000, activeTimeoutMs: 1_800_000 };
/** Addresses of the packet at hand: source, then destination. */
const bytes = new Uint8Array(8);

function packetOf(host: number, seconds: number): Packet {
  new DataView(bytes.buffer).setUint32(0, 0x0a00_0000 + host);
  new DataView(bytes.buffer).setUint32(4, 0xc000_0201);
  return Object.assign(new Packet(), {
    bytes,
    ipVersion: 4,
    source: 0,
    destination: 4,
    protocol: 17,
    sourcePort: 5000,
    destinationPort: 53,
    seconds,
    wireLength: 60,
    ipLength: 46,
  });
}

describe('the room for flows', () => {
  it('is what the README says, and the whole table where nobody gives it less', () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../../../README.md'), 'utf8');
    const [all, half] = [MOST_FLOWS, MOST_FLOWS / 2].map((count) => count.toLocaleString('en'));
    expect(readme.replaceAll(/\s+/g, ' ')).toContain(`From ${all} on, in the page from ${half} on, they are counted`);
    expect(new FlowTable(TIMEOUTS).most).toBe(MOST_FLOWS);
  });

  it('keeps the flows there are and counts the packets of all others', () => {
    const table = new FlowTable(TIMEOUTS, null, 100);
    for (let host = 0; host < 150; host++) {
      table.add(packetOf(host, 1_700_000_000));
      expect(table.conversation < 0).toBe(host >= 100);
    }
    for (let host = 0; host < 150; host++) table.add(packetOf(host, 1_700_000_001));
    expect(table.leftOut).toBe(100);
    const { flows } = table.finish();
    expect([flows.length, Math.min(...flows.packetsSent), Math.max(...flows.packetsSent)]).toEqual([100, 2, 2]);
    expect(firstMsOf(flows, 0)).toBe(1_700_000_000_000);
  });

  it('begins no further flow of a conversation either, once it is full', () => {
    const table = new FlowTable(TIMEOUTS, null, 10);
    for (let host = 0; host < 10; host++) table.add(packetOf(host, 1_700_000_000));
    table.add(packetOf(3, 1_700_000_500));
    expect([table.length, table.leftOut]).toEqual([10, 1]);
  });
});

it('no flow has just begun where there is none', () => {
  expect(new FlowTable(TIMEOUTS).hasJustBegun).toBe(false);
});
