import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { CONTINUED, firstMsOf, type FlowColumns, isLogged, lastMsOf } from '../flows/columns.ts';
import { couldShow } from '../flows/observed.ts';

/** What a list of long sessions has of each; what logs do not tell is NaN. */
export interface LongSession {
  group: number;
  client: string;
  server: string;
  name: string;
  nameSource: number;
  clientPort: number;
  serverPort: number;
  protocol: number;
  startMs: number;
  durationMs: number;
  isOpen: boolean;
  isCutAtStart: boolean;
  bytesSent: number;
  bytesReceived: number;
  idleShare: number;
  messages: number;
  probes: number;
  keepAliveS: number;
  flows: number;
}

/** Connections that only logs tell of, each with the pieces that a timeout cut it into. */
export class LoggedSessions {
  private readonly flows: FlowColumns;
  /** By flow: when the last of its pieces ended, and how many there are, where that is not the flow itself. */
  private readonly ends = new Map<number, { lastMs: number; pieces: number }>();

  constructor(flows: FlowColumns) {
    this.flows = flows;
    for (let flow = 0; flow < flows.length; flow++) {
      if (flows.begin[flow] !== CONTINUED || !isLogged(this.flows, flow)) continue;
      const first = flows.firstPiece[flow];
      const { lastMs, pieces } = this.ends.get(first) ?? { lastMs: 0, pieces: 1 };
      this.ends.set(first, { lastMs: Math.max(lastMs, lastMsOf(flows, flow)), pieces: pieces + 1 });
    }
  }

  /** Flows of TCP and UDP that took as long, but for pieces of others. */
  long(leastMs: number): number[] {
    const { protocol, begin, length } = this.flows;
    const long: number[] = [];
    for (let flow = 0; flow < length; flow++) {
      if (!isLogged(this.flows, flow) || begin[flow] === CONTINUED || this.durationMs(flow) < leastMs) continue;
      if (protocol[flow] === PROTOCOL_TCP || protocol[flow] === PROTOCOL_UDP) long.push(flow);
    }
    return long;
  }

  durationMs(flow: number): number {
    return Math.max(lastMsOf(this.flows, flow), this.ends.get(flow)?.lastMs ?? 0) - firstMsOf(this.flows, flow);
  }

  of(flow: number, group: number): LongSession {
    const { flows } = this;
    return {
      group,
      client: flows.addresses.text(flows.source[flow]),
      server: flows.addresses.text(flows.destination[flow]),
      name: flows.names[flows.name[flow]],
      nameSource: flows.nameSource[flow],
      clientPort: flows.sourcePort[flow],
      serverPort: flows.destinationPort[flow],
      protocol: flows.protocol[flow],
      startMs: firstMsOf(flows, flow),
      durationMs: this.durationMs(flow),
      isOpen: false,
      isCutAtStart: flows.protocol[flow] === PROTOCOL_TCP && !couldShow(flows.observed[flow], 'begin'),
      bytesSent: flows.payloadSent[flow],
      bytesReceived: flows.payloadReceived[flow],
      idleShare: Number.NaN,
      messages: Number.NaN,
      probes: 0,
      keepAliveS: Number.NaN,
      flows: this.ends.get(flow)?.pieces ?? 1,
    };
  }
}
