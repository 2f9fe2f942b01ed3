import type { Packet } from 'pcap-ts-parser';

/** Flows by protocol, the client's port and when they were, in milliseconds since 1970. */
export interface FlowTimes {
  protocol: Uint8Array;
  sourcePort: Uint16Array;
  startMs: Float64Array;
  endMs: Float64Array;
}

/** Stamps of flows are whole milliseconds. */
export const SLACK_MS = 1;
const PORTS = 65_536;
const NOBODY = -1;

interface Span {
  fromMs: number;
  toMs: number;
  owner: number;
}

/** Spans from one port in order of start; of each, the place of the span among those up to it that lasts longest. */
interface PortSpans {
  spans: Span[];
  longest: Uint32Array | null;
}

/** Whose flow a packet between two ends is, where several have flows between these: told by the client's port and the time. */
export class FlowSpans {
  private readonly ofPort = new Map<number, PortSpans>();

  /** Adds flows of an owner, a number from 0. */
  add({ protocol, sourcePort, startMs, endMs }: FlowTimes, owner: number): void {
    for (let flow = 0; flow < sourcePort.length; flow++) {
      const key = protocol[flow] * PORTS + sourcePort[flow];
      const span = { fromMs: startMs[flow] - SLACK_MS, toMs: endMs[flow] + SLACK_MS, owner };
      const known = this.ofPort.get(key);
      if (known === undefined) {
        this.ofPort.set(key, { spans: [span], longest: null });
      } else {
        known.spans.push(span);
        known.longest = null;
      }
    }
  }

  /** The owner of the flow from a port at a time; -1 where nobody has one. */
  ownerAt({ protocol }: Pick<Packet, 'protocol'>, clientPort: number, atMs: number): number {
    const found = this.ofPort.get(protocol * PORTS + clientPort);
    if (found === undefined) return NOBODY;
    const { spans } = found;
    const longest = (found.longest ??= inOrder(spans));
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (spans[middle].fromMs <= atMs) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return NOBODY;
    const latest = spans[low - 1];
    const span = latest.toMs >= atMs ? latest : spans[longest[low - 1]];
    return span.toMs >= atMs ? span.owner : NOBODY;
  }
}

/** Tells whether a packet from or to a client's port at a time is one of some flows; of all where none are given. */
export function ownPackets(
  flows: FlowTimes | undefined,
): (packet: Pick<Packet, 'protocol'>, clientPort: number, atMs: number) => boolean {
  if (flows === undefined) return () => true;
  const spans = new FlowSpans();
  spans.add(flows, 0);
  return (packet, clientPort, atMs) => spans.ownerAt(packet, clientPort, atMs) !== NOBODY;
}

/** Sorts spans by their start; gives the place of the one that lasts longest of those up to each. */
function inOrder(spans: Span[]): Uint32Array {
  spans.sort((a, b) => a.fromMs - b.fromMs);
  const longest = new Uint32Array(spans.length);
  for (let place = 1; place < spans.length; place++) {
    const before = longest[place - 1];
    longest[place] = spans[place].toMs >= spans[before].toMs ? place : before;
  }
  return longest;
}
