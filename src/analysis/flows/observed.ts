import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { APPLICATIONS, UNKNOWN } from '../protocols/application-ids.ts';
import { hasSign } from '../protocols/signs.ts';
import { type FlowColumns, FRESH } from './columns.ts';

/**
 * What could be seen of a flow, as bits of `FlowColumns.observed`. Absence in the source is not absence in the traffic:
 * what is said to be missing (a name, an answer, a byte) must have been where it would have been seen.
 */
export const OBSERVED = {
  /** A name that it carries (TLS, QUIC, HTTP) would be known. */
  names: 1,
  /** Whether it was answered. */
  answers: 2,
  /** Bytes of frames each way. */
  bytes: 4,
  /** Bytes of payload each way, counted or estimated. */
  payload: 8,
  /** What protocol it speaks, by its content. */
  application: 16,
  /** Fingerprints of who made its first messages. */
  fingerprints: 32,
  /** How it began: its handshake or first messages. */
  begin: 64,
  /** Certificates that were sent in the clear. */
  certificates: 128,
  /** Headers of the requests of HTTP. */
  requests: 256,
  /** Its packets, and not what a log or a table says of them: it is all there is then, and said to be. */
  packets: 512,
} as const;
export type Observed = keyof typeof OBSERVED;

/** Everything: what a whole conversation in a capture shows. */
export const ALL_OBSERVED = Object.values(OBSERVED).reduce((all, bit) => all | bit, 0);

/**
 * What the meter notes beside `OBSERVED.begin`: the capture cut payloads so early that nothing tells what they are, or a
 * message of the source, or of the destination, before what it would have told; or its first packet answers what is not here.
 */
export const NOTED = { cutEarly: 1024, cutSent: 2048, cutReceived: 4096, answersFirst: 8192 } as const;

/** What only the first messages of a flow show. */
const AT_BEGIN =
  OBSERVED.names |
  OBSERVED.answers |
  OBSERVED.application |
  OBSERVED.fingerprints |
  OBSERVED.begin |
  OBSERVED.certificates;
const BOTH_WAYS = OBSERVED.bytes | OBSERVED.payload;
/** What takes a whole message to tell. */
const OF_MESSAGES = OBSERVED.names | OBSERVED.fingerprints | OBSERVED.certificates | OBSERVED.requests;

/** A packet in so many pauses between those of a flow comes almost always. */
const FEW_PAUSES = 4;

const HTTP = APPLICATIONS.indexOf('HTTP');
const QUIC = APPLICATIONS.indexOf('QUIC');

/** Whether a flow, or what flows share (a bit set), could show all of something. */
export function couldShow(observed: number, what: Observed): boolean {
  return (observed & OBSERVED[what]) !== 0;
}

/** Whether a flow of packets goes on from before the capture: not one that only a timeout cut off another. */
export function isUnderWay({ begin, observed }: FlowColumns, flow: number): boolean {
  return begin[flow] === FRESH && couldShow(observed[flow], 'packets') && !couldShow(observed[flow], 'begin');
}

/**
 * Whether a flow begins so soon after the capture that it may go on from before: what has no handshake does if that is no
 * longer than a few of the pauses between its packets. A question and its answer are whole.
 */
function mayGoOn({ sinceMs, durationMs, packetsSent, packetsReceived }: FlowColumns, flow: number): boolean {
  const pauses = packetsSent[flow] + packetsReceived[flow] - 1;
  return pauses > 1 && sinceMs[flow] * pauses <= FEW_PAUSES * durationMs[flow];
}

/**
 * Writes what packets could show of each flow. `noted` has `OBSERVED.begin` where the capture holds how a flow of TCP
 * began, and bits of `NOTED`.
 *
 * A TCP connection that began before the capture, or that a timeout cut, has no first messages here, nor has one whose
 * payloads the capture cut; but where one of them was met all the same, the others would have been. A flow whose client
 * acknowledges or speaks while nothing comes back was captured in one direction, as is all of a capture in which nothing
 * ever comes back.
 */
export function observePackets(columns: FlowColumns, noted: ArrayLike<number>): void {
  const { length, observed, protocol, packetsSent, packetsReceived } = columns;
  const { application, applicationGuessed, failed, signs } = columns;
  const isHalf = (flow: number): boolean => packetsReceived[flow] === 0 || packetsSent[flow] === 0;
  let isOneWay = true;
  for (let flow = 0; isOneWay && flow < length; flow++) isOneWay = isHalf(flow);
  for (let flow = 0; flow < length; flow++) {
    const isKnown = application[flow] !== UNKNOWN && applicationGuessed[flow] === 0;
    let bits: number = ALL_OBSERVED;
    const isCutEarly = (noted[flow] & NOTED.cutEarly) !== 0;
    const isCut = isCutEarly || (noted[flow] & NOTED.cutSent) !== 0;
    // What can be told from how it begins is as good as whole.
    const isRead = hasSign(signs[flow], 'request') || hasSign(signs[flow], 'hello');
    if (isCut) bits &= ~(isRead ? OBSERVED.certificates : OF_MESSAGES);
    if ((noted[flow] & NOTED.cutReceived) !== 0) bits &= ~(OBSERVED.certificates | (isRead ? 0 : OBSERVED.names));
    if (isCutEarly && !isKnown) bits &= ~OBSERVED.application;
    if (protocol[flow] === PROTOCOL_TCP) {
      // Of what answers a SYN only that is missing, but for who sees the server alone.
      const answers = (noted[flow] & NOTED.answersFirst) !== 0;
      const began = (noted[flow] & OBSERVED.begin) !== 0;
      if (!began && (!answers || isHalf(flow))) bits &= answers ? ~AT_BEGIN | OBSERVED.begin : ~AT_BEGIN;
      // What one end says may be known by what the other answers.
      if (isHalf(flow) && failed[flow] === 0)
        bits &= ~(BOTH_WAYS | OBSERVED.certificates | (isKnown ? 0 : OBSERVED.application));
      const metHello = columns.clientFingerprint[flow] !== 0 || columns.name[flow] !== 0;
      const metRequest = application[flow] === HTTP && isKnown && !isCut && hasSign(signs[flow], 'request');
      if (metHello || metRequest) bits |= OBSERVED.names | OBSERVED.fingerprints | (isKnown ? OBSERVED.application : 0);
    }
    // A connection of QUIC begins with what is known by its content: of one that only the port tells, that is not here.
    const isMissing = application[flow] === QUIC && !isKnown && !isCutEarly;
    if (protocol[flow] === PROTOCOL_UDP && (isMissing || (noted[flow] & NOTED.answersFirst) !== 0))
      bits &= ~AT_BEGIN | OBSERVED.answers | (isMissing ? 0 : OBSERVED.begin) | (isKnown ? OBSERVED.application : 0);
    if (protocol[flow] !== PROTOCOL_TCP && mayGoOn(columns, flow)) bits &= ~OBSERVED.begin;
    if (isOneWay)
      bits &= ~(BOTH_WAYS | OBSERVED.certificates | (protocol[flow] === PROTOCOL_TCP ? 0 : OBSERVED.answers));
    observed[flow] = bits;
  }
}
