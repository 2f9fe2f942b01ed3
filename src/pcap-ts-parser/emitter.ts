import { linkDecoder, type LinkDecoder } from './link/link.ts';
import { decodeSubframe } from './link/ieee80211.ts';
import { Packet } from './packet.ts';
import { Remarks } from './remarks.ts';
import { StampCheck } from './stamp-check.ts';
import { TUNNEL_OPENER } from './tunnel/tunnels.ts';
import { OverSnapLength, OverWireLength } from './counted-faults.ts';
import { Warnings } from './warnings.ts';

/** Names of interfaces that are kept of one capture. */
const MOST_NAMES = 1000;

/** Hands on what a container holds: numbers packets, decodes their headers, and counts what could not be decoded. */
export class Emitter {
  readonly packet = new Packet();
  readonly warnings = new Warnings();
  readonly overSnapLength = new OverSnapLength();
  readonly overWireLength = new OverWireLength();
  readonly linkTypes = new Set<number>();
  /** The first `MOST_NAMES` of them. */
  readonly interfaceNames: string[] = [];
  /** Comments in blocks of any kind. */
  comments = 0;
  /** Takes the names that a capture's own blocks give to addresses of 4 or 16 bytes. */
  readonly onName: (address: Uint8Array, name: string) => void;
  private readonly onPacket: (packet: Packet) => void;
  private readonly stamps: StampCheck;
  private linkType = -1;
  private decode: LinkDecoder | null = null;

  constructor(onPacket: (packet: Packet) => void, onName: (address: Uint8Array, name: string) => void) {
    this.onPacket = onPacket;
    this.onName = onName;
    this.stamps = new StampCheck(this.packet, () => this.decodeAndHandOn());
    this.packet.tunnels = TUNNEL_OPENER;
    this.packet.remarks = new Remarks();
  }

  /** Keeps the name of an interface, as far as there is room for it. */
  nameInterface(name: string): void {
    if (name !== '' && this.interfaceNames.length < MOST_NAMES) this.interfaceNames.push(name);
  }

  /** Packet records so far. */
  get records(): number {
    return this.packet.number + this.stamps.waiting;
  }

  /** Hands on the packet whose record fields have been filled in, once it is clear that its stamp can be trusted. */
  emit(): void {
    if (this.stamps.isDoubtful()) this.stamps.hold();
    else this.decodeAndHandOn();
  }

  private decodeAndHandOn(): void {
    const { packet } = this;
    packet.number++;
    packet.tunnelId = 0;
    packet.undecodedLinkType = -1;
    packet.aggregatedAt = 0;
    this.forgetHeaders();
    if (packet.linkType !== this.linkType) this.changeLinkType(packet.linkType);
    if (this.decode !== null) this.decode(packet, packet.start, packet.start + packet.capturedLength);
    else packet.undecodedLinkType = packet.linkType;
    if (packet.undecodedLinkType >= 0) packet.remarks.linkType(packet.undecodedLinkType);
    if (packet.aggregatedAt > 0) this.emitAggregated();
    else this.handOn();
  }

  /** Says what was counted, when all packets are there. */
  settle(): void {
    this.stamps.settle(this.warnings);
    this.overSnapLength.settle(this.warnings);
    this.overWireLength.settle(this.warnings);
    this.packet.remarks.settle(this.warnings);
  }

  private handOn(): void {
    if (this.packet.offloaded) this.packet.remarks.offload();
    this.onPacket(this.packet);
  }

  /**
   * Hands on the packets of a frame that aggregates several, under one number: each has its own part of the bytes on the
   * wire, the first also what goes before it.
   */
  private emitAggregated(): void {
    const { packet } = this;
    const { wireLength, start, tunnelId } = packet;
    let from = start;
    while (packet.aggregatedAt > 0) {
      const at = packet.aggregatedAt;
      packet.wireLength = at - from;
      this.handOn();
      from = at;
      this.forgetHeaders();
      decodeSubframe(packet, at, packet.aggregatedEnd);
      packet.tunnelId = tunnelId;
    }
    packet.wireLength = wireLength - (from - start);
    this.handOn();
    packet.wireLength = wireLength;
  }

  private forgetHeaders(): void {
    const { packet } = this;
    packet.ipVersion = 0;
    packet.fragment = 0;
    packet.laterFragment = 0;
    packet.vlanId = 0;
    packet.layers = 0;
    packet.offloaded = false;
  }

  private changeLinkType(linkType: number): void {
    this.linkType = linkType;
    this.linkTypes.add(linkType);
    this.decode = linkDecoder(linkType);
  }
}
