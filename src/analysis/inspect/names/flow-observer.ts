import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import type { FindingColumns } from '../finding-columns.ts';
import { datagramProtocol, googleQuic } from './datagram-protocols.ts';
import { DNS_PORT } from '../../protocols/dns.ts';
import { FlowFindings } from './findings.ts';
import { keepClientHello, keepServerHello } from './hello-findings.ts';
import { RecentMap } from '../../memory/recent-map.ts';
import { readAnswers } from '../../protocols/dns-answers.ts';
import { isQuicLongHeader } from '../../protocols/quic.ts';
import { KeyAttempts, QuicFlow } from '../../protocols/quic-flow.ts';
import { STREAM_LIMIT } from '../../protocols/reassembly.ts';
import { DnsCache } from './dns-cache.ts';
import { dnsStream, streamProtocol } from './stream-protocols.ts';
import { CUT_OFF, DONE, DONE_CUT_OFF, MORE, type Progress, READ, TOLD } from '../../flows/inspector.ts';
import { TcpStream } from './tcp-stream.ts';

/**
 * Streams of one direction, and QUIC connections, joined at the same time, the last half of them at least: bounds each to
 * 64 MB whatever a capture holds.
 */
const MOST_JOINED = 4096;

/**
 * Finds in the first packets of flows what they call themselves.
 *
 * Only flows that began a message which may say something take memory besides the columns, until `end`.
 */
export class FlowObserver {
  /** What clients were told about addresses. */
  readonly resolutions = new DnsCache();
  readonly #findings: FlowFindings;
  readonly #sent = new RecentMap<number, TcpStream>(MOST_JOINED);
  readonly #received = new RecentMap<number, TcpStream>(MOST_JOINED);
  readonly #quic = new RecentMap<number, QuicFlow>(MOST_JOINED);
  readonly #keyAttempts = new KeyAttempts();

  /** Writes what it finds into `columns`. */
  constructor(columns?: FindingColumns) {
    this.#findings = new FlowFindings(columns);
  }

  /**
   * Looks into one packet with payload. `flow` is the number of its flow, `forward` says that it goes from the flow's
   * source to its destination, `missing` how many bytes of its stream's beginning have not come before it (0 where that
   * is not known), `nowMs` the time on the packets' clock. Returns `DONE` when nothing more can be learned from this
   * flow, and `TOLD` when nothing more can be from what comes this way.
   */
  observe(flow: number, packet: Packet, forward: boolean, missing: number, nowMs: number): Progress {
    if (packet.protocol === PROTOCOL_TCP) return this.#observeTcp(flow, packet, forward, missing, nowMs);
    if (packet.protocol !== PROTOCOL_UDP) return DONE;
    const isDone = this.#observeUdp(flow, packet, forward);
    if (packet.payloadLength < packet.wirePayloadLength && isCutOff(packet, isDone))
      return isDone ? DONE_CUT_OFF : CUT_OFF;
    return isDone ? DONE : READ;
  }

  /** Learns from a packet what addresses were asked for as, also behind the first packets of a flow. */
  learn(packet: Packet, nowMs: number): void {
    const { bytes, payload } = packet;
    const end = payload + packet.payloadLength;
    if (packet.protocol === PROTOCOL_UDP) this.resolutions.learn(bytes, payload, end, packet, nowMs);
    else if (packet.protocol === PROTOCOL_TCP) this.resolutions.learnStream(bytes, payload, end, packet, nowMs);
  }

