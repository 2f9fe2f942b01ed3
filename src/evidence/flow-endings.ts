import { type Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import { CLIENT, FLOW_ENDINGS, type FlowEnding, type FlowEndings, type Side } from './evidence.ts';

/** Flows of one connection whose ends are told. */
const MOST_FLOWS = 20_000;
const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

interface OpenFlow {
  clientPort: number;
  serverPort: number;
  firstMs: number;
  lastMs: number;
  /** The server said anything. */
  answered: boolean;
  /** It is TCP whose beginning was seen. */
  began: boolean;
  ending: 'FIN' | 'RST' | null;
}

/** Watches how each flow of a connection ends. */
export class EndingWatch {
  private readonly idleMs: number;
  private readonly flows: OpenFlow[] = [];
  /** Flows by their ports that are not known to have been followed by another. */
  private readonly open = new Map<number, OpenFlow>();
  private others = 0;
  private latestMs = Number.NEGATIVE_INFINITY;

  /**
   * @param idleMs a flow whose last packet came this long before the next one, or before the end, ended by falling silent
   */
  constructor(idleMs: number) {
    this.idleMs = idleMs;
  }

  add(packet: Packet, side: Side, atMs: number): void {
    const [clientPort, serverPort] =
      side === CLIENT ? [packet.sourcePort, packet.destinationPort] : [packet.destinationPort, packet.sourcePort];
    const key = (clientPort << 16) | serverPort;
    const isTcp = packet.protocol === PROTOCOL_TCP;
    const flags = isTcp ? packet.tcpFlags : 0;
    const isSyn = (flags & SYN) !== 0 && (flags & ACK) === 0;
    this.latestMs = Math.max(this.latestMs, atMs);
    let flow = this.open.get(key);
    const isOver = flow !== undefined && (atMs - flow.lastMs > this.idleMs || (isSyn && flow.ending !== null));
    if (flow === undefined || isOver) {
      if (this.flows.length >= MOST_FLOWS) {
        this.others++;
        this.open.delete(key);
        return;
      }
      flow = { clientPort, serverPort, firstMs: atMs, lastMs: atMs, answered: false, began: isSyn, ending: null };
      this.flows.push(flow);
      this.open.set(key, flow);
    }
    flow.lastMs = Math.max(flow.lastMs, atMs);
    if ((flags & RST) !== 0) flow.ending ??= 'RST';
    else if ((flags & FIN) !== 0) flow.ending ??= 'FIN';
    if (side !== CLIENT && (flags & RST) === 0) flow.answered = true;
  }

  finish(): FlowEndings {
    const { flows } = this;
    return {
      length: flows.length,
      clientPort: Uint16Array.from(flows, ({ clientPort }) => clientPort),
      serverPort: Uint16Array.from(flows, ({ serverPort }) => serverPort),
      firstMs: Float64Array.from(flows, ({ firstMs }) => firstMs),
      lastMs: Float64Array.from(flows, ({ lastMs }) => lastMs),
      ending: Uint8Array.from(flows, (flow) => FLOW_ENDINGS.indexOf(this.endingOf(flow))),
      others: this.others,
    };
  }

  /** A connection that a reset refused was closed by it; one that nobody answered was not. */
  private endingOf(flow: OpenFlow): FlowEnding {
    if (flow.ending !== null) return flow.ending;
    if (flow.began && !flow.answered) return 'no answer';
    const followed = this.open.get((flow.clientPort << 16) | flow.serverPort) !== flow;
    return followed || this.latestMs - flow.lastMs > this.idleMs ? 'idle' : 'cut';
  }
}
