import type { Packet } from 'pcap-ts-parser';
import { steadyMix } from '../memory/hash.ts';
import type { CaptureSummary } from '../capture.ts';

/** Packets that are kept of each capture: those with the smallest hashes, which are the same ones in every capture. */
const SAMPLE = 512;
/** Two sensors' clocks differ by less than this, and the packets of a rhythm come further apart. */
const NEAR_MS = 2000;
/** So many packets of the time that two captures share, and this part of them, have to be in both. */
const LEAST_SHARED = 8;
const LEAST_PART = 0.5;

/**
 * Samples the packets of captures, to tell whether two of them saw the same traffic. Of a packet counts what no router
 * changes: addresses, ports, IP identification, lengths, TCP's sequence number and the payload's first bytes.
 */
export class OverlapFinder {
  private readonly samples: PacketSample[] = [];
  private sample = new PacketSample();

  /** Begins the next capture. */
  begin(capture: CaptureSummary): void {
    this.sample = new PacketSample();
    this.samples.push(this.sample);
    this.sample.capture = capture;
  }

  /** Takes a packet that has an IP version, at its own time. */
  add(packet: Packet): void {
    this.sample.add(hashOf(packet), packet.seconds * 1000 + packet.nanoseconds / 1e6);
  }

  /** Adds a warning to every capture whose packets are in one before it, too. */
  warn(): void {
    const ordered = this.samples.filter(({ capture }) => capture?.firstMs !== null);
    for (let later = 1; later < ordered.length; later++) {
      for (let earlier = 0; earlier < later; earlier++) {
        const part = ordered[later].sharedWith(ordered[earlier]);
        if (part < LEAST_PART) continue;
        const other = ordered[earlier].capture?.file ?? '';
        const message =
          `${Math.round(part * 100)} % of the packets of the time it shares with ${other} are in both: ` +
          'two sensors saw the same traffic, and it counts twice';
        ordered[later].capture?.warnings.push({ kind: 'same-packets', offset: null, message });
        break;
      }
    }
  }
}

/** The packets with the smallest hashes of one capture, with their times, sorted by hash. */
class PacketSample {
  capture: CaptureSummary | null = null;
  private hashes = new Uint32Array(2 * SAMPLE);
  private times = new Float64Array(2 * SAMPLE);
  private count = 0;
  private limit = 0xffff_ffff;

  add(hash: number, ms: number): void {
    if (hash >= this.limit) return;
    this.hashes[this.count] = hash;
    this.times[this.count++] = ms;
    if (this.count === this.hashes.length) this.shrink();
  }

  /** The part of the packets at the time two captures share that are in both; 0 where there are too few to say. */
  sharedWith(other: PacketSample): number {
    const [a, b] = [this.capture, other.capture];
    if (a?.firstMs == null || b?.firstMs == null) return 0;
    const from = Math.max(a.firstMs, b.firstMs) - NEAR_MS;
    const to = Math.min(a.lastMs ?? a.firstMs, b.lastMs ?? b.firstMs) + NEAR_MS;
    if (to - from <= 2 * NEAR_MS) return 0;
    const limit = Math.min(this.limit, other.limit);
    const mine = this.between(from, to, limit);
    const theirs = other.between(from, to, limit);
    let shared = 0;
    for (const [hash, ms] of mine) {
      const at = theirs.get(hash);
      if (at !== undefined && Math.abs(at - ms) <= NEAR_MS) shared++;
    }
    return shared < LEAST_SHARED ? 0 : shared / Math.min(mine.size, theirs.size);
  }

  private between(from: number, to: number, limit: number): Map<number, number> {
    const found = new Map<number, number>();
    for (let place = 0; place < this.count; place++) {
      const ms = this.times[place];
      if (this.hashes[place] < limit && ms >= from && ms <= to) found.set(this.hashes[place], ms);
    }
    return found;
  }

  /** Keeps the half with the smaller hashes. */
  private shrink(): void {
    const { hashes, times } = this;
    const places = Array.from({ length: this.count }, (_, place) => place).sort((a, b) => hashes[a] - hashes[b]);
    this.limit = hashes[places[SAMPLE]];
    const kept = places.slice(0, SAMPLE);
    const keptHashes = kept.map((place) => hashes[place]);
    const keptTimes = kept.map((place) => times[place]);
    hashes.set(keptHashes);
    times.set(keptTimes);
    this.count = SAMPLE;
  }
}

/** Bytes of payload that count. */
const PAYLOAD_BYTES = 16;

function hashOf(packet: Packet): number {
  const { bytes, source, destination, ipVersion } = packet;
  const length = ipVersion === 4 ? 4 : 16;
  let hash = steadyMix(packet.ipLength, packet.tcpSequence);
  for (let at = 0; at < length; at++) hash = steadyMix(hash, (bytes[source + at] << 8) | bytes[destination + at]);
  hash = steadyMix(hash, (packet.sourcePort << 16) | packet.destinationPort);
  hash = steadyMix(hash, (packet.protocol << 8) | packet.tcpFlags);
  // IPv4's identification lies eight bytes before the source address (RFC 791).
  if (ipVersion === 4) hash = steadyMix(hash, (bytes[source - 8] << 8) | bytes[source - 7]);
  const end = packet.payload + Math.min(PAYLOAD_BYTES, packet.payloadLength);
  for (let at = packet.payload; at < end; at++) hash = steadyMix(hash, bytes[at]);
  return hash >>> 0;
}
