import { groupFlows, largestGroup } from '../../../src/analysis/flows/group.ts';
import { DnsCollector } from '../../../src/analysis/dns/collector.ts';
import { dnsPairs } from '../../../src/analysis/dns/report.ts';
import { noHosts } from '../../../src/analysis/hosts/table.ts';
import { longSessions } from '../../../src/analysis/sessions/long.ts';
import type { Report } from '../../../src/analysis/report/report.ts';
import type { CaptureSummary } from '../../../src/analysis/capture.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { FlowRow } from '../analysis/connections/flow-columns.ts';
import { flowColumns, noSessions, tablesOf } from '../analysis/connections/flow-columns.ts';

/** The report on some flows, as if they came from `captures`. */
export function reportOf(rows: readonly FlowRow[], minFlows: number, captures: CaptureSummary[] = []): Report {
  const flows = flowColumns(rows);
  const groups = groupFlows(flows, 'src,dst,port');
  return {
    settings: { ...DEFAULT_SETTINGS, minFlows, notebookMinFlows: minFlows },
    captures,
    packets: rows.length + 5,
    flowPackets: rows.length,
    flows: rows.length,
    groups: groups.length,
    largestGroup: largestGroup(groups),
    firstMs: null,
    lastMs: null,
    packetsOverTime: new Uint32Array(0),
    sliceMs: 1,
    packetsFirstMs: null,
    range: null,
    long: longSessions(noSessions(flows, groups), groups),
    dns: dnsPairs(new DnsCollector()),
    lostMessages: 0,
    rowsLeftOut: 0,
    ...tablesOf(rows, { minFlows, notebookMinFlows: minFlows }),
    hosts: noHosts(),
  };
}
