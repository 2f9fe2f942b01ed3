import type { Packet } from './packet.ts';
import { ENHANCED_PACKET, INTERFACE_DESCRIPTION, SECTION_HEADER } from './pcapng-blocks.ts';
import { padded } from './pcapng-options.ts';

const BYTE_ORDER_MARK = 0x1a2b3c4d;
const SHB_USERAPPL = 4;
const IF_TSRESOL = 9;
const NANOSECONDS = 9;

const SECTION_FIXED = 16;
const INTERFACE_FIXED = 8;
const PACKET_FIXED = 20;
/** Type and length before a block's body, and the length again behind it. */
const BLOCK_FRAME = 12;

/**
 * Writes packets as pcapng (draft-ietf-opsawg-pcapng): one little-endian section, an interface for each link type, and
 * for each packet its time to the nanosecond and both its lengths. What was written is taken in pieces, so that no file
 * has to fit into memory.
 */
export class PcapngWriter {
  /** Packets written so far. */
  packets = 0;
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  private length = 0;
  private readonly interfaces = new Map<number, number>();

  /** @param application what the section says it was written by (shb_userappl), in ASCII */
  constructor(application: string) {
    const text = Uint8Array.from(application, (character) => character.charCodeAt(0) & 0x7f);
    const options = 4 + padded(text.length) + 4;
    const at = this.begin(SECTION_HEADER, SECTION_FIXED + options);
    const { view } = this;
    view.setUint32(at, BYTE_ORDER_MARK, true);
    view.setUint16(at + 4, 1, true);
    view.setUint16(at + 6, 0, true);
    // The section's length is not known beforehand: -1.
    view.setBigInt64(at + 8, -1n, true);
    const option = at + SECTION_FIXED;
    view.setUint16(option, SHB_USERAPPL, true);
    view.setUint16(option + 2, text.length, true);
    this.bytes.set(text, option + 4);
    view.setUint32(option + 4 + padded(text.length), 0, true);
  }

  /** Bytes written and not taken yet. */
  get pending(): number {
    return this.length;
  }

  /** Writes one packet as it lies in its capture. */
  packet(packet: Packet): void {
    const { capturedLength, wireLength, start } = packet;
    const seconds = packet.misdated ? packet.stampSeconds : packet.seconds;
    const nanoseconds = packet.misdated ? packet.stampNanoseconds : packet.nanoseconds;
    const id = this.interfaces.get(packet.linkType) ?? this.describe(packet.linkType);
    const at = this.begin(ENHANCED_PACKET, PACKET_FIXED + padded(capturedLength));
    const { view } = this;
    const time = BigInt.asUintN(64, BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds));
    view.setUint32(at, id, true);
    view.setUint32(at + 4, Number(time >> 32n), true);
    view.setUint32(at + 8, Number(time & 0xffff_ffffn), true);
    view.setUint32(at + 12, capturedLength, true);
    view.setUint32(at + 16, wireLength, true);
    const data = at + PACKET_FIXED;
    this.bytes.set(packet.bytes.subarray(start, start + capturedLength), data);
    this.bytes.fill(0, data + capturedLength, data + padded(capturedLength));
    this.packets++;
  }

  /** The bytes since the last call. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  private describe(linkType: number): number {
    const id = this.interfaces.size;
    this.interfaces.set(linkType, id);
    const at = this.begin(INTERFACE_DESCRIPTION, INTERFACE_FIXED + 12);
    const { view } = this;
    view.setUint16(at, linkType, true);
    view.setUint16(at + 2, 0, true);
    // No snap length: each packet says how much of it was captured.
    view.setUint32(at + 4, 0, true);
    view.setUint16(at + 8, IF_TSRESOL, true);
    view.setUint16(at + 10, 1, true);
    view.setUint32(at + 12, NANOSECONDS, true);
    view.setUint32(at + 16, 0, true);
    return id;
  }

  /** Makes room for a block and frames it; returns where its body begins. */
  private begin(type: number, bodyLength: number): number {
    const total = bodyLength + BLOCK_FRAME;
    const start = this.length;
    if (start + total > this.bytes.length) {
      const larger = new Uint8Array(Math.max(start + total, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, start));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.view.setUint32(start, type, true);
    this.view.setUint32(start + 4, total, true);
    this.view.setUint32(start + total - 4, total, true);
    this.length = start + total;
    return start + 8;
  }
}
