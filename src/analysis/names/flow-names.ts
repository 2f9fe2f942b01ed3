import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { NAME_SOURCES } from '../report.ts';
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT, dhcpHostName } from './dhcp.ts';
import {
  DNS_PORT, dnsQuestion, dnsQuestionOverTcp, isDnsAnswer, LLMNR_PORT, MDNS_PORT, multicastDnsName,
} from './dns.ts';
import { httpHost, isHttpRequest } from './http.ts';
import {
  NETBIOS_DATAGRAM_PORT, NETBIOS_NAME_PORT, netbiosDatagramSource, netbiosName,
} from './netbios.ts';
import { isSmtpGreeting, smtpServer } from './smtp.ts';
import { SSDP_PORT, ssdpHost } from './ssdp.ts';
import { InOrderStream } from './stream.ts';
import { isStun, stunRealm } from './stun.ts';
import type { Finding } from './text.ts';
import { isTlsClientHello, tlsServerName } from './tls.ts';

const NONE = 0;
const DNS = NAME_SOURCES.indexOf('dns');
const TLS = NAME_SOURCES.indexOf('tls');
const HTTP = NAME_SOURCES.indexOf('http');
const DHCP = NAME_SOURCES.indexOf('dhcp');
const MDNS = NAME_SOURCES.indexOf('mdns');
const LLMNR = NAME_SOURCES.indexOf('llmnr');
const NETBIOS = NAME_SOURCES.indexOf('netbios');
const SSDP = NAME_SOURCES.indexOf('ssdp');
const STUN = NAME_SOURCES.indexOf('stun');
const SMTP = NAME_SOURCES.indexOf('smtp');

/** Streams joined at the same time: bounds their memory to 32 MB whatever a capture holds. */
const MOST_STREAMS = 2048;

/** How datagrams of a port name a host. The first name of a flow counts, in DNS the last one until an answer. */
interface DatagramProtocol {
  source: number;
  isDns?: true;
  find: (bytes: Uint8Array, start: number, end: number) => Finding;
}

const DATAGRAMS = new Map<number, DatagramProtocol>([
  [MDNS_PORT, { source: MDNS, find: multicastDnsName, isDns: true }],
  [LLMNR_PORT, { source: LLMNR, find: multicastDnsName, isDns: true }],
  [NETBIOS_NAME_PORT, { source: NETBIOS, find: netbiosName }],
  [NETBIOS_DATAGRAM_PORT, { source: NETBIOS, find: netbiosDatagramSource }],
  [SSDP_PORT, { source: SSDP, find: ssdpHost }],
]);

interface FoundName {
  name: string;
  source: number;
}

/**
 * Finds names in the first packets of flows.
 *
 * Only flows with a name, or with the beginning of a message that may hold one, take memory, until `take`.
 */
export class FlowNames {
  /** Distinct names that were taken; entry 0 is ''. */
  readonly pool: string[] = [''];
  /** Index into `NAME_SOURCES` for the name that `take` gave last. */
  lastSource = NONE;

  readonly #indexes = new Map<string, number>([['', 0]]);
  readonly #found = new Map<number, FoundName>();
  readonly #streams = new Map<number, InOrderStream>();

  /**
   * Looks into one packet with payload. `flow` is the number of its flow, `forward` says that it goes from the flow's
   * source to its destination. Returns true when nothing more can be learned from this flow.
   */
  observe(flow: number, packet: Packet, forward: boolean): boolean {
    if (packet.protocol === PROTOCOL_TCP) return this.#observeTcp(flow, packet, forward);
    return packet.protocol === PROTOCOL_UDP ? this.#observeUdp(flow, packet) : true;
  }

  /** Ends a flow and frees what was kept for it. Returns the index of its name in `pool`, 0 for none. */
  take(flow: number): number {
    this.#streams.delete(flow);
    const found = this.#found.get(flow);
    this.lastSource = NONE;
    if (found === undefined) return 0;
    this.#found.delete(flow);
    this.lastSource = found.source;
    let index = this.#indexes.get(found.name);
    if (index === undefined) {
      index = this.pool.push(found.name) - 1;
      this.#indexes.set(found.name, index);
    }
    return index;
  }

