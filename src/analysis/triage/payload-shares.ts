import { PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from 'pcap-ts-parser';
import type { FlowColumns } from '../flows/columns.ts';
import { couldShow } from '../flows/observed.ts';
import { applicationId } from '../protocols/application-ids.ts';
import { hasSign, SIGNS } from '../protocols/signs.ts';
import { CertificateTraits } from './certificate-traits.ts';
import { CIRCUMSTANCES } from './columns.ts';

/** From this share of requests on a sign is the connection's; forms are sent between other requests. */
const MOST = 0.5;
const SOME = 0.3;
const OF_MOST_REQUESTS = [SIGNS.claimsBrowser, SIGNS.noAgent, SIGNS.noHost, SIGNS.oldHttp];
const OF_ANY_FLOW = SIGNS.program | SIGNS.disguised | SIGNS.selfSigned | SIGNS.lasting | SIGNS.otherName;

const TLS = applicationId('TLS');

/** Echoes carry back what they were sent (RFC 792, RFC 4443 section 4.2): sizes that differ by more are no echoes. */
const ECHO_TOLERANCE = 0.05;
const LEAST_ECHOES = 10;
/** Pings of the systems have 60 to 84 bytes with their headers; ones that carry data for somebody have hundreds. */
const LARGE_ECHO_BYTES = 300;
/** A whole packet of Ethernet; and so many answers for each question that it has more than its own. */
const LARGEST_ECHO_BYTES = 1500;
const MOST_ANSWERS = 1.2;

/** What the payloads of a connection's flows show together; one lives as long as a table is built. */
export class PayloadShares {
  /** Bits of `SIGNS` and of `CIRCUMSTANCES` that hold for the flows counted last. */
  signs = 0;
  circumstances = 0;
  /** Index into `NOBODY` of whom a certificate among them is made out to. */
  nobody = 0;
  private readonly flows: FlowColumns;
  private readonly certificates: CertificateTraits;
  /** By place in `OF_MOST_REQUESTS`: how many of the flows counted last have the sign. */
  private readonly counts = new Uint32Array(OF_MOST_REQUESTS.length);

  constructor(flows: FlowColumns) {
    this.flows = flows;
    this.certificates = new CertificateTraits(flows);
  }

  /** Looks at some flows, at least one. */
  count(members: Uint32Array): void {
    const { signs, name, protocol, through } = this.flows;
    const { counts } = this;
    counts.fill(0);
    let any = 0;
    this.nobody = 0;
    let requests = 0;
    let forms = 0;
    let hellos = 0;
    let nameless = 0;
    let unrecognised = 0;
    let proxied = 0;
    for (const flow of members) {
      const bits = signs[flow];
      any |= bits;
      const { nobody, selfSigned } = this.certificates.of(flow);
      this.nobody ||= nobody;
      if (selfSigned) any |= SIGNS.selfSigned;
      if (hasSign(bits, 'unrecognised')) unrecognised++;
      if (through[flow] !== 0) proxied++;
      if (hasSign(bits, 'hello') || this.isLoggedHello(flow)) {
        hellos++;
        if (name[flow] === 0) nameless++;
      }
      if (!hasSign(bits, 'request')) continue;
      requests++;
      if (hasSign(bits, 'form')) forms++;
      for (let place = 0; place < counts.length; place++) {
        if ((bits & OF_MOST_REQUESTS[place]) !== 0) counts[place]++;
      }
    }
    this.signs = any & (OF_ANY_FLOW | SIGNS.request | SIGNS.hello);
    if (forms > 0 && forms >= SOME * requests) this.signs |= SIGNS.form;
    for (let place = 0; place < counts.length; place++) {
      if (counts[place] > 0 && counts[place] >= MOST * requests) this.signs |= OF_MOST_REQUESTS[place];
    }
    this.circumstances = nameless > MOST * hellos ? CIRCUMSTANCES.namelessHello : 0;
    if (proxied > MOST * members.length) this.circumstances |= CIRCUMSTANCES.proxied;
    if (unrecognised >= MOST * members.length) this.signs |= SIGNS.unrecognised;
    if (protocol[members[0]] === PROTOCOL_ICMP || protocol[members[0]] === PROTOCOL_ICMPV6) {
      this.circumstances |= this.echoes(members);
    }
  }

  /** A flow of a log that tells of TLS and of the names in it began with a hello that was read. */
  private isLoggedHello(flow: number): boolean {
    const { observed, application, applicationGuessed } = this.flows;
    if (couldShow(observed[flow], 'packets') || !couldShow(observed[flow], 'names')) return false;
    return application[flow] === TLS && applicationGuessed[flow] === 0;
  }

  /** What sizes of ICMP say, as bits of `CIRCUMSTANCES`. */
  private echoes(members: Uint32Array): number {
    const { packetsSent, packetsReceived, ipBytesSent, ipBytesReceived } = this.flows;
    const sum = (column: ArrayLike<number>): number => members.reduce((total, flow) => total + column[flow], 0);
    const [sent, received] = [sum(packetsSent), sum(packetsReceived)];
    if (sent < LEAST_ECHOES || received < LEAST_ECHOES) return 0;
    const [bytesSent, bytesReceived] = [sum(ipBytesSent), sum(ipBytesReceived)];
    const [asked, answered] = [bytesSent / sent, bytesReceived / received];
    const unlike = Math.abs(asked - answered) > ECHO_TOLERANCE * Math.max(asked, answered);
    // Of pings of several sizes some may have no answer, or the capture misses one: what those had is no difference.
    const missing = LARGEST_ECHO_BYTES * Math.abs(sent - received);
    const isTold = received > MOST_ANSWERS * sent || Math.abs(bytesSent - bytesReceived) > missing;
    if (unlike && isTold) return CIRCUMSTANCES.unlikeEcho;
    return asked > LARGE_ECHO_BYTES ? CIRCUMSTANCES.largeEcho : 0;
  }
}
