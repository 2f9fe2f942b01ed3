import { type ByteSource, type Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import { keyed } from '../analysis/memory/hash.ts';
import { CLIENT, type Conversation, type FlowEnds, MOST_OTHERS, SERVER, type Side } from './evidence.ts';
import { type EvidenceSettings, packetsOf } from './packets-of.ts';
import { opens, StreamSide, type StreamSink } from './stream-side.ts';

/** Bytes and turns of a conversation that are kept. */
export const MOST_FOLLOWED_BYTES = 1 << 20;
const MOST_TURNS = 20_000;

/**
 * Follows one flow: reads the captures once more and puts together what both sides said, in the order in which it was
 * said; repeated and late segments of TCP are put in their place, what is missing is marked. A flow whose client's port is
 * not given is the first one with payload. The first megabyte is kept.
 *
 * @param ends the flow, once for each address that its server may have
 */
export async function follow(
  sources: readonly ByteSource[],
  ends: readonly FlowEnds[],
  settings: EvidenceSettings,
  onProgress: (bytesRead: number) => void = () => {},
): Promise<Conversation> {
  const turns = new Turns();
  const sides = [CLIENT, SERVER].map((side) => new StreamSide(turns.sinkOf(side as Side)));
  const others = new Set<number>();
  let flow: Followed | null = null as Followed | null;
  /** Connections that were opened before anything was said. */
  const opened: { of: number; side: Side; sequence: number }[] = [];
  let packets = 0;
  const take = (packet: Packet, end: number, side: Side, atMs: number): void => {
    const sourcePort = side === CLIENT ? packet.sourcePort : packet.destinationPort;
    const port = side === CLIENT ? packet.destinationPort : packet.sourcePort;
    const { protocol, wirePayloadLength, payload, payloadLength } = packet;
    const key = keyed((end * 0x1_0000 + sourcePort) * 0x1_0000 + port);
    if (flow === null && wirePayloadLength > 0) {
      flow = { end, port, sourcePort, protocol };
      for (const { of, side: whose, sequence } of opened) if (of === key) sides[whose].begin(sequence);
    }
    if (flow === null) {
      if (protocol === PROTOCOL_TCP && opens(packet) && opened.length < MOST_OTHERS) {
        opened.push({ of: key, side, sequence: (packet.tcpSequence + 1) | 0 });
      }
      return;
    }
    if (end !== flow.end || port !== flow.port || sourcePort !== flow.sourcePort || protocol !== flow.protocol) {
      if (others.size < MOST_OTHERS) others.add(key);
      return;
    }
    packets++;
    if (protocol === PROTOCOL_TCP) {
      sides[side].add(packet, atMs);
      return;
    }
    turns.begin();
    if (payloadLength > 0) turns.add(side, packet.bytes, payload, payload + payloadLength, atMs);
    if (wirePayloadLength > payloadLength) turns.miss(side, wirePayloadLength - payloadLength);
  };
  const unread = await packetsOf(sources, ends, settings, take, onProgress);
  for (const side of sides) side.flush();
  return {
    packets,
    unread,
    port: flow?.port ?? ends[0]?.port ?? 0,
    sourcePort: flow?.sourcePort ?? ends[0]?.sourcePort ?? 0,
    protocol: flow?.protocol ?? ends[0]?.protocol ?? 0,
    otherFlows: others.size,
    ...turns.finish(),
    repeated: sides[CLIENT].repeated + sides[SERVER].repeated,
  };
}

/** The flow that is followed. */
type Followed = Pick<Conversation, 'port' | 'sourcePort' | 'protocol'> & { end: number };

/** What was said, turn by turn, in memory that grows with it. */
class Turns {
  private bytes = new Uint8Array(1 << 12);
  private length = 0;
  private readonly starts: number[] = [];
  private readonly sides: Side[] = [];
  private readonly times: number[] = [];
  private readonly missing: number[] = [];
  /** Missing bytes before the next turn of each side, and of both together. */
  private readonly holes: [number, number] = [0, 0];
  private readonly said: [number, number] = [0, 0];
  private lost = 0;
  private cut = false;
  private begins = true;

  sinkOf(side: Side): StreamSink {
    return {
      data: (bytes, start, end, atMs) => this.add(side, bytes, start, end, atMs),
      gap: (missing) => this.miss(side, missing),
    };
  }

  /** What comes next is a turn of its own, whoever spoke before. */
  begin(): void {
    this.begins = true;
  }

  add(side: Side, source: Uint8Array, start: number, end: number, atMs: number): void {
    this.said[side] += end - start;
    if (this.cut) return;
    const room = Math.min(end - start, MOST_FOLLOWED_BYTES - this.length);
    const isNew = this.begins || this.sides.at(-1) !== side || this.holes[side] > 0;
    if (room < end - start || (isNew && this.starts.length === MOST_TURNS)) this.cut = true;
    if (room === 0 || (isNew && this.starts.length === MOST_TURNS)) return;
    if (isNew) {
      this.starts.push(this.length);
      this.sides.push(side);
      this.times.push(atMs);
      this.missing.push(this.holes[side]);
      this.holes[side] = 0;
      this.begins = false;
    }
    this.makeRoom(this.length + room);
    this.bytes.set(source.subarray(start, start + room), this.length);
    this.length += room;
  }

  miss(side: Side, missing: number): void {
    this.holes[side] += missing;
    this.lost += missing;
  }

  finish(): Omit<Conversation, 'packets' | 'unread' | 'port' | 'sourcePort' | 'protocol' | 'otherFlows' | 'repeated'> {
    return {
      bytes: this.bytes.slice(0, this.length),
      start: Uint32Array.from(this.starts),
      side: Uint8Array.from(this.sides),
      atMs: Float64Array.from(this.times),
      missing: Float64Array.from(this.missing),
      sent: this.said[CLIENT],
      received: this.said[SERVER],
      cut: this.cut,
      lost: this.lost,
    };
  }

  private makeRoom(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.min(MOST_FOLLOWED_BYTES, Math.max(length, 2 * this.bytes.length)));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