  /** Ends a flow and frees what was kept for it. Gives what it said, overwritten by the next call of any method. */
  end(flow: number): FlowFindings {
    if (this.#sent.size > 0) this.#finish(flow, this.#sent, true);
    if (this.#received.size > 0) this.#finish(flow, this.#received, false);
    if (this.#quic.size > 0) this.#quic.delete(flow);
    return this.#findings.of(flow);
  }

  #observeUdp(flow: number, packet: Packet, forward: boolean): boolean {
    const { bytes, payload } = packet;
    if (this.#quic.size > 0 || isQuicLongHeader(bytes, payload, payload + packet.payloadLength)) {
      const quic = this.#quic.get(flow) ?? this.#startQuic(flow, packet);
      if (quic !== null) return this.#observeQuic(flow, quic, packet, forward);
    }
    const protocol = datagramProtocol(packet);
    return protocol === null || protocol(bytes, payload, payload + packet.payloadLength, this.#findings.of(flow));
  }

  #startQuic(flow: number, packet: Packet): QuicFlow | null {
    const { bytes, payload } = packet;
    if (!isQuicLongHeader(bytes, payload, payload + packet.payloadLength)) return null;
    const quic = new QuicFlow(this.#keyAttempts);
    this.#quic.set(flow, quic);
    return quic;
  }

  #observeQuic(flow: number, quic: QuicFlow, packet: Packet, forward: boolean): boolean {
    const { bytes, payload } = packet;
    if (!quic.add(bytes, payload, payload + packet.payloadLength, forward)) return false;
    const findings = this.#findings.of(flow);
    const { client, server } = quic;
    keepClientHello(client.bytes, 0, client.length, 'q', findings, client.isFull);
    const isTold =
      googleQuic(client.bytes, 0, client.length, findings) ||
      keepServerHello(server.bytes, 0, server.length, 'q', findings);
    if (!isTold) return false;
    this.#quic.delete(flow);
    return true;
  }

  #observeTcp(flow: number, packet: Packet, forward: boolean, missing: number, nowMs: number): Progress {
    const streams = forward ? this.#sent : this.#received;
    const stream = streams.size > 0 ? streams.get(flow) : undefined;
    if (stream !== undefined && stream.covers(packet)) {
      if (stream.append(packet)) return this.#readStream(flow, streams, stream, packet, forward, nowMs);
      if (stream.protocol !== null) return MORE;
    }
    const { bytes, payload, sourcePort, destinationPort } = packet;
    const end = payload + packet.payloadLength;
    // The rest of a segment that the capture cut never comes.
    const whole = packet.capturedLength >= packet.wireLength;
    const protocol = streamProtocol(bytes, payload, end, sourcePort, destinationPort);
    const progress = protocol?.read(bytes, payload, end, this.#findings.of(flow), !whole, forward) ?? READ;
    if (whole && missing > 0 && missing < STREAM_LIMIT) {
      // What begins the stream comes late, or never: then only what a segment says by itself counts.
      if (stream === undefined) streams.set(flow, new TcpStream(packet, null, missing));
    } else if (whole && progress === MORE) {
      streams.set(flow, new TcpStream(packet, protocol, 0));
    }
    return !whole && protocol !== null && progress !== TOLD && progress !== DONE ? CUT_OFF : progress;
  }

  /** Looks at all of a stream so far, and lets go of it when its message has been read. */
  #readStream(
    flow: number,
    streams: RecentMap<number, TcpStream>,
    stream: TcpStream,
    packet: Packet,
    forward: boolean,
    nowMs: number,
  ): Progress {
    const { bytes, length } = stream;
    stream.protocol ??= streamProtocol(bytes, 0, length, packet.sourcePort, packet.destinationPort);
    const progress = stream.protocol?.read(bytes, 0, length, this.#findings.of(flow), stream.isFull, forward) ?? READ;
    if (progress === MORE && !stream.isFull) return MORE;
    streams.delete(flow);
    if (stream.protocol === dnsStream && packet.sourcePort === DNS_PORT) {
      this.resolutions.learnStream(bytes, 0, length, packet, nowMs, stream.isFull);
    }
    return progress;
  }

  /** What there is of a message may still tell something. */
  #finish(flow: number, streams: RecentMap<number, TcpStream>, forward: boolean): void {
    const stream = streams.get(flow);
    if (stream === undefined) return;
    streams.delete(flow);
    stream.protocol?.read(stream.bytes, 0, stream.length, this.#findings.of(flow), true, forward);
  }
}

/** Whether a datagram that the capture cut would have told more: an answer of DNS with all its records would not. */
function isCutOff(packet: Packet, isDone: boolean): boolean {
  const { bytes, payload, payloadLength, sourcePort } = packet;
  const end = payload + payloadLength;
  if (sourcePort === DNS_PORT) return !readAnswers(bytes, payload, end, false, () => undefined);
  return !isDone && (isQuicLongHeader(bytes, payload, end) || datagramProtocol(packet) !== null);
}
