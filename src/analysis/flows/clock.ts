import type { Packet } from 'pcap-ts-parser';
import type { Warning } from '../report.ts';

/** A step forward of this much within one capture is more likely a wrong stamp than a pause. */
const YEAR_MS = 365.25 * 24 * 3600 * 1000;

/**
 * Packet time in whole milliseconds, cut off, never running backwards: a packet stamped earlier than the newest
 * stamp so far is booked at the newest stamp, as in NFStream. What that changed is counted for a warning.
 */
export class PacketClock {
  nowMs = 0;
  private early = 0;
  private firstEarlyFrame = 0;
  private largestStepBackMs = 0;
  private jumpFrame = 0;
  private jumpMs = 0;
  private started = false;

  /** Moves on to a packet's time and returns it, in milliseconds since 1970. */
  tick(packet: Packet): number {
    const stampMs = packet.seconds * 1000 + Math.floor(packet.nanoseconds / 1e6);
    if (stampMs >= this.nowMs) {
      if (stampMs - this.nowMs > YEAR_MS && this.started && this.jumpFrame === 0) {
        this.jumpFrame = packet.number;
        this.jumpMs = stampMs - this.nowMs;
      }
      this.started = true;
      this.nowMs = stampMs;
    } else if (packet.timed) {
      if (this.early++ === 0) this.firstEarlyFrame = packet.number;
      this.largestStepBackMs = Math.max(this.largestStepBackMs, this.nowMs - stampMs);
    }
    return this.nowMs;
  }

  /** Starts afresh for a capture that begins before the one before it ended. */
  restart(): void {
    this.nowMs = 0;
    this.started = false;
  }

  /** What was odd about the stamps of the capture that ends here. The next one may lie years away without a warning. */
  takeWarnings(): Warning[] {
    const warnings: Warning[] = [];
    if (this.jumpFrame > 0) {
      const years = (this.jumpMs / YEAR_MS).toFixed(1);
      const message = `frame ${this.jumpFrame} is stamped ${years} years after the packet before it: its clock may be wrong`;
      warnings.push({ kind: 'clock-jump', offset: null, message });
    }
    if (this.early > 0) {
      const packets = this.early === 1 ? '1 packet is' : `${this.early} packets are`;
      const message = `${packets} stamped earlier than a packet before (first: frame ${this.firstEarlyFrame}, `
        + `at most ${(this.largestStepBackMs / 1000).toFixed(3)} s) and counted at the latest time seen until then`;
      warnings.push({ kind: 'clock-backward', offset: null, message });
    }
    this.started = false;
    this.early = 0;
    this.largestStepBackMs = 0;
    this.jumpFrame = 0;
    return warnings;
  }
}
