import type { Packet } from 'pcap-ts-parser';
import type { Warning } from '../capture.ts';
import { OddFrames, YEAR_MS } from './odd-frames.ts';

/**
 * Packet time in whole milliseconds, cut off, never running backwards: a packet stamped earlier than the newest
 * stamp so far is booked at the newest stamp, as in NFStream. What that changed is counted for a warning.
 */
export class PacketClock {
  nowMs = 0;
  /** The same, with stamps set aside that the parser found to be wrong: what spans of time are measured by. */
  trustedMs = 0;
  private early = new OddFrames();
  private jumps = new OddFrames();
  private started = false;
  private readonly isExact: boolean;

  /** @param isExact whether flows are taken exactly as NFStream makes them: then all is at its time */
  constructor(isExact = false) {
    this.isExact = isExact;
  }

  /** Moves on to a packet's time and returns it, in milliseconds since 1970. */
  tick(packet: Packet): number {
    const stampMs = packet.seconds * 1000 + Math.floor(packet.nanoseconds / 1e6);
    const latestMs = this.isExact ? this.nowMs : this.trustedMs;
    if (stampMs > this.trustedMs) this.trustedMs = stampMs;
    if (packet.misdated) return this.tickMisdated(packet);
    if (stampMs >= latestMs) {
      // A step forward of a year within one capture is more likely a wrong stamp than a pause.
      if (stampMs - latestMs > YEAR_MS && this.started) this.jumps.add(packet, stampMs - latestMs);
      this.started = true;
    } else if (packet.timed) {
      this.early.add(packet, latestMs - stampMs);
    }
    if (stampMs > this.nowMs) this.nowMs = stampMs;
    return this.nowMs;
  }

  /** NFStream takes any stamp; the parser has said which frame it is. */
  private tickMisdated({ stampSeconds, stampNanoseconds }: Packet): number {
    this.nowMs = Math.max(this.nowMs, stampSeconds * 1000 + Math.floor(stampNanoseconds / 1e6));
    this.started = true;
    return this.nowMs;
  }

  /** What was odd about the stamps of the capture that ends here. The next one may lie years away without a warning. */
  takeWarnings(): Warning[] {
    const warnings: Warning[] = [];
    if (this.jumps.count > 0) {
      const years = 'stamped years after the packet before';
      warnings.push(this.jumps.warning('clock-jump', `${years} it`, `${years} them`, ': the clock may be wrong'));
    }
    if (this.early.count > 0) {
      const earlier = 'stamped earlier than a packet before';
      warnings.push(
        this.early.warning(
          'clock-backward',
          `${earlier} it`,
          `${earlier} them`,
          ' and counted at the latest time seen until then (reordercap puts a capture in order)',
        ),
      );
    }
    this.started = false;
    this.early = new OddFrames();
    this.jumps = new OddFrames();
    return warnings;
  }
}
