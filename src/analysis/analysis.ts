import { connectionDetail } from './connections/detail.ts';
import { groupFlows, type Groups, largestGroup } from './connections/group.ts';
import { SeenThrough } from './connections/seen-through.ts';
import { buildReportTables } from './connections/table.ts';
import type { FlowColumns } from './flows/columns.ts';
import type { CaptureSummary, ConnectionDetail, Report } from './report.ts';
import type { ListSettings, Settings } from './settings.ts';

interface Span {
  firstMs: number;
  lastMs: number;
}

/** Stands for the span of no flows: nothing is scored by it. */
const NO_SPAN: Span = { firstMs: 0, lastMs: 0 };

/** Flows -> connections -> intervals -> scores -> report: what was read, ready to be asked again in another way. */
export class Analysis {
  readonly captures: CaptureSummary[];
  readonly flows: FlowColumns;
  private readonly settings: Settings;
  private readonly flowPackets: number;
  private readonly packetsOverTime: { counts: Uint32Array; sliceMs: number };
  private readonly through: SeenThrough;
  private readonly span: Span | null;
  private list: ListSettings;
  private groups: Groups;

  constructor(
    settings: Settings, captures: CaptureSummary[], flowPackets: number,
    packetsOverTime: { counts: Uint32Array; sliceMs: number }, flows: FlowColumns,
  ) {
    this.settings = settings;
    this.captures = captures;
    this.flowPackets = flowPackets;
    this.packetsOverTime = packetsOverTime;
    this.flows = flows;
    this.through = new SeenThrough(flows);
    this.span = spanOf(flows);
    this.list = settings;
    this.groups = groupFlows(flows, settings.grouping);
  }

  /**
   * Connections with strictly more than `list.minFlows` flows, grouped and scored. Its arrays are the caller's to
   * transfer. What is asked for later (`detail`) goes by this list.
   *
   * @param onScored told now and then how many of how many connections are scored
   */
  report(list: ListSettings, onScored?: (scored: number, listed: number) => void): Report {
    if (list.grouping !== this.list.grouping) this.groups = groupFlows(this.flows, list.grouping);
    this.list = list;
    const { span } = this;
    return {
      settings: { ...this.settings, ...picked(list) },
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
      ...buildReportTables(this.through, this.groups, list, span ?? NO_SPAN, onScored),
    };
  }

  /** All of one group of the list asked for last (`ConnectionTable.group`). Throws a `RangeError` for a group there is none of. */
  detail(group: number): ConnectionDetail {
    if (!(group >= 0 && group < this.groups.length)) throw new RangeError(`no group ${group}: there are ${this.groups.length}`);
    const members = this.groups.order.subarray(this.groups.offsets[group], this.groups.offsets[group + 1]);
    return connectionDetail(this.through, members, this.list, this.span ?? NO_SPAN);
  }
}

function picked({ minFlows, notebookMinFlows, grouping }: ListSettings): ListSettings {
  return { minFlows, notebookMinFlows, grouping };
}

function spanOf(flows: FlowColumns): Span | null {
  if (flows.length === 0) return null;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let flow = 0; flow < flows.length; flow++) {
    firstMs = Math.min(firstMs, flows.firstMs[flow]);
    lastMs = Math.max(lastMs, flows.lastMs[flow]);
  }
  return { firstMs, lastMs };
}
