import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FlowColumns } from '../../src/analysis/flows/columns.ts';
import { NOTEBOOK_COLUMNS } from '../../src/analysis/scores/notebook.ts';
import { textsOf } from '../../src/analysis/report.ts';
import { analyzeFile, capturesIn, expectedRows } from './captures.ts';
import { FLOW_DIFFERENCES } from './differences.ts';
import { sharedFolder } from './shared.ts';

const TOLERANCE = 1e-9;

/** NFStream's columns that make up a flow here: key, times, packets and bytes by direction, and how it ended. */
function flowRow(flows: FlowColumns, id: number): Record<string, string> {
  const values = {
    id,
    expiration_id: flows.expirationId[id],
    src_ip: flows.addresses[flows.source[id]],
    src_port: flows.sourcePort[id],
    dst_ip: flows.addresses[flows.destination[id]],
    dst_port: flows.destinationPort[id],
    protocol: flows.protocol[id],
    ip_version: flows.ipVersion[id],
    vlan_id: flows.vlanId[id],
    tunnel_id: flows.tunnelId[id],
    bidirectional_first_seen_ms: flows.firstMs[id],
    bidirectional_last_seen_ms: flows.lastMs[id],
    src2dst_packets: flows.packetsSent[id],
    src2dst_bytes: flows.bytesSent[id],
    dst2src_packets: flows.packetsReceived[id],
    dst2src_bytes: flows.bytesReceived[id],
  };
  return Object.fromEntries(Object.entries(values).map(([column, value]) => [column, String(value)]));
}

function pick(row: Record<string, string>, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

for (const name of ['flows', 'c2']) {
  const captures = sharedFolder('captures');
  const folder = captures === null ? null : path.join(captures, name);
  describe.skipIf(folder === null)(`what NFStream and the notebook gave (../shared/captures/${name})`, () => {
    const files = folder === null ? [] : capturesIn(folder);
    const equal = files.filter((file) => !(file in FLOW_DIFFERENCES));

    it.each(equal)('%s: the same flows in the same order', async (file) => {
      const { flows } = await analyzeFile(path.join(folder ?? '', file));
      const got = Array.from({ length: flows.length }, (_, id) => flowRow(flows, id));
      const columns = Object.keys(got[0] ?? {});
      expect(got).toEqual(expectedRows(path.join(folder ?? '', file), 'flows').map((row) => pick(row, columns)));
    });

    it.each(equal)('%s: the same frame of connections', async (file) => {
      const analysis = await analyzeFile(path.join(folder ?? '', file));
      const report = analysis.report({ minFlows: 1, notebookMinFlows: 1, grouping: 'src,dst,port' });
      const addresses = textsOf(report.addresses);
      const { connections } = report;
      const expected = expectedRows(path.join(folder ?? '', file), 'scores');
      expect(connections).toHaveLength(expected.length);
      for (const [row, want] of expected.entries()) {
        const key = [
          connections.group[row], addresses[connections.source[row]], addresses[connections.destination[row]],
          connections.destinationPort[row], connections.flows[row],
        ];
        expect(key.map(String)).toEqual([want.row, want.src_ip, want.dst_ip, want.dst_port, want.ConnectionCount]);
        for (const column of NOTEBOOK_COLUMNS) {
          const got = connections.notebook[column][row];
          expect(Math.abs(got - Number(want[column])), `${column} of row ${row}: ${got}`).toBeLessThanOrEqual(TOLERANCE);
        }
      }
    });

    const different = files.filter((file) => file in FLOW_DIFFERENCES);
    it.skipIf(different.length === 0).each(different)('%s: different, for a reason that still holds', async (file) => {
      const { flows } = await analyzeFile(path.join(folder ?? '', file));
      const got = Array.from({ length: flows.length }, (_, id) => flowRow(flows, id));
      const columns = Object.keys(got[0] ?? {});
      expect(got).not.toEqual(expectedRows(path.join(folder ?? '', file), 'flows').map((row) => pick(row, columns)));
    });
  });
}
