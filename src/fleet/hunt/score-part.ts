import { parentPort } from 'node:worker_threads';
import type { CaptureSummary } from '../../analysis/capture.ts';
import { Analysis, NOTHING_READ } from '../../analysis/report/analysis.ts';
import { DnsCollector } from '../../analysis/dns/collector.ts';
import { dnsPairs } from '../../analysis/dns/report.ts';
import { PacketsOverTime } from '../../analysis/flows/packets-over-time.ts';
import type { FlowColumns } from '../../analysis/flows/columns.ts';
import { noHosts } from '../../analysis/hosts/table.ts';
import type { Report } from '../../analysis/report/report.ts';
import { SessionTable } from '../../analysis/sessions/table.ts';
import { DEFAULT_SETTINGS, type ListSettings } from '../../analysis/settings.ts';
import { recordsOf } from '../engine/native-read.ts';
import { flowsOf } from './flow-reader.ts';
import { type HostNote, hostNotes } from './hosts.ts';
import { type Network, networkCounts } from './network.ts';
import { saidZonesIn } from './zones.ts';

/** What a thread does that was started with this: see `serveParts`. */
export const SCORE_PARTS = 'score parts';

/** What a worker gets: the flows of one part, and what they are judged against. */
export interface PartJob {
  /** Answers of the engine: flows, and how many hosts go where. */
  flows: Uint8Array;
  prevalence: Uint8Array;
  network: Network;
  list: ListSettings;
  /** Files whose flows could not show something, and bits of `OBSERVED` of what. */
  unobserved: readonly { file: number; bits: number }[];
}

/** What a part came to: its report, without hosts, whose connections may lie in several parts. */
export interface ScoredPart {
  report: Report;
  notes: HostNote[];
}

/** Groups, scores and triages the connections of one part: the same code as in memory, told of the whole network. */
export function scorePart({ flows, prevalence, network, list, unobserved }: PartJob): ScoredPart {
  const analysis = analysisOf(flowsOf(flows, unobserved), network, prevalence, list);
  const report = analysis.report(list);
  return { report: { ...report, hosts: noHosts() }, notes: hostNotes(analysis.seenHosts()) };
}

/** In a worker thread: scores one part after another. What goes wrong ends the worker, and its pool tells. */
export function serveParts(): void {
  parentPort?.on('message', (job: PartJob) => {
    parentPort?.postMessage(scorePart(job));
  });
}

/**
 * Flows as an analysis that has no packets: sessions and what clients asked resolvers for are told by packets alone.
 *
 * @param captures what is told of where they come from
 */
export function analysisOf(
  flows: FlowColumns,
  network: Network | null,
  prevalence: Uint8Array,
  list: ListSettings,
  captures: CaptureSummary[] = [],
): Analysis {
  const packetsOverTime = new PacketsOverTime().slices();
  const counted = recordsOf(prevalence);
  return new Analysis({
    settings: { ...DEFAULT_SETTINGS, ...list },
    read: { ...NOTHING_READ, captures, packetsOverTime, saidZones: saidZonesIn(counted) },
    flows,
    nfstreamFlows: flows,
    sessions: new SessionTable().finish(),
    dns: dnsPairs(new DnsCollector()),
    network: network === null ? null : networkCounts(network, counted),
    baseline: null,
  });
}
