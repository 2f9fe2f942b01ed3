import { CONCURRENT, LiveFlows, LOOKUP_SHARE, TLS_SHARE } from './large/flows.ts';
import { LOOKUP_PACKETS, OPENING_PACKETS, templatesOf } from './large/templates.ts';
import { pcapHeader } from './pcap.ts';
import { seededRandom } from './random.ts';

/** Average captured bytes of a packet in ordinary traffic, and where most are acknowledgments, calls or look-ups. */
export const ORDINARY_PACKET = 700;
export const SMALL_PACKET = 90;

export interface LargeCapture {
  /** At least this many bytes of file, and at most one packet more. */
  bytes: number;
  /** Captured bytes of a packet, about; 70 to 1400, `ORDINARY_PACKET` when left out. */
  averagePacket?: number;
  /** Different flows (TCP and UDP), about; 20,000 when left out. */
  flows?: number;
  seed?: number;
  /** Seconds from the first packet to the last, about; an hour when left out. */
  duration?: number;
  /** Seconds since 1970 of the first packet. */
  start?: number;
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const LARGEST_RECORD = RECORD_HEADER + 1514;
const CHUNK = 1 << 20;

/**
 * A classic capture file (little endian, microseconds, Ethernet) of many interleaved flows, in pieces of about 1 MiB
 * that hold whole records. Each record is a template with its few own fields patched in, checksums left 0, so that a
 * generated capture costs little more than copying it: hand the pieces to a file or a Blob.
 */
export function* largeCapture({
  bytes,
  averagePacket = ORDINARY_PACKET,
  flows = 20_000,
  seed = 1,
  duration = 3600,
  start = 1_772_438_400,
}: LargeCapture): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const random = seededRandom(seed);
  const packets = bytes / (averagePacket + RECORD_HEADER);
  const meanGap = (duration * 1e6) / packets;
  const lookups = (LOOKUP_PACKETS * LOOKUP_SHARE * flows) / packets;
  const newFlow = ((1 - LOOKUP_SHARE) * Math.max(0, flows - CONCURRENT)) / ((1 - lookups) * packets);
  // Any packet may be the last of its flow: some end before their opening does.
  let opened = 0;
  for (let packet = 0; packet < OPENING_PACKETS; packet += 1) opened += (1 - newFlow) ** packet;
  const openings = (opened * TLS_SHARE * flows) / packets;
  const templates = templatesOf(averagePacket, { lookups, openings }, random);
  const live = new LiveFlows(random);

  let chunk = new Uint8Array(CHUNK);
  chunk.set(pcapHeader());
  let at = FILE_HEADER;
  let done = 0;
  let microseconds = 0;
  while (done + at < bytes) {
    if (at + LARGEST_RECORD > CHUNK) {
      yield chunk.subarray(0, at);
      done += at;
      chunk = new Uint8Array(CHUNK);
      at = 0;
    }
    const flow = live.next(newFlow);
    const kind = templates[live.kinds[flow]];
    const opening = kind.openings[live.servers[flow] % kind.openings.length];
    const packet = live.packets[flow];
    const template = packet < opening.length ? opening[packet] : random.pick(kind.rest);
    const { record } = template;
    chunk.set(record, at);
    microseconds += random.uniform(0, 2 * meanGap);
    const seconds = Math.floor(microseconds / 1e6);
    putLittleEndian(chunk, at, start + seconds);
    putLittleEndian(chunk, at + 4, Math.floor(microseconds - seconds * 1e6));
    live.patch(flow, template, chunk, at + RECORD_HEADER);
    at += record.length;
  }
  yield chunk.subarray(0, at);
}

function putLittleEndian(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}
