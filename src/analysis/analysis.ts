import { connectionDetail } from './connections/detail.ts';
import { groupFlows, type Groups, largestGroup } from './connections/group.ts';
import { buildReportTables } from './connections/table.ts';
import type { FlowColumns } from './flows/columns.ts';
import type { CaptureSummary, ConnectionDetail, Report } from './report.ts';
import type { Settings } from './settings.ts';

/** Flows -> connections -> intervals -> scores -> report: what was read, ready to be asked again under another limit. */
export class Analysis {
  readonly captures: CaptureSummary[];
  readonly flows: FlowColumns;
  private readonly settings: Settings;
  private readonly flowPackets: number;
  private readonly packetsOverTime: { counts: Uint32Array; sliceMs: number };
  private readonly groups: Groups;

  constructor(
    settings: Settings, captures: CaptureSummary[], flowPackets: number,
    packetsOverTime: { counts: Uint32Array; sliceMs: number }, flows: FlowColumns,
  ) {
    this.settings = settings;
    this.captures = captures;
    this.flowPackets = flowPackets;
    this.packetsOverTime = packetsOverTime;
    this.flows = flows;
    this.groups = groupFlows(flows);
  }

  /** Connections with strictly more than `minFlows` flows, grouped and scored. Its arrays are the caller's to transfer. */
  report(minFlows: number): Report {
    const span = spanOf(this.flows);
    return {
      settings: { ...this.settings, minFlows },
      captures: this.captures,
      packets: this.captures.reduce((sum, capture) => sum + capture.packets, 0),
      flowPackets: this.flowPackets,
      flows: this.flows.length,
      groups: this.groups.length,
      largestGroup: largestGroup(this.groups),
      firstMs: span === null ? null : span.firstMs,
      lastMs: span === null ? null : span.lastMs,
      packetsOverTime: this.packetsOverTime.counts.slice(),
      sliceMs: this.packetsOverTime.sliceMs,
      ...buildReportTables(this.flows, this.groups, minFlows),
    };
  }

  /** The flows of one group (`ConnectionTable.group`). Throws a `RangeError` for a group there is none of. */
  detail(group: number): ConnectionDetail {
    if (!(group >= 0 && group < this.groups.length)) throw new RangeError(`no group ${group}: there are ${this.groups.length}`);
    return connectionDetail(this.flows, this.groups, group);
  }
}

function spanOf(flows: FlowColumns): { firstMs: number; lastMs: number } | null {
  if (flows.length === 0) return null;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let flow = 0; flow < flows.length; flow++) {
    firstMs = Math.min(firstMs, flows.firstMs[flow]);
    lastMs = Math.max(lastMs, flows.lastMs[flow]);
  }
  return { firstMs, lastMs };
}
