import { linkDecoder, type LinkDecoder } from './link/link.ts';
import { linkTypeName } from './link/names.ts';
import { OverSnapLength } from './over-snap-length.ts';
import { Packet } from './packet.ts';
import { Warnings } from './warnings.ts';

/** Hands on what a container holds: numbers packets, decodes their headers, and counts what could not be decoded. */
export class Emitter {
  readonly packet = new Packet();
  readonly warnings = new Warnings();
  readonly overSnapLength = new OverSnapLength();
  readonly linkTypes = new Set<number>();
  readonly interfaceNames: string[] = [];
  /** Comments in blocks of any kind. */
  comments = 0;
  /** Takes the names that a capture's own blocks give to addresses of 4 or 16 bytes. */
  readonly onName: (address: Uint8Array, name: string) => void;
  private readonly onPacket: (packet: Packet) => void;
  /** Packets by link type, for link types without a decoder. */
  private readonly undecoded = new Map<number, number>();
  private linkType = -1;
  private decode: LinkDecoder | null = null;

  constructor(onPacket: (packet: Packet) => void, onName: (address: Uint8Array, name: string) => void) {
    this.onPacket = onPacket;
    this.onName = onName;
  }

  /** Hands on the packet whose record fields have been filled in. */
  emit(): void {
    const { packet } = this;
    packet.number++;
    packet.ipVersion = 0;
    packet.vlanId = 0;
    packet.tunnelId = 0;
    packet.layers = 0;
    packet.undecodedLinkType = -1;
    if (packet.linkType !== this.linkType) this.changeLinkType(packet.linkType);
    if (this.decode !== null) this.decode(packet, packet.start, packet.start + packet.capturedLength);
    else packet.undecodedLinkType = packet.linkType;
    if (packet.undecodedLinkType >= 0) this.countUndecoded(packet.undecodedLinkType);
    this.onPacket(packet);
  }

  /** Says what was counted, when all packets are there. */
  settle(): void {
    this.overSnapLength.settle(this.warnings);
    for (const [linkType, packets] of this.undecoded) {
      const count = packets === 1 ? '1 packet' : `${packets} packets`;
      this.warnings.add(
        'undecoded-link-type',
        null,
        `link type ${linkTypeName(linkType)} is not decoded: ${count} left out`,
      );
    }
  }

  private countUndecoded(linkType: number): void {
    this.undecoded.set(linkType, (this.undecoded.get(linkType) ?? 0) + 1);
  }

  private changeLinkType(linkType: number): void {
    this.linkType = linkType;
    this.linkTypes.add(linkType);
    this.decode = linkDecoder(linkType);
  }
}
