import type { Packet } from 'pcap-ts-parser';
import type { Warning } from '../capture.ts';
import { mix } from '../memory/hash.ts';
import { RecentMap } from '../memory/recent-map.ts';
import { timeMs } from './time.ts';
import { countText } from '../count-text.ts';

/** Two sensors' clocks differ by less than this, and the packets of a rhythm come further apart. */
export const NEAR_MS = 2000;
/** Packets that are remembered at most; the oldest give way. */
const MOST_REMEMBERED = 1 << 17;
/** Other captures that are named for one at most. */
const MOST_NAMED = 20;
/** Bytes of payload that count. */
const PAYLOAD_BYTES = 16;

/**
 * Finds packets that two captures read beside each other both hold: two sensors saw the same traffic, or one file is a
 * copy of the other. Of a packet counts what no router changes: addresses, ports, IP identification, lengths, TCP's
 * sequence number and the payload's first bytes. Each packet answers for one of another capture.
 */
export class SamePackets {
  /** By hash: captures and times of packets that none has answered for. */
  private readonly remembered = new RecentMap<number, { index: number; ms: number; count: number }>(MOST_REMEMBERED);
  /** By capture, and by one before it: how many packets are in both. */
  private readonly counts = new Map<number, Map<number, number>>();

  /**
   * Whether another capture held this packet already, at about the same time. Packets without IP are never the same.
   */
  isRepeated(packet: Packet, index: number): boolean {
    if (packet.ipVersion === 0) return false;
    const ms = timeMs(packet);
    const hash = hashOf(packet);
    const known = this.remembered.get(hash);
    const isNear = known !== undefined && Math.abs(ms - known.ms) <= NEAR_MS;
    if (isNear && known.index !== index) {
      known.count--;
      if (known.count === 0) this.remembered.delete(hash);
      this.count(index, known.index);
      return true;
    }
    this.remembered.set(hash, { index, ms, count: isNear ? known.count + 1 : 1 });
    return false;
  }

  /** What is to be said of capture `index`, whose file is named by `nameOf`. */
  warningsOf(index: number, nameOf: (index: number) => string): Warning[] {
    const others = [...(this.counts.get(index) ?? [])];
    const packets = (count: number): string => (count === 1 ? '1 packet is' : `${countText(count)} packets are`);
    const said = others.slice(0, MOST_NAMED).map(([earlier, count]) => `${packets(count)} in ${nameOf(earlier)}, too`);
    const rest = others.slice(MOST_NAMED).reduce((sum, [, count]) => sum + count, 0);
    if (rest > 0) said.push(`${packets(rest)} in ${countText(others.length - MOST_NAMED)} more of the captures, too`);
    return said.map((what) => {
      return {
        kind: 'same-packets',
        offset: null,
        message: `${what}: the same traffic was seen twice, and counts once`,
      };
    });
  }

  private count(a: number, b: number): void {
    const [later, earlier] = [Math.max(a, b), Math.min(a, b)];
    let known = this.counts.get(later);
    if (known === undefined) this.counts.set(later, (known = new Map()));
    known.set(earlier, (known.get(earlier) ?? 0) + 1);
  }
}

function hashOf(packet: Packet): number {
  const { bytes, source, destination, ipVersion } = packet;
  const length = ipVersion === 4 ? 4 : 16;
  let low = 0;
  let high = 0;
  const take = (value: number): void => {
    low = mix(low, value);
    high = mix(high, value ^ low);
  };
  take(packet.ipLength);
  take(packet.tcpSequence);
  for (let at = 0; at < length; at++) take((bytes[source + at] << 8) | bytes[destination + at]);
  take((packet.sourcePort << 16) | packet.destinationPort);
  take((packet.protocol << 8) | packet.tcpFlags);
  // IPv4's identification lies eight bytes before the source address (RFC 791).
  if (ipVersion === 4) take((bytes[source - 8] << 8) | bytes[source - 7]);
  const end = packet.payload + Math.min(PAYLOAD_BYTES, packet.payloadLength);
  for (let at = packet.payload; at < end; at++) take(bytes[at]);
  // 53 bits of the two words: as much as a number holds exactly.
  return (high & 0x1f_ffff) * 2 ** 32 + (low >>> 0);
}
