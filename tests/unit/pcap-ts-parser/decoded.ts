import { bufferSource, type Packet, readPackets, type ReadOptions } from 'pcap-ts-parser';
import { pcap } from '../../builders/pcap.ts';
import { enhancedPacket, interfaceDescription, sectionHeader } from '../../builders/pcapng.ts';

const NONE = new Uint8Array(0);

/**
 * What is said of one packet: "10.0.0.1:1 > 10.0.0.2:2 protocol", with VLAN, tunnel and payload where there are any.
 */
export async function decoded(
  linkType: number,
  data: Uint8Array,
  wireLength = data.length,
  options: ReadOptions = {},
): Promise<string> {
  let text = 'no IP';
  await readOne(linkType, data, wireLength, options, (packet) => {
    if (packet.ipVersion === 0) return;
    const size = packet.ipVersion === 4 ? 4 : 16;
    const last = (at: number): number => packet.bytes[at + size - 1];
    text =
      `v${packet.ipVersion} ${last(packet.source)}:${packet.sourcePort} > ` +
      `${last(packet.destination)}:${packet.destinationPort}` +
      ` protocol ${packet.protocol} vlan ${packet.vlanId} tunnel ${packet.tunnelId} payload ${packet.payloadLength}`;
  });
  return text;
}

/** Bytes of one packet: of IP, of transport payload that was captured, and of transport payload on the wire. */
export async function lengthsOf(linkType: number, data: Uint8Array, wireLength = data.length): Promise<number[]> {
  const lengths: number[] = [];
  await readOne(linkType, data, wireLength, {}, (packet) => {
    lengths.push(packet.ipLength, packet.payloadLength, packet.wirePayloadLength);
  });
  return lengths;
}

/**
 * What is said of a fragment of raw IP: its packet's number, version of a later one, place, payload, and that it is
 * the last.
 */
export async function fragmentOf(data: Uint8Array): Promise<(number | string)[]> {
  const said: (number | string)[] = [];
  await readOne(101, data, data.length, {}, (packet) => {
    const { fragment, laterFragment, fragmentAt, payloadLength, lastFragment } = packet;
    said.push(fragment, laterFragment, fragmentAt, payloadLength);
    if (laterFragment !== 0 && lastFragment) said.push('last');
  });
  return said;
}

/**
 * Everything that is said of a packet that was cut, where `behind` lies behind what is left of it, as the next block
 * would.
 */
export async function saidOfCut(linkType: number, data: Uint8Array, behind: Uint8Array): Promise<unknown> {
  const block = enhancedPacket({ seconds: 1, nanoseconds: 0, data: concat(data, behind) });
  new DataView(block.buffer).setUint32(20, data.length, true);
  // The first packets wait, copied, until their times are known to be right.
  const first = Array.from({ length: 8 }, () => enhancedPacket({ seconds: 1, nanoseconds: 0, data: NONE }));
  const file = concat(sectionHeader(), interfaceDescription({ linkType }), ...first, block);
  const said: unknown[] = [];
  const take = (packet: Packet): unknown => said.push(Object.assign({}, packet, { bytes: null, remarks: null }));
  const { warnings } = await readPackets(bufferSource(file), take, { openTunnels: true });
  return { said, warnings };
}

/** "kind: message" of every warning about these packets. */
export async function warningsOf(
  linkType: number,
  frames: readonly Uint8Array[],
  options: ReadOptions = {},
): Promise<string[]> {
  const bytes = pcap({ linkType, packets: frames.map((data) => ({ seconds: 1, nanoseconds: 0, data })) });
  const { warnings } = await readPackets(bufferSource(bytes), () => undefined, options);
  return warnings.map(({ kind, message }) => `${kind}: ${message}`);
}

async function readOne(
  linkType: number,
  data: Uint8Array,
  wireLength: number,
  options: ReadOptions,
  onPacket: (packet: Packet) => void,
): Promise<void> {
  const bytes = pcap({ linkType, packets: [{ seconds: 1, nanoseconds: 0, data, wireLength }] });
  await readPackets(bufferSource(bytes), onPacket, options);
}

export function concat(...parts: (Uint8Array | number[])[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
}
