import type { Packet } from '../packet.ts';

/** Decodes what a tunnel's packet holds: bytes from `at` on, up to `end`. */
export type InnerDecoder = (packet: Packet, at: number, end: number) => void;

/**
 * Decodes a tunnel's content in place of the packet that carries it. Where an IP packet is inside, the fields then
 * speak of that one and `tunnelId` is `tunnel`; otherwise they are those of the carrying packet still.
 */
export function decodeInner(packet: Packet, tunnel: number, decode: InnerDecoder, at: number, end: number): void {
  const {
    ipVersion,
    ipLength,
    source,
    destination,
    protocol,
    sourcePort,
    destinationPort,
    vlanId,
    tunnelId,
    tcpFlags,
    tcpSequence,
    payload,
    payloadLength,
    wirePayloadLength,
  } = packet;
  packet.ipVersion = 0;
  decode(packet, at, end);
  if (packet.ipVersion !== 0) {
    packet.tunnelId = tunnel;
    return;
  }
  packet.ipVersion = ipVersion;
  packet.ipLength = ipLength;
  packet.source = source;
  packet.destination = destination;
  packet.protocol = protocol;
  packet.sourcePort = sourcePort;
  packet.destinationPort = destinationPort;
  packet.vlanId = vlanId;
  packet.tunnelId = tunnelId;
  packet.tcpFlags = tcpFlags;
  packet.tcpSequence = tcpSequence;
  packet.payload = payload;
  packet.payloadLength = payloadLength;
  packet.wirePayloadLength = wirePayloadLength;
}
