import { type Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import { DNS_PORT, LLMNR_PORT, MDNS_PORT } from '../analysis/protocols/dns.ts';
import { behindEmptyLines, isHttpRequest } from '../analysis/protocols/http.ts';
import { goesToGroup } from '../analysis/protocols/replies.ts';
import { isHttp2Preface } from '../analysis/protocols/http2.ts';
import { isOldClientHello, isTlsClientHello } from '../analysis/protocols/tls.ts';
import { DnsExchanges } from './dns-exchanges.ts';
import { DnsSide } from './dns-side.ts';
import { CLIENT, type Exchange, SERVER, type Side } from './evidence.ts';
import { HttpExchanges } from './http-exchanges.ts';
import { QuicExchange } from './quic-exchange.ts';
import { StreamSide, type StreamSink } from './stream-side.ts';
import { TlsExchange } from './tls-exchanges.ts';

/** Bytes of the beginning of each side that are kept. */
export const FIRST_BYTES = 256;
/** So many bytes tell what a client speaks. */
const TELLING_BYTES = 8;
const DNS_PORTS: ReadonlySet<number> = new Set([DNS_PORT, MDNS_PORT, LLMNR_PORT]);

/** Takes a request as it begins; false where no more are wanted. */
export type ExchangeTaker = (exchange: Exchange) => boolean;

interface Reading {
  sinks: readonly [StreamSink, StreamSink];
  /** Whether something else may begin: nothing more is learned from what goes on. */
  isOver: () => boolean;
  finish: () => void;
}

/** Reads the requests of one flow, and its first bytes each way. */
export class FlowReader {
  readonly first: readonly [FirstBytes, FirstBytes] = [new FirstBytes(), new FirstBytes()];
  /** Whether each side said anything, captured or not. */
  readonly spoke: [boolean, boolean] = [false, false];
  private readonly clientPort: number;
  private readonly serverPort: number;
  private readonly take: ExchangeTaker;
  private readonly sides: readonly [StreamSide, StreamSide];
  private readonly dns: DnsExchanges;
  /** What is spoken; null until the client has said something. */
  private reading: Reading | null = null;
  private http: HttpExchanges | null = null;
  private quic: QuicExchange | null = null;
  private readonly head: number[] = [];
  private headMs: number | null = null;
  /** No more requests are wanted. */
  private isFull = false;

  constructor(clientPort: number, serverPort: number, take: ExchangeTaker) {
    this.clientPort = clientPort;
    this.serverPort = serverPort;
    this.take = take;
    this.dns = new DnsExchanges(take);
    this.sides = [new StreamSide(this.sinkOf(CLIENT)), new StreamSide(this.sinkOf(SERVER))];
  }

  add(packet: Packet, side: Side, atMs: number): void {
    if (packet.wirePayloadLength > 0) this.spoke[side] = true;
    if (packet.protocol === PROTOCOL_TCP) {
      this.sides[side].add(packet, atMs);
      return;
    }
    const { bytes, payload, payloadLength } = packet;
    this.first[side].add(bytes, payload, payload + payloadLength);
    if (!DNS_PORTS.has(this.serverPort)) {
      this.quic ??= new QuicExchange(this.clientPort, this.takeWanted);
      this.quic.add(bytes, payload, payload + payloadLength, side, atMs);
      return;
    }
    const seen = { clientPort: this.clientPort, atMs, toGroup: goesToGroup(packet) };
    this.dns.add(bytes, payload, payload + payloadLength, seen);
  }

  finish(): void {
    for (const side of this.sides) side.flush();
    this.reading?.finish();
    this.quic?.finish();
  }

  private sinkOf(side: Side): StreamSink {
    return {
      data: (bytes, start, end, atMs) => {
        this.first[side].add(bytes, start, end);
        if (side === CLIENT) this.takeSent(bytes, start, end, atMs);
        else this.reading?.sinks[side].data(bytes, start, end, atMs);
      },
      gap: (missing, atMs) => this.reading?.sinks[side].gap(missing, atMs),
      restart: () => {
        if (side === CLIENT) this.restart();
      },
    };
  }

  private restart(): void {
    this.reading?.finish();
    this.reading = this.http = this.headMs = null;
    this.head.length = 0;
  }

  private takeSent(bytes: Uint8Array, start: number, end: number, atMs: number): void {
    if (this.reading === null) {
      this.addHead(bytes, start, end, atMs);
      return;
    }
    // Behind a greeting, in a tunnel, or behind what the capture cut a segment may begin something anew.
    if (!this.isFull && this.reading.isOver() && end - start >= TELLING_BYTES) {
      this.reading = this.begin(bytes, start, end) ?? this.reading;
    }
    this.reading.sinks[CLIENT].data(bytes, start, end, atMs);
  }

  /** The first bytes of the client tell what is spoken, once there are enough of them. */
  private addHead(bytes: Uint8Array, start: number, end: number, atMs: number): void {
    this.headMs ??= atMs;
    for (let at = start; at < end; at++) this.head.push(bytes[at]);
    if (this.head.length < TELLING_BYTES) return;
    const head = Uint8Array.from(this.head);
    const told = this.begin(head, 0, head.length) ?? (this.serverPort === DNS_PORT ? this.dnsReading() : null);
    this.reading = told ?? UNKNOWN;
    // Behind few bytes of something else it may begin with the last of them.
    if (told === null) this.takeSent(bytes, start, end, atMs);
    else told.sinks[CLIENT].data(head, 0, head.length, this.headMs);
  }

  /** Reads what begins with these bytes of the client; null where they do not tell what it is. */
  private begin(bytes: Uint8Array, start: number, end: number): Reading | null {
    const { clientPort, takeWanted } = this;
    if (isTlsClientHello(bytes, start, end) || isOldClientHello(bytes, start, end)) {
      const tls = new TlsExchange(clientPort, takeWanted);
      return { sinks: [tls.client, tls.server], isOver: never, finish: () => tls.finish() };
    }
    const isRequest = isHttpRequest(bytes, behindEmptyLines(bytes, start, end), end);
    if (isRequest && !isHttp2Preface(bytes, start, end)) {
      const http = (this.http ??= new HttpExchanges(clientPort, takeWanted));
      http.restart();
      return { sinks: [http.client, http.server], isOver: () => http.isOver, finish: nothing };
    }
    return null;
  }

  private readonly takeWanted: ExchangeTaker = (exchange) => {
    this.isFull = !this.take(exchange);
    return !this.isFull;
  };

  private dnsReading(): Reading {
    return { sinks: [this.dnsSide(), this.dnsSide()], isOver: never, finish: nothing };
  }

  private dnsSide(): DnsSide {
    return new DnsSide((bytes, start, end, atMs) => {
      this.dns.add(bytes, start, end, { clientPort: this.clientPort, atMs, toGroup: false });
    });
  }
}

/** The first bytes that a side says. */
export class FirstBytes {
  private bytes: number[] = [];

  add(source: Uint8Array, start: number, end: number): void {
    const stop = Math.min(end, start + FIRST_BYTES - this.bytes.length);
    for (let at = start; at < stop; at++) this.bytes.push(source[at]);
  }

  get isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  taken(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

const SILENT: StreamSink = { data: nothing, gap: nothing };
/** Of what is none of these protocols. */
const UNKNOWN: Reading = { sinks: [SILENT, SILENT], isOver: () => true, finish: nothing };

function nothing(): void {}

function never(): boolean {
  return false;
}
