import { Remarks } from './remarks.ts';

/**
 * What finds and opens tunnels. A packet is given it, for what is inside a tunnel begins with a link or IP header anew:
 * so no header's decoder has to import those of the tunnels.
 */
export interface TunnelOpener {
  /** A tunnel's number by the IP protocol it is, 0 for none. */
  ofProtocol: Uint8Array;
  /** A tunnel's number by the UDP ports of a packet that may carry it, 0 for none. */
  ofPorts(sourcePort: number, destinationPort: number): number;
  /** Decodes what the tunnel of that number holds from `at` on, up to `end`, in place of the packet that carries it. */
  open(packet: Packet, tunnel: number, at: number, end: number): void;
}

const NO_TUNNELS: TunnelOpener = { ofProtocol: new Uint8Array(1 << 8), ofPorts: () => 0, open: () => {} };
/** Counts for packets that no reader has made: nobody asks it. */
const UNHEARD = new Remarks();

const NO_BYTES = new Uint8Array(0);

/**
 * One packet, as a view over the chunk it was read from.
 *
 * There is one `Packet` for a whole capture: its fields are overwritten for the next one, and `bytes` is valid only
 * until the callback returns. Copy what has to be kept. Offsets count bytes from the start of `bytes`.
 */
export class Packet {
  /** The chunk that holds the packet (and its neighbours). */
  bytes: Uint8Array = NO_BYTES;

  /** Frame number in the capture, from 1, in file order. */
  number = 0;
  /** Byte offset of the packet's record or block in the capture. */
  fileOffset = 0;
  /** Number of the interface it came from within its section of a pcapng file, from 0; 0 in other captures. */
  interfaceId = 0;
  /** Link type of that interface (tcpdump.org LINKTYPE_ registry). */
  linkType = 0;
  /** Timestamp: whole seconds since 1970 (UTC), and nanoseconds within that second, 0 to 999,999,999. */
  seconds = 0;
  nanoseconds = 0;
  /** False for a pcapng simple packet, which has no timestamp: its time is 0. */
  timed = true;
  /**
   * True where the stamp in the capture lies a year or more from those around it: the time is then that of its neighbour,
   * and the stamp itself is here.
   */
  misdated = false;
  stampSeconds = 0;
  stampNanoseconds = 0;
  /**
   * Whether tunnels that NFStream leaves closed are opened, what opens them, and what counts all that is left out; set
   * once for a whole capture.
   * @internal
   */
  opensTunnels = false;
  /** @internal */
  tunnels: TunnelOpener = NO_TUNNELS;
  /** @internal */
  remarks = UNHEARD;
  /** First byte of the link-layer header. */
  start = 0;
  /** Bytes stored in the capture. */
  capturedLength = 0;
  /** Bytes on the wire, which is more than `capturedLength` when a snap length cut the packet. */
  wireLength = 0;

