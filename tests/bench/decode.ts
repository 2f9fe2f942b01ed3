import { open } from 'node:fs/promises';
import { fileHandleSource, type Packet, readPackets } from 'pcap-ts-parser';
import { FlowTable } from '../../src/analysis/flows/table.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';

const ROUNDS = 15;

/**
 * Seconds to decode a file into flows, `with` or `without` looking into packets, the best of several rounds: of processor
 * time, in which what else the machine does counts little.
 */
export async function decodeSeconds(file: string, names: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const table = names === 'with' ? new FlowTable(DEFAULT_SETTINGS) : new FlowTable(DEFAULT_SETTINGS, 0);
    best = Math.min(best, await decode(file, table));
  }
  return best;
}

async function decode(file: string, table: FlowTable): Promise<number> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const started = process.cpuUsage();
    const add = (packet: Packet): void => {
      if (packet.ipVersion !== 0) table.add(packet);
    };
    await readPackets(fileHandleSource(handle, size, file), add, { openTunnels: false });
    table.finish();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  } finally {
    await handle.close();
  }
}
