import type { Packet } from 'pcap-ts-parser';
import type { Warning } from './capture.ts';
import { DnsCollector } from './dns/collector.ts';
import { dnsPairs } from './dns/report.ts';
import { FlowBuilder } from './flow-logs/flow-builder.ts';
import type { FlowColumns } from './flows/columns.ts';
import { PacketsOverTime } from './flows/packets-over-time.ts';
import { cutByStamps } from './flows/stray-cuts.ts';
import type { MeteredFlows } from './flows/metered-flows.ts';
import { FlowTable, MOST_FLOWS } from './flows/table.ts';
import { sentThroughProxies, withoutProxies } from './flows/through-proxies.ts';
import { halvesOf, hostsOf, wholeFlows } from './flows/whole-flows.ts';
import { PayloadInspector } from './inspect/flow-inspector.ts';
import { HostSightings } from './inspect/hosts/host-sightings.ts';
import { macsSeen, type VendorLookup } from './inspect/hosts/hosts-seen.ts';
import type { MacLinks } from './inspect/hosts/mac-links.ts';
import { PacketSightings } from './inspect/hosts/packet-sightings.ts';
import { HostNames } from './inspect/names/host-names.ts';
import { answersLeftOut, dnsLeftOut, flowsLeftOut, namesLeftOut, sightingsLeftOut } from './reading-warnings.ts';
import type { AnalysisParts, CapturesRead } from './report/analysis.ts';
import { SessionTable } from './sessions/table.ts';
import type { Settings } from './settings.ts';

/** From so many flows on nothing is made of what is there meanwhile: it would take as much memory again. */
const MOST_SO_FAR = 1 << 19;

/** What an analysis is made of, without what is to be said of each capture. */
export interface GatheredParts extends Pick<AnalysisParts, 'flows' | 'nfstreamFlows' | 'sessions' | 'dns'> {
  read: Omit<CapturesRead, 'captures'>;
  /** Flows of packets that were joined out of halves; null where there are none. */
  halves: ReturnType<typeof halvesOf> | null;
}

/** What becomes of the packets of all captures, and of the rows of all logs: flows, sessions, questions and hosts. */
export class Gathered {
  readonly hostNames = new HostNames();
  readonly logs: FlowBuilder;
  private readonly settings: Settings;
  private readonly vendorOf: VendorLookup;
  private readonly inspector = new PayloadInspector();
  private readonly table: FlowTable;
  private readonly sessions = new SessionTable();
  private readonly dns = new DnsCollector();
  private readonly packetsOverTime = new PacketsOverTime();
  private readonly hostsSeen = new HostSightings();
  private readonly sightings = new PacketSightings(this.hostsSeen);
  private readonly mostSoFar: number;
  private flowPackets = 0;

  /**
   * @param vendorOf who makes adapters, for the list of hosts
   * @param mostSoFar flows that something is made of meanwhile; fewer in tests
   * @param mostFlows flows of packets that are kept
   */
  constructor(
    settings: Settings,
    vendorOf: VendorLookup,
    { mostSoFar = MOST_SO_FAR, mostFlows = MOST_FLOWS }: { mostSoFar?: number; mostFlows?: number } = {},
  ) {
    this.mostSoFar = mostSoFar;
    this.settings = settings;
    this.vendorOf = vendorOf;
    this.table = new FlowTable(settings, this.inspector, mostFlows);
    this.logs = new FlowBuilder(this.dns, this.hostsSeen);
  }

  add(packet: Packet): void {
    const { table, sightings } = this;
    if (packet.ipVersion === 0) {
      sightings.addArp(packet);
      return;
    }
    this.flowPackets++;
    const flowsBefore = table.length;
    table.add(packet);
    if (table.conversation < 0) return;
    sightings.add(packet, table.length > flowsBefore, table.clock.trustedMs);
    this.sessions.add(packet, table.conversation, table.swapped ? 1 : 0, table.clock);
    if (DnsCollector.isDns(packet)) this.dns.add(packet, table.source, table.destination, table.clock.trustedMs);
    this.packetsOverTime.add(table.clock.trustedMs);
  }

  /** Counts a packet that the capture held just before: once more in the flows that are NFStream's, and nowhere else. */
  addDoubled(packet: Packet): void {
    this.table.add(packet);
    this.table.takeBack(packet);
  }

  /** Whether the packet added last is among the first of its flow. */
  get hasJustBegun(): boolean {
    return this.table.hasJustBegun;
  }

  /** What was odd about the stamps of the capture that ends here. */
  clockWarnings(): Warning[] {
    return this.table.clock.takeWarnings();
  }

  /** What found no room. To be asked before `finish`. */
  leftOut(): Warning[] {
    const { names, texts, certificates, siblings, questions } = this.logs;
    const ofLogs = names.leftOut + texts.leftOut + certificates.leftOut;
    return [
      ...flowsLeftOut(this.table, this.inspector.textsLeftOut + ofLogs),
      ...namesLeftOut(siblings.keys.leftOut),
      ...answersLeftOut(questions.leftOut, this.inspector.answersForgotten),
      ...dnsLeftOut(this.dns),
      ...sightingsLeftOut(this.hostsSeen, this.sightings.links, this.hostNames),
    ];
  }

  /** All of it, once no more comes. */
  finish(): GatheredParts {
    return this.parts(this.table.finish(), this.logs, this.hostsSeen, this.sightings.links);
  }

  /**
   * What `finish` would give if no more came (see `FlowTable.soFar`), to be looked at before anything more is added: it
   * shares memory with what goes on. Nothing is changed by it. Null where there are no flows, or very many.
   */
  soFar(): GatheredParts | null {
    const { length } = this;
    if (length === 0 || length > this.mostSoFar) return null;
    return this.parts(this.table.soFar(), this.logs.copy(), this.hostsSeen.copy(), this.sightings.links.copy());
  }

  /** Flows so far. */
  private get length(): number {
    return this.table.length + this.logs.length;
  }

  private parts(
    { flows: metered, nfstream: exported, sane, beside }: MeteredFlows,
    logs: FlowBuilder,
    hostsSeen: HostSightings,
    links: MacLinks,
  ): GatheredParts {
    const { settings, hostNames } = this;
    const halves = hostsOf(sane, beside);
    const sent = settings.nfstream ? sane : sentThroughProxies(sane, this.inspector.asked);
    const joined = wholeFlows(sent, beside, halves, settings.nfstream ? null : cutByStamps(sane, beside));
    const hasLogs = logs.length > 0;
    const flows = hostNames.attach(allFlows(joined, logs));
    return {
      flows,
      // Beside logs, the flows that are exported are the joined ones: what a log has made of halves nobody knows.
      nfstreamFlows: joined === exported || hasLogs ? withoutProxies(flows) : hostNames.attach(exported),
      sessions: this.sessions.finish(),
      dns: dnsPairs(this.dns, joined.addresses, logs.questions.addresses.list(), logs.zoneless.behindMs),
      read: {
        flowPackets: this.flowPackets - this.table.leftOut - this.table.offloaded.flowless,
        packetsOverTime: this.packetsOverTime.slices(),
        macsSeen: macsSeen(hostsSeen, links, this.vendorOf),
        hostsSeen: hostsSeen.all(),
        saidZones: logs.saidZones,
      },
      halves: halves === null ? null : halvesOf(metered, halves),
    };
  }
}

/** The flows of packets and of logs in one. */
function allFlows(flows: FlowColumns, logs: FlowBuilder): FlowColumns {
  if (logs.length === 0) return flows;
  if (flows.length > 0) logs.append(flows);
  return logs.finish();
}