  /** 4 or 6; 0 when the packet holds no IP that makes a flow (ARP, a later fragment, ...): then nothing below counts. */
  ipVersion = 0;
  /** Of a fragment, the number that its packet has between its ends, plus one; 0 for a whole packet. */
  fragment = 0;
  /**
   * 4 or 6 for a later fragment, of which `source`, `destination`, `protocol` and `payload` with its lengths are
   * known; else 0.
   */
  laterFragment = 0;
  /**
   * Of a fragment, where its `payload` lies in what all fragments carry together, in bytes: behind the transport
   * header in the first one. -1 where what is decoded lies deeper, in a tunnel that it carries.
   */
  fragmentAt = -1;
  /** Of a later fragment, whether no other comes behind it. */
  lastFragment = false;
  /** Bytes of the IP packet by its own header, link-layer header and padding left out. */
  ipLength = 0;
  /** First byte of the source and destination addresses, 4 or 16 bytes each as `ipVersion` says. */
  source = 0;
  destination = 0;
  /** IP protocol number of the transport. */
  protocol = 0;
  /** 0 for all but TCP and UDP, and where the header was cut off. */
  sourcePort = 0;
  destinationPort = 0;
  /** VLAN id of the innermost 802.1Q tag, 0 for untagged. */
  vlanId = 0;
  /**
   * The outermost tunnel, 0 for none (IP in IP included): 1 GTP-U, 2 CAPWAP, 3 TZSP, 4 GRE, 5 VXLAN, 6 Geneve, 7 Teredo, 8
   * EtherIP, 9 MPLS in UDP, 10 GUE, 11 L2TP, 12 LISP.
   */
  tunnelId = 0;
  /**
   * True where the IP header says 0 for the packet's length, as network cards leave it that cut packets themselves
   * (segmentation offload): its lengths are then those of the frame. NFStream leaves such IPv4 packets out.
   */
  offloaded = false;
  /**
   * Headers decoded so far that can hold one of their own kind: bounds how deep a hostile packet may nest them.
   * @internal
   */
  layers = 0;
  /**
   * Its link type, or the one that its link layer says is inside, where that is not decoded; -1 where it is.
   * @internal
   */
  undecodedLinkType = -1;
  /**
   * Where the next frame lies in one that aggregates several (802.11 A-MSDU), 0 for none, and where they end.
   * @internal
   */
  aggregatedAt = 0;
  /** @internal */
  aggregatedEnd = 0;
  /** TCP flags (RFC 9293), 0 for anything else. */
  tcpFlags = 0;
  /** TCP sequence number, 0 for anything else. */
  tcpSequence = 0;
  /** First byte of the transport payload. */
  payload = 0;
  /** Captured bytes of transport payload; link-layer padding is not part of it. */
  payloadLength = 0;
  /** Bytes of transport payload on the wire by the headers: more than `payloadLength` when a snap length cut the packet. */
  wirePayloadLength = 0;

  /**
   * Makes this packet one like another, whose frame is copied to a place of `bytes` that has room for it, and which may be
   * overwritten then.
   */
  copyFrom(packet: Packet, bytes: Uint8Array, at: number): void {
    const { start, capturedLength } = packet;
    bytes.set(packet.bytes.subarray(start, start + capturedLength), at);
    const moved = at - start;
    this.bytes = bytes;
    this.number = packet.number;
    this.fileOffset = packet.fileOffset;
    this.interfaceId = packet.interfaceId;
    this.linkType = packet.linkType;
    this.seconds = packet.seconds;
    this.nanoseconds = packet.nanoseconds;
    this.timed = packet.timed;
    this.misdated = packet.misdated;
    this.stampSeconds = packet.stampSeconds;
    this.stampNanoseconds = packet.stampNanoseconds;
    this.opensTunnels = packet.opensTunnels;
    this.tunnels = packet.tunnels;
    this.remarks = packet.remarks;
    this.start = packet.start + moved;
    this.capturedLength = packet.capturedLength;
    this.wireLength = packet.wireLength;
    this.ipVersion = packet.ipVersion;
    this.fragment = packet.fragment;
    this.laterFragment = packet.laterFragment;
    this.fragmentAt = packet.fragmentAt;
    this.lastFragment = packet.lastFragment;
    this.ipLength = packet.ipLength;
    this.source = packet.source + moved;
    this.destination = packet.destination + moved;
    this.protocol = packet.protocol;
    this.sourcePort = packet.sourcePort;
    this.destinationPort = packet.destinationPort;
    this.vlanId = packet.vlanId;
    this.tunnelId = packet.tunnelId;
    this.offloaded = packet.offloaded;
    this.layers = packet.layers;
    this.undecodedLinkType = packet.undecodedLinkType;
    this.aggregatedAt = packet.aggregatedAt;
    this.aggregatedEnd = packet.aggregatedEnd;
    this.tcpFlags = packet.tcpFlags;
    this.tcpSequence = packet.tcpSequence;
    this.payload = packet.payload + moved;
    this.payloadLength = packet.payloadLength;
    this.wirePayloadLength = packet.wirePayloadLength;
  }
}