  #observeUdp(flow: number, packet: Packet): boolean {
    const { bytes, payload, sourcePort, destinationPort } = packet;
    const end = payload + packet.payloadLength;
    if (sourcePort === DNS_PORT || destinationPort === DNS_PORT) {
      this.#keep(flow, dnsQuestion(bytes, payload, end), DNS);
      return isDnsAnswer(bytes, payload, end);
    }
    if (isDhcpPort(sourcePort) && isDhcpPort(destinationPort)) {
      return this.#keep(flow, dhcpHostName(bytes, payload, end), DHCP);
    }
    const protocol = DATAGRAMS.get(destinationPort) ?? DATAGRAMS.get(sourcePort);
    if (protocol !== undefined) {
      const found = this.#keep(flow, protocol.find(bytes, payload, end), protocol.source);
      return protocol.isDns ? isDnsAnswer(bytes, payload, end) : found;
    }
    return !isStun(bytes, payload, end) || this.#keep(flow, stunRealm(bytes, payload, end), STUN);
  }

  #observeTcp(flow: number, packet: Packet, forward: boolean): boolean {
    const stream = this.#streams.size > 0 ? this.#streams.get(flow) : undefined;
    const continues = stream !== undefined && stream.forward === forward;
    if (continues && !stream.isAhead(packet)) return stream.append(packet) && this.#conclude(flow, stream);
    const source = tcpSource(packet);
    if (source === NONE) return false;
    const { bytes, payload } = packet;
    const end = payload + packet.payloadLength;
    const finding = find(source, bytes, payload, end);
    // The continuation of a segment that the capture cut cannot be in order, and a flow has one stream at a time.
    if (finding === null && packet.capturedLength >= packet.wireLength && (continues || stream === undefined)) {
      this.#start(flow, new InOrderStream(packet, forward, source));
      return false;
    }
    return this.#keep(flow, finding, source) && isLast(source, bytes, payload, end);
  }

  /** Looks at all of a stream so far, and lets go of it when that decides whether there is a name. */
  #conclude(flow: number, stream: InOrderStream): boolean {
    const { bytes, length, source } = stream;
    const finding = find(source, bytes, 0, length);
    if (finding === null && !stream.isFull) return false;
    this.#streams.delete(flow);
    return this.#keep(flow, finding, source) && isLast(source, bytes, 0, length);
  }

  #start(flow: number, stream: InOrderStream): void {
    if (this.#streams.size >= MOST_STREAMS) {
      for (const oldest of this.#streams.keys()) {
        this.#streams.delete(oldest);
        break;
      }
    }
    this.#streams.set(flow, stream);
  }

  /** Keeps a name in place of an earlier one; returns whether there was one to keep. */
  #keep(flow: number, name: Finding, source: number): boolean {
    if (name === null || name === '') return false;
    const found = this.#found.get(flow);
    if (found === undefined) {
      this.#found.set(flow, { name, source });
    } else {
      found.name = name;
      found.source = source;
    }
    return true;
  }
}

/** What a TCP segment begins like, as an index into `NAME_SOURCES`; 0 for nothing that names a host. */
function tcpSource(packet: Packet): number {
  const { bytes, payload } = packet;
  const end = payload + packet.payloadLength;
  if (isTlsClientHello(bytes, payload, end)) return TLS;
  if (isHttpRequest(bytes, payload, end)) return HTTP;
  if (isSmtpGreeting(bytes, payload, end, packet.sourcePort)) return SMTP;
  return packet.sourcePort === DNS_PORT || packet.destinationPort === DNS_PORT ? DNS : NONE;
}

function find(source: number, bytes: Uint8Array, start: number, end: number): Finding {
  if (source === TLS) return tlsServerName(bytes, start, end);
  if (source === HTTP) return httpHost(bytes, start, end);
  return source === SMTP ? smtpServer(bytes, start, end) : dnsQuestionOverTcp(bytes, start, end);
}

/**
 * A flow has one TLS or HTTP name, its first; of DNS the last one counts, until a response with records; and after an
 * SMTP greeting the client may say in a ClientHello whom it wants to talk to.
 */
function isLast(source: number, bytes: Uint8Array, start: number, end: number): boolean {
  return source === DNS ? isDnsAnswer(bytes, start + 2, end) : source !== SMTP;
}

function isDhcpPort(port: number): boolean {
  return port === DHCP_SERVER_PORT || port === DHCP_CLIENT_PORT;
}
