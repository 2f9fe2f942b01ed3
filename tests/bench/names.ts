import { open } from 'node:fs/promises';
import { fileHandleSource, type Packet, readPackets } from 'pcap-ts-parser';
import { FlowTable } from '../../src/analysis/flows/table.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';

const ROUNDS = 5;

/** Seconds to decode a file into flows, without and with looking into packets: the best of several rounds in turn. */
export interface NamesMeasurement {
  withoutSeconds: number;
  withSeconds: number;
}

/** What names, fingerprints and applications cost on a file, in Node. */
export async function costOfNames(file: string): Promise<NamesMeasurement> {
  const best: NamesMeasurement = { withoutSeconds: Number.POSITIVE_INFINITY, withSeconds: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round++) {
    best.withoutSeconds = Math.min(best.withoutSeconds, await decode(file, new FlowTable(DEFAULT_SETTINGS, 0)));
    best.withSeconds = Math.min(best.withSeconds, await decode(file, new FlowTable(DEFAULT_SETTINGS)));
  }
  return best;
}

async function decode(file: string, table: FlowTable): Promise<number> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const startedMs = performance.now();
    const add = (packet: Packet): void => {
      if (packet.ipVersion !== 0) table.add(packet);
    };
    await readPackets(fileHandleSource(handle, size, file), add, { openTunnels: false });
    table.finish();
    return (performance.now() - startedMs) / 1000;
  } finally {
    await handle.close();
  }
}
