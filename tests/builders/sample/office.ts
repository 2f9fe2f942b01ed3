import { macOf } from '../address.ts';
import type { Endpoint, Message } from '../conversation.ts';
import { tcpConversation, udpExchange } from '../conversation.ts';
import { concat } from '../payloads/bytes.ts';
import { dnsQuery, dnsResponse } from '../payloads/dns.ts';
import { tlsApplicationData, tlsClientHello, tlsServerHello } from '../payloads/tls.ts';
import type { PacketRecord } from '../pcap.ts';
import { addressOf, DOMAIN_CONTROLLER, GATEWAY, roundTripTo, UPSTREAM_RESOLVER } from './hosts.ts';

/** Seconds an answer may be reused: the time to live in every DNS response. */
const DNS_TTL = 300;
const LARGEST_RECORD = 16_384;
const APPLICATION_DATA = 23;

/** One request and its response inside a TLS connection, in bytes of application data. */
export interface TlsRound {
  sent: number;
  received: number;
  /** Seconds the client waits before it asks. */
  pause?: number;
}

/**
 * The office's network as a mirror port of its switch sees it. Everything that happens is added here, in any order
 * between hosts, in time order within a host's activity. Times are seconds since 1970.
 */
export class Office {
  readonly packets: PacketRecord[] = [];
  readonly #portsUsed = new Map<string, number>();
  readonly #answersUntil = new Map<string, number>();
  readonly #sessions = new Set<string>();
  #queries = 0;

  add(packets: readonly PacketRecord[]): void {
    for (const packet of packets) this.packets.push(packet);
  }

  /** An end as seen on the local wire: outside addresses carry the gateway's MAC. */
  endpoint(address: string, port: number): Endpoint {
    return address.startsWith('10.')
      ? { address, port, timeToLive: 128 }
      : { address, port, timeToLive: 54, mac: macOf(GATEWAY) };
  }

  /** The host with a source port it has not used before: all 16,384 dynamic ports in a scattered order. */
  newPort(address: string): Endpoint {
    const used = this.#portsUsed.get(address) ?? 0;
    this.#portsUsed.set(address, used + 1);
    return this.endpoint(address, 49_152 + ((used * 7919 + 1234) % 16_384));
  }

  tcp(
    client: string,
    server: string,
    port: number,
    start: number,
    messages: readonly Message[],
    close: 'fin' | 'rst' = 'fin',
  ): void {
    const source = this.newPort(client);
    this.add(
      tcpConversation({
        client: source,
        server: this.endpoint(server, port),
        start,
        messages,
        close,
        roundTrip: roundTripTo(server),
        clientSequence: source.port * 40_503,
        serverSequence: source.port * 30_011,
      }),
    );
  }

  udp(client: Endpoint, server: string, port: number, start: number, messages: readonly Message[]): void {
    this.add(
      udpExchange({ client, server: this.endpoint(server, port), start, messages, roundTrip: roundTripTo(server) }),
    );
  }

  /** Looks a name up unless the client still knows it; returns the time at which it can connect. */
  resolve(client: string, name: string, time: number): number {
    if (this.#fresh(`${client} ${name}`, time)) return time;
    const forwarded = client !== DOMAIN_CONTROLLER && !this.#fresh(name, time);
    const answered = forwarded ? this.#ask(DOMAIN_CONTROLLER, UPSTREAM_RESOLVER, name, time + 0.0005, 0) : time;
    if (client === DOMAIN_CONTROLLER) return this.#ask(client, UPSTREAM_RESOLVER, name, time, 0);
    return this.#ask(client, DOMAIN_CONTROLLER, name, time, answered - time);
  }

  /**
   * A TLS connection to a name that is looked up first, resumed after the client's first; returns about when it ended.
   */
  tls(client: string, name: string, time: number, rounds: readonly TlsRound[], port = 443): number {
    const start = this.resolve(client, name, time);
    const session = `${client} ${name} ${port}`;
    this.tcp(client, addressOf(name), port, start, tlsMessages(name, rounds, this.#sessions.has(session)));
    this.#sessions.add(session);
    return rounds.reduce((end, { pause = 0 }) => end + pause + 0.05, start + 0.1);
  }

  #fresh(key: string, time: number): boolean {
    if (time < (this.#answersUntil.get(key) ?? 0)) return true;
    this.#answersUntil.set(key, time + DNS_TTL);
    return false;
  }

  #ask(client: string, resolver: string, name: string, time: number, delay: number): number {
    this.#queries += 1;
    const id = (this.#queries * 40_503) & 0xffff;
    this.udp(this.newPort(client), resolver, 53, time, [
      { from: 'client', bytes: dnsQuery(id, name) },
      { from: 'server', bytes: dnsResponse(id, name, [addressOf(name)]), delay },
    ]);
    return time + delay + roundTripTo(resolver) + 0.001;
  }
}

/**
 * A TLS 1.3 handshake and the rounds of application data after it; the first request leaves together with the
 * client's Finished. A server that resumes a session sends no certificate, so little follows its hello.
 */
export function tlsMessages(name: string, rounds: readonly TlsRound[], resumed = false): Message[] {
  const flight = tlsServerHello();
  const messages: Message[] = [
    { from: 'client', bytes: tlsClientHello(name) },
    { from: 'server', bytes: resumed ? concat(plainRecords(flight), tlsApplicationData(74)) : flight },
  ];
  rounds.forEach(({ sent, received, pause = 0 }, index) => {
    const request = tlsApplicationData(sent);
    messages.push(
      index === 0
        ? { from: 'client', bytes: concat(tlsApplicationData(53), request), delay: 0.002 + pause }
        : { from: 'client', bytes: request, delay: pause },
    );
    for (let left = received; left > 0; left -= LARGEST_RECORD) {
      messages.push({ from: 'server', bytes: tlsApplicationData(Math.min(left, LARGEST_RECORD)), delay: 0.01 });
    }
  });
  return messages;
}

/** The records of a flight up to its first encrypted one. */
function plainRecords(flight: Uint8Array): Uint8Array {
  let at = 0;
  while (at < flight.length && flight[at] !== APPLICATION_DATA) at += 5 + (flight[at + 3] << 8) + flight[at + 4];
  return flight.subarray(0, at);
}
