import { ethernet, ETHERTYPE_IPV4 } from '../ethernet.ts';
import { ipv4 } from '../ipv4.ts';
import { pcap, type PacketRecord } from '../pcap.ts';
import { seededRandom } from '../random.ts';

const START = 1_772_438_400;
/** What a record of the file has besides its frame. */
export const RECORD_BYTES = 16;

/** What nobody can foresee, the same in every run. */
export const random = seededRandom(1);

export function anyLabel(): string {
  return random.integer(0, 2 ** 40).toString(36);
}

/** Makes a packet of a capture that has so many bytes, about. */
type Frame = (index: number, bytes: number) => Uint8Array;

/** A capture of so many bytes, or a frame more, of frames that come so many milliseconds apart. */
function filled(bytes: number, frame: Frame, everyMs: number): Uint8Array {
  const packets: PacketRecord[] = [];
  for (let length = 0; length < bytes; length += RECORD_BYTES + packets[packets.length - 1].data.length) {
    const index = packets.length;
    packets.push({
      seconds: START + Math.floor((index * everyMs) / 1000),
      nanoseconds: ((index * everyMs) % 1000) * 1e6,
      data: frame(index, bytes),
    });
  }
  return pcap({ packets });
}

/** A capture that was made to be slow to read. */
export interface HostileCapture {
  /** Of so many bytes, about. */
  build: (bytes: number) => Uint8Array;
  /** Options of the terminal program that make it slower still. */
  options: readonly string[];
}

/** One of a packet again and again, so many milliseconds apart. */
export function hostile(frame: Frame, options: readonly string[] = [], everyMs = 1): HostileCapture {
  return { build: (bytes) => filled(bytes, frame, everyMs), options };
}

/** A packet of IPv4. */
export function packet(source: string, destination: string, protocol: number, payload: Uint8Array): Uint8Array {
  return ipv4({ source, destination, protocol, payload });
}

/** A packet in a frame. */
export function framed(payload: Uint8Array): Uint8Array {
  return ethernet({ etherType: ETHERTYPE_IPV4, payload });
}

/** An address of a network whose first byte is this. */
export function numbered(network: number, index: number): string {
  return [network, index >> 16, index >> 8, index].map((byte) => byte & 0xff).join('.');
}
