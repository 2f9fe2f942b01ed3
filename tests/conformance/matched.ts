import path from 'node:path';
import { capturesIn, expectedRows } from './captures.ts';
import { FLOW_DIFFERENCES } from './differences.ts';
import { type FirstPackets, firstPackets, keyOf } from './first-packets.ts';

/** What NFStream said of a flow, and the flow's first packets. */
export interface Matched {
  /** Capture and NFStream's id: "ndpi_ftp.pcap #1". */
  label: string;
  row: Record<string, string>;
  flow: FirstPackets;
}

/** All flows of a folder of captures, those left out that are different flows here on purpose. */
export async function matchedFlows(folder: string): Promise<Matched[]> {
  const matched: Matched[] = [];
  for (const file of capturesIn(folder).filter((name) => !(name in FLOW_DIFFERENCES))) {
    const flows = new Map<string, FirstPackets[]>();
    for (const flow of await firstPackets(path.join(folder, file))) {
      const sameKey = flows.get(flow.key);
      if (sameKey === undefined) flows.set(flow.key, [flow]);
      else sameKey.push(flow);
    }
    const rows = expectedRows(path.join(folder, file), 'flows');
    const inTime = rows.toSorted((a, b) => Number(a.bidirectional_first_seen_ms) - Number(b.bidirectional_first_seen_ms));
    for (const row of inTime) {
      const flow = flows.get(keyOf(row))?.shift();
      if (flow !== undefined) matched.push({ label: `${file} #${row.id}`, row, flow });
    }
  }
  return matched;
}
