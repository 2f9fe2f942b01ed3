import { fragmentHeader, ipv6 } from './ipv6.ts';
import { ipv4 } from './ipv4.ts';
import { ETHERTYPE_IPV4 } from './ethernet.ts';
import type { PacketRecord } from './pcap.ts';

const ETHERNET_HEADER = 14;

/**
 * An IP packet in an Ethernet frame cut into fragments, in their order.
 *
 * @param size most bytes that each carries, a multiple of 8
 */
export function fragmented(record: PacketRecord, size: number, identification: number): PacketRecord[] {
  const { data } = record;
  const link = data.subarray(0, ETHERNET_HEADER);
  const packet = data.subarray(ETHERNET_HEADER);
  const isVersion4 = (data[12] << 8) + data[13] === ETHERTYPE_IPV4;
  const header = isVersion4 ? 20 : 40;
  const length = isVersion4 ? (packet[2] << 8) + packet[3] : header + (packet[4] << 8) + packet[5];
  const fragments: PacketRecord[] = [];
  for (let at = header; at < length; at += size) {
    const end = Math.min(length, at + size);
    const place = { offset: at - header, more: end < length };
    const fragment = (isVersion4 ? fragment4 : fragment6)(packet, packet.subarray(at, end), identification, place);
    const framed = new Uint8Array(ETHERNET_HEADER + fragment.length);
    framed.set(link);
    framed.set(fragment, ETHERNET_HEADER);
    fragments.push({ ...record, data: framed });
  }
  return fragments;
}

type Place = { offset: number; more: boolean };

function fragment4(
  packet: Uint8Array,
  payload: Uint8Array,
  identification: number,
  { offset, more }: Place,
): Uint8Array {
  const [source, destination] = [12, 16].map((at) => packet.subarray(at, at + 4).join('.'));
  const ends = { source, destination, protocol: packet[9] };
  return ipv4({ ...ends, payload, identification, moreFragments: more, fragmentOffset: offset });
}

function fragment6(packet: Uint8Array, payload: Uint8Array, identification: number, place: Place): Uint8Array {
  const [source, destination] = [8, 24].map((at) => hextets(packet.subarray(at, at + 16)));
  const extensions = [fragmentHeader({ ...place, identification })];
  return ipv6({ source, destination, protocol: packet[6], extensions, payload });
}

function hextets(address: Uint8Array): string {
  return Array.from({ length: 8 }, (_, at) => ((address[2 * at] << 8) + address[2 * at + 1]).toString(16)).join(':');
}
