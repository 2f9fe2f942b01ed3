import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { APPLICATIONS } from '../protocols/application-ids.ts';
import { DNS_PORT } from '../protocols/dns.ts';
import { servesAt } from '../protocols/service-ports.ts';
import { FRESH, type FlowColumns } from './columns.ts';
import { NOTED, OBSERVED } from './observed.ts';

const SSH = APPLICATIONS.indexOf('SSH');
/** Columns of one end, and of the other. */
const PAIRS = [
  ['source', 'destination'],
  ['sourcePort', 'destinationPort'],
  ['packetsSent', 'packetsReceived'],
  ['bytesSent', 'bytesReceived'],
  ['payloadSent', 'payloadReceived'],
  ['ipBytesSent', 'ipBytesReceived'],
] as const;

/**
 * Flows with who began them as their source. NFStream takes whoever sends first; of a flow that began before the capture, or
 * whose first packets it has not, that may be the server. Where none is to be turned, the same columns.
 *
 * @param noted by flow: what the meter noted of what it could show (see `observePackets`)
 */
export function turnedFlows(flows: FlowColumns, noted: ArrayLike<number>): FlowColumns {
  const { protocol, begin, sourcePort, destinationPort } = flows;
  const turned: number[] = [];
  for (let flow = 0; flow < flows.length; flow++) {
    if (begin[flow] !== FRESH || (noted[flow] & OBSERVED.begin) !== 0) continue;
    const answers = (noted[flow] & NOTED.answersFirst) !== 0;
    if (isOfServer(protocol[flow], answers, sourcePort[flow], destinationPort[flow])) turned.push(flow);
  }
  if (turned.length === 0) return flows;
  const result = { ...flows, swapped: flows.swapped.slice(), resolvedName: flows.resolvedName.slice() };
  for (const [one, other] of PAIRS) Object.assign(result, swappedPair(flows[one], flows[other], [one, other], turned));
  for (const flow of turned) {
    result.swapped[flow] = 1 - flows.swapped[flow];
    // It is what the other end is known as.
    result.resolvedName[flow] = 0;
  }
  // What SSH's ends say of themselves is told apart by direction alone.
  const ofSsh = turned.filter((flow) => flows.application[flow] === SSH);
  const texts = ['clientFingerprint', 'serverFingerprint'] as const;
  if (ofSsh.length > 0) Object.assign(result, swappedPair(flows[texts[0]], flows[texts[1]], texts, ofSsh));
  return result;
}

/**
 * Whether the first packet of a flow that was not seen to begin is its server's: one that answers (a SYN; or, of UDP, by what
 * it says: see `isReply`), or by the ports of both, of UDP where the server's is that of DNS.
 */
export function isOfServer(protocol: number, answers: boolean, sourcePort: number, destinationPort: number): boolean {
  if (answers) return true;
  const tells = protocol === PROTOCOL_TCP || (protocol === PROTOCOL_UDP && sourcePort === DNS_PORT);
  return tells && servesAt(sourcePort, destinationPort);
}

/** Two columns under their names, with some of their values exchanged. */
function swappedPair<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  one: T,
  other: T,
  [oneName, otherName]: readonly [string, string],
  flows: readonly number[],
): Record<string, T> {
  const first = one.slice() as T;
  const second = other.slice() as T;
  for (const flow of flows) {
    first[flow] = other[flow];
    second[flow] = one[flow];
  }
  return { [oneName]: first, [otherName]: second };
}
