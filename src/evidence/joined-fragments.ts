import { Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { RecentMap } from '../analysis/memory/recent-map.ts';
import { Reassembly } from '../analysis/protocols/reassembly.ts';
import { timeMs } from '../analysis/reading/time.ts';
import { fragmentKey } from '../export/carve.ts';
import type { PacketTaker, Side } from './evidence.ts';

/** Packets of which fragments are missing that are held at a time, the last half of them at least. */
const MOST_HELD = 256;
/** No packet of IP carries more. */
const MOST_BYTES = 65_535;
/** No frame that holds a fragment is longer, but for what somebody has put behind it. */
const LONGEST_FRAME = 2 * MOST_BYTES;
/** Fragments of one packet that are kept, and bytes of them, repeated ones among them. */
const MOST_PIECES = 1 << 10;
const MOST_PIECES_BYTES = 2 * MOST_BYTES;
const UDP_HEADER = 8;
const TCP_HEADER = 20;
/** What comes later is of another packet, whose number is the same (RFC 8200, section 4.5). */
const LONGEST_MS = 60_000;

/**
 * Puts packets together whose fragments come in any order, repeated or over each other: of those that begin at one place
 * the first counts. A packet of which some never come is given as far as it goes.
 */
export class JoinedFragments {
  private readonly take: PacketTaker;
  private readonly held: RecentMap<string, Fragments>;

  /** @param take told of a packet when it is whole, and of what there is of others when no more of them is awaited */
  constructor(take: PacketTaker) {
    this.take = take;
    this.held = new RecentMap(MOST_HELD, (fragments) => fragments.give(take));
  }

  /** Takes the first fragment of a packet, which has its ports, and whose packet it is. */
  addFirst(packet: Packet, flow: number, side: Side, atMs: number): void {
    const { fragmentAt, capturedLength, payloadLength, wirePayloadLength } = packet;
    // Of what the capture cut, what carries packets in its turn, or has no ports, only what it says itself can be told.
    if (fragmentAt < 0 || !hasHeader(packet) || payloadLength < wirePayloadLength || capturedLength > LONGEST_FRAME) {
      this.take(packet, flow, side, atMs);
      return;
    }
    this.add(packet, (fragments) => fragments.addFirst(packet, flow, side, atMs));
  }

  /** Takes another fragment than the first one, of whatever packet. */
  addLater(packet: Packet): void {
    this.add(packet, (fragments) => fragments.addLater(packet));
  }

  /** Gives what there is of packets that are not whole. */
  flush(): void {
    this.held.clear();
  }

  private add(packet: Packet, put: (fragments: Fragments) => void): void {
    const key = fragmentKey(packet);
    const atMs = timeMs(packet);
    let fragments = this.held.get(key);
    if (fragments !== undefined && Math.abs(atMs - fragments.sinceMs) > LONGEST_MS) {
      this.held.delete(key);
      fragments.give(this.take);
      fragments = undefined;
    }
    const isNew = fragments === undefined;
    fragments ??= new Fragments(atMs);
    put(fragments);
    if (fragments.isWhole()) {
      this.held.delete(key);
      fragments.give(this.take);
    } else if (isNew) {
      this.held.set(key, fragments);
    }
  }
}

/** What there is of one packet. */
class Fragments {
  readonly sinceMs: number;
  /** What came, as it came, until it is as much as the packet has: where a fragment says it lies asks for no memory. */
  private readonly pieces: { at: number; bytes: Uint8Array }[] = [];
  private received = 0;
  private body: Reassembly | null = null;
  /** Bytes that it has as far as is known, and whether the last of them is. */
  private length = 0;
  private endsThere = false;
  private first: { packet: Packet; flow: number; side: Side; atMs: number } | null = null;

  constructor(sinceMs: number) {
    this.sinceMs = sinceMs;
  }

  /** Whether nothing of it is missing. */
  isWhole(): boolean {
    if (this.first === null || !this.endsThere || this.received < this.length) return false;
    this.body ??= this.joined(true);
    return this.body.length >= this.length;
  }

  addFirst(packet: Packet, flow: number, side: Side, atMs: number): void {
    if (this.first !== null) return;
    const copy = new Packet();
    copy.copyFrom(packet, new Uint8Array(packet.capturedLength), 0);
    this.first = { packet: copy, flow, side, atMs };
    this.put(packet, 0, packet.fragmentAt + packet.payloadLength, packet.fragmentAt + packet.wirePayloadLength);
  }

  addLater(packet: Packet): void {
    const { fragmentAt, payloadLength, wirePayloadLength } = packet;
    this.put(packet, fragmentAt, payloadLength, wirePayloadLength);
    this.endsThere ||= packet.lastFragment;
  }

  /** Gives the packet as far as it is there without a hole; nothing where its first fragment never came. */
  give(take: PacketTaker): void {
    if (this.first === null) return;
    const { packet, flow, side, atMs } = this.first;
    const { payload, fragmentAt } = packet;
    const body = this.body ?? this.joined(false);
    const said = body.bytes.subarray(fragmentAt, Math.min(body.length, this.length));
    const bytes = new Uint8Array(payload + said.length);
    bytes.set(packet.bytes.subarray(0, payload));
    bytes.set(said, payload);
    packet.bytes = bytes;
    packet.payloadLength = said.length;
    packet.wirePayloadLength = this.length - fragmentAt;
    take(packet, flow, side, atMs);
  }

  /** Puts the bytes up to the end of the payload, of which `captured` are there, to their place. */
  private put(packet: Packet, at: number, captured: number, length: number): void {
    const end = packet.payload + packet.payloadLength;
    if (!this.endsThere) this.length = Math.min(MOST_BYTES, Math.max(this.length, at + length));
    if (this.body !== null) {
      this.body.add(at, packet.bytes, end - captured, end);
    } else if (this.pieces.length < MOST_PIECES && this.received < MOST_PIECES_BYTES) {
      this.pieces.push({ at, bytes: packet.bytes.slice(end - captured, end) });
      this.received += captured;
    }
  }

  /** The pieces put together, those behind a hole too where it may be filled still. */
  private joined(behindHoles: boolean): Reassembly {
    const body = new Reassembly(Math.min(this.received, this.length), MOST_BYTES);
    for (const { at, bytes } of this.pieces.toSorted((one, other) => one.at - other.at)) {
      if (at > body.length && !behindHoles) break;
      body.add(at, bytes, 0, bytes.length);
    }
    this.pieces.length = 0;
    return body;
  }
}

/** Whether a first fragment holds all of the transport header, behind which it begins to say something. */
function hasHeader({ protocol, bytes, payload, fragmentAt }: Packet): boolean {
  if (protocol === PROTOCOL_UDP) return fragmentAt >= UDP_HEADER;
  if (protocol !== PROTOCOL_TCP) return true;
  return fragmentAt >= TCP_HEADER && (bytes[payload - fragmentAt + 12] >> 4) * 4 <= fragmentAt;
}
