import { type Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import type { Warning } from '../capture.ts';
import { wordAt } from '../net/address-text.ts';
import { timeMs } from './time.ts';
import { countText } from '../count-text.ts';

/** Packets that are remembered; one that falls on the place of another takes it. The upper bits of a sum are the place. */
const PLACES = 1 << 12;
const PLACE_SHIFT = 20;
/** Words are told apart by sums of their products with these, whatever they are as long as they are odd. */
const [ODD_A, ODD_B, ODD_C, ODD_D, ODD_E] = [0x9e37_79b1, 0x85eb_ca77, 0xc2b2_ae3d, 0x27d4_eb2f, 0x1656_67b1];
/** The same packet is met again within this time: a switch that mirrors both its sides sends it at once. */
const DOUBLED_MS = 20;
/** A packet that nothing numbers (IPv6, or IPv4's identification is 0) may be sent again: then within this time. */
const UNNUMBERED_MS = 1;
/** For acknowledgments to be doubled, more than this share of the rest has to be: of a mirror's, half is. */
const MIRRORED = 1 / 3;
/** Bytes of a payload that tell it from others: more than a tunnel's own headers. */
const TELLING_BYTES = 96;
const WORD = 4;
/** Flags are told apart in the upper bits of a sequence number: what is sent within milliseconds has those in common. */
const FLAGS_SHIFT = 24;
/** FIN, SYN and RST (RFC 9293, section 3.1). */
const CONTROL_FLAGS = 0x07;

/**
 * Finds packets that a capture holds twice, as a mirror port makes them of both sides of a switch or router: with the
 * same addresses, ports, IP identification, length, sequence number, checksum and first bytes, whatever their VLAN, MAC
 * addresses and time to live. What is sent once more, as TCP does, has another identification, and comes later.
 */
export class DoubledPackets {
  /** By place: a sum of what a packet is between, and one of its content. */
  private readonly marks = new Int32Array(PLACES * 2);
  private readonly times = new Float64Array(PLACES);
  /** By place: the packet's VLAN and tunnel. */
  private readonly tags = new Uint16Array(PLACES);
  private readonly counts: number[] = [];
  /** Whether the packet that was found last was there before in another VLAN or tunnel. */
  isApart = false;
  /** Packets that nobody sends twice at once, and how many of them were doubled. */
  private telling = 0;
  private tellingDoubled = 0;

  /** Whether the capture of that number held this packet just before; then `isApart` is set, too. */
  isDoubled(packet: Packet, capture: number): boolean {
    const { bytes, source, destination, payload, ipVersion } = packet;
    const low = ipVersion === 4 ? 0 : 12;
    // IPv4's identification lies eight bytes before the source address (RFC 791).
    const numbered = wordAt(bytes, source - 8);
    const between =
      (Math.imul(wordAt(bytes, source + low), ODD_A) +
        Math.imul(wordAt(bytes, destination + low), ODD_B) +
        Math.imul((packet.sourcePort << 16) | packet.destinationPort, ODD_C) +
        capture) |
      0;
    // The end of a transport's header has a checksum, or TCP's time stamps: of an acknowledgment and the FIN behind it the
    // flags alone differ. Sums of products keep apart what a checksum adds up.
    const content =
      (Math.imul(wordAt(bytes, payload - 8), ODD_A) +
        Math.imul(wordAt(bytes, payload - 4), ODD_B) +
        Math.imul(beginOf(packet), ODD_C) +
        Math.imul(packet.tcpSequence ^ (packet.tcpFlags << FLAGS_SHIFT), ODD_D) +
        Math.imul(numbered ^ packet.ipLength, ODD_E)) |
      0;
    const place = content >>> PLACE_SHIFT;
    const ms = timeMs(packet);
    const tag = (packet.tunnelId << 12) | packet.vlanId;
    const { marks, times, tags } = this;
    const isNumbered = ipVersion === 4 && numbered >>> 16 !== 0;
    // The same acknowledgment is sent for each segment that comes behind a gap, and not everybody numbers packets.
    const tells = packet.wirePayloadLength > 0 || (packet.tcpFlags & CONTROL_FLAGS) !== 0;
    if (tells) this.telling++;
    if (marks[place * 2] === between && marks[place * 2 + 1] === content) {
      const isNear = Math.abs(ms - times[place]) < (isNumbered ? DOUBLED_MS : UNNUMBERED_MS);
      if (isNear && (tells || this.tellingDoubled > MIRRORED * this.telling)) {
        if (tells) this.tellingDoubled++;
        this.isApart = tags[place] !== tag;
        this.counts[capture] = (this.counts[capture] ?? 0) + 1;
        return true;
      }
    }
    marks[place * 2] = between;
    marks[place * 2 + 1] = content;
    times[place] = ms;
    tags[place] = tag;
    return false;
  }

  /** What is to be said of a capture, and whether such packets are in the flows that are exported: null where none are. */
  warningsOf(capture: number, isExported: boolean | null = true): Warning[] {
    const count = this.counts[capture] ?? 0;
    if (count === 0) return [];
    const packets = count === 1 ? '1 packet is' : `${countText(count)} packets are`;
    let message =
      `${packets} in it twice within ${DOUBLED_MS} ms, the same but for VLAN, MAC addresses and time to live, as a port ` +
      'that mirrors both sides of a switch makes them: each counts once';
    if (isExported === true) message += '; the exported flows count both, as NFStream does';
    else if (isExported === false) message += ', in the exported flows, too';
    return [{ kind: 'doubled-packets', offset: null, message }];
  }
}

/** A word of what a packet's payload begins with, as far as it takes to tell it from others where no checksum does. */
function beginOf({ bytes, payload, payloadLength, protocol }: Packet): number {
  if (payloadLength < WORD) return 0;
  if (protocol === PROTOCOL_TCP) return wordAt(bytes, payload);
  const end = payload + Math.min(payloadLength, TELLING_BYTES) - WORD;
  let begin = 0;
  for (let at = payload; at <= end; at += WORD) begin = (Math.imul(begin, ODD_D) + wordAt(bytes, at)) | 0;
  return begin;
}
