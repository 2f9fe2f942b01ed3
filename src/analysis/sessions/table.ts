import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { Details } from './details.ts';
import { EndedSessions, SessionRecords } from './records.ts';
import {
  BYTES, DETAILED, FINISHED, FIRST, FIRST_SIDE, FRESH, HAS_FIRST, HAS_SECOND, INITIATOR, ISN, KNOWN, LAST,
  LATEST_START_US, MICROSECONDS, NEXT, RESET, SECOND, SILENT, START_HIGH, START_LOW, startUs, SYN_SEEN, TWO_32,
} from './record.ts';
import { Sessions } from './sessions.ts';

const FIN_FLAG = 0x01;
const SYN_FLAG = 0x02;
const RST_FLAG = 0x04;
const ACK_FLAG = 0x10;

/** A longer pause between new payloads of a direction begins another message. */
const PAUSE_US = MICROSECONDS;
/** The same in milliseconds cut off at both ends: a pause this long is surely longer than a second. */
const SURE_PAUSE_MS = 1002;

/** A first message later than this, and a second one, does not fit a record. */
const FIRST_LIMIT_US = 2 ** 24;
const SECOND_LIMIT_US = 2 ** 30;
const MOST_SHORT_RETRANSMISSIONS = 255;

/**
 * Cuts conversations into sessions and sessions into messages, packet by packet.
 *
 * A session is both directions of one 5-tuple, from its first packet until a SYN with a new initial sequence number comes
 * after a close or after data; it outlives the timeouts of flows. A message is the new payload of one direction until a
 * pause of more than a second in it; retransmissions, late segments and keep-alive probes are never part of one.
 */
export class SessionTable {
  private readonly live = new SessionRecords();
  private readonly ended = new EndedSessions();
  private readonly details = new Details();

  /**
   * Counts a packet that has an IP version.
   *
   * @param conversation its number in `Conversations`: each is given as soon as it is made
   * @param side 0 when the packet goes from the lower end to the higher, 1 for back
   * @param nowMs what counts as its time where it has no stamp, in milliseconds since 1970
   */
  add(packet: Packet, conversation: number, side: number, nowMs: number): void {
    const isNew = conversation >= this.live.length;
    const at = this.live.place(conversation);
    const records = this.live.blockOf(conversation);
    const isTcp = packet.protocol === PROTOCOL_TCP;
    const { tcpFlags } = packet;
    const timeUs = packet.timed ? packet.seconds * MICROSECONDS + Math.floor(packet.nanoseconds / 1000) : nowMs * 1000;
    if (isNew) {
      open(records, at, side, timeUs);
    } else if (isTcp && (tcpFlags & (SYN_FLAG | ACK_FLAG)) === SYN_FLAG && opensAnother(records, at, packet)) {
      this.ended.push(conversation, records, at);
      open(records, at, side, timeUs);
    }
    let flags = records[at + START_HIGH];
    const relativeUs = timeUs - startUs(records, at);
    const relativeMs = Math.floor(relativeUs / 1000);
    const lastMs = records[at + LAST] >>> 0;

    // Between two packets without a sure pause at most a second and a bit goes by: the lower halves of times tell it.
    const low = relativeUs | 0;
    if (relativeMs - lastMs >= SURE_PAUSE_MS) {
      flags |= SILENT | (SILENT << 1);
    } else {
      if (((low - records[at + FRESH]) | 0) > PAUSE_US) flags |= SILENT;
      if (((low - records[at + FRESH + 1]) | 0) > PAUSE_US) flags |= SILENT << 1;
    }
    records[at + START_HIGH] = flags;

    const length = packet.wirePayloadLength;
    if (isTcp) this.addSegment(records, at, packet, side, relativeUs, relativeMs - lastMs);
    else if (length > 0 && packet.protocol === PROTOCOL_UDP) this.addPayload(records, at, side, relativeUs, length);
    if (relativeMs > lastMs) records[at + LAST] = Math.min(relativeMs, TWO_32 - 1) | 0;
  }

  /** All sessions so far. */
  finish(): Sessions {
    return new Sessions(this.live, this.ended, this.details);
  }

  private addSegment(
    records: Int32Array, at: number, packet: Packet, side: number, relativeUs: number, silenceMs: number,
  ): void {
    const { tcpFlags, tcpSequence, wirePayloadLength: length } = packet;
    const known = KNOWN << side;
    if ((tcpFlags & (SYN_FLAG | FIN_FLAG | RST_FLAG)) !== 0) this.addControl(records, at, packet, side);
    const first = ((tcpFlags & SYN_FLAG) === 0 ? tcpSequence : tcpSequence + 1) | 0;
    if ((records[at + START_HIGH] & known) === 0) {
      // A reset's sequence number is what the other end acknowledged, which may be nothing.
      if ((tcpFlags & RST_FLAG) !== 0 && length === 0) return;
      records[at + START_HIGH] |= known;
      records[at + NEXT + side] = first;
    }
    const next = records[at + NEXT + side];
    if (length <= 1 && first === ((next - 1) | 0) && (tcpFlags & (SYN_FLAG | FIN_FLAG | RST_FLAG)) === 0) {
      if ((records[at + START_HIGH] & DETAILED) !== 0 || this.details.create(records, at)) {
        this.details.addProbe(records[at + FIRST], side, silenceMs / 1000);
      }
      return;
    }
    if (length === 0) {
      if (first === ((next + 1) | 0) && (tcpFlags & RST_FLAG) === 0) records[at + NEXT + side] = first;
      return;
    }
    const fresh = (first + length - next) | 0;
    if (fresh <= 0) {
      this.countRetransmission(records, at);
      return;
    }
    records[at + NEXT + side] = (first + length) | 0;
    this.addPayload(records, at, side, relativeUs, Math.min(length, fresh));
  }

  private addControl(records: Int32Array, at: number, packet: Packet, side: number): void {
    const { tcpFlags, tcpSequence } = packet;
    if ((tcpFlags & SYN_FLAG) !== 0) {
      const opener = (tcpFlags & ACK_FLAG) === 0 ? side : 1 - side;
      records[at + START_HIGH] = (records[at + START_HIGH] & ~INITIATOR) | SYN_SEEN | (opener === 0 ? 0 : INITIATOR);
      if (opener === side && records[at + ISN] !== (tcpSequence | 0)) {
        // Another attempt before anything came of the one before: its numbers count.
        records[at + ISN] = tcpSequence | 0;
        records[at + START_HIGH] &= ~(KNOWN << side);
      }
    }
    const closed = records[at + START_HIGH] & (FINISHED | RESET);
    if (closed !== 0) return;
    if ((tcpFlags & RST_FLAG) !== 0) records[at + START_HIGH] |= RESET;
    else if ((tcpFlags & FIN_FLAG) !== 0) records[at + START_HIGH] |= FINISHED;
  }

  private addPayload(records: Int32Array, at: number, side: number, relativeUs: number, bytes: number): void {
    const flags = records[at + START_HIGH];
    const silent = SILENT << side;
    if ((flags & silent) !== 0) {
      const opens = (flags & SILENT) !== 0 && (flags & (SILENT << 1)) !== 0;
      this.beginMessage(records, at, side, relativeUs, opens, bytes);
      records[at + START_HIGH] &= ~silent;
    } else if ((flags & DETAILED) !== 0) {
      this.details.enlarge(records[at + FIRST], side, bytes);
    } else if (relativeUs >= TWO_32) {
      // From here on the lower half of a time does not tell how many seconds a message went on.
      if (this.details.create(records, at)) this.details.enlarge(records[at + FIRST], side, bytes);
    }
    const before = records[at + BYTES + side] >>> 0;
    records[at + BYTES + side] = (before + bytes) | 0;
    if (before + bytes >= TWO_32) this.carryBytes(records, at, side);
    records[at + FRESH + side] = relativeUs | 0;
    if ((records[at + START_HIGH] & DETAILED) !== 0) {
      this.details.markBusy(records[at + FIRST], Math.floor(relativeUs / MICROSECONDS));
    }
  }

  private beginMessage(
    records: Int32Array, at: number, side: number, relativeUs: number, opens: boolean, bytes: number,
  ): void {
    const flags = records[at + START_HIGH];
    if ((flags & DETAILED) === 0) {
      if ((flags & HAS_FIRST) === 0) {
        if (relativeUs >= 0 && relativeUs < FIRST_LIMIT_US) {
          records[at + FIRST] |= relativeUs << 8;
          records[at + START_HIGH] |= HAS_FIRST | (side === 0 ? 0 : FIRST_SIDE);
          return;
        }
      } else if (
        (flags & HAS_SECOND) === 0 && side !== ((flags & FIRST_SIDE) === 0 ? 0 : 1)
        && Math.abs(relativeUs) < SECOND_LIMIT_US
      ) {
        records[at + SECOND] = (relativeUs << 1) | (opens ? 1 : 0);
        records[at + START_HIGH] |= HAS_SECOND;
        return;
      }
      if (!this.details.create(records, at)) {
        this.details.lost++;
        return;
      }
    }
    this.details.append(records[at + FIRST], side, relativeUs, opens, bytes);
  }

  private countRetransmission(records: Int32Array, at: number): void {
    if ((records[at + START_HIGH] & DETAILED) !== 0) {
      this.details.countRetransmission(records[at + FIRST]);
    } else if ((records[at + FIRST] & 0xff) < MOST_SHORT_RETRANSMISSIONS) {
      records[at + FIRST]++;
    } else if (this.details.create(records, at)) {
      this.details.countRetransmission(records[at + FIRST]);
    }
  }

  private carryBytes(records: Int32Array, at: number, side: number): void {
    if ((records[at + START_HIGH] & DETAILED) !== 0 || this.details.create(records, at)) {
      this.details.carryBytes(records[at + FIRST], side);
    }
  }
}

/** Writes the record of a session that begins with the packet at hand. */
function open(records: Int32Array, at: number, side: number, timeUs: number): void {
  const start = Math.max(0, Math.min(LATEST_START_US, timeUs));
  records.fill(0, at, at + 12);
  records[at + START_LOW] = start | 0;
  records[at + START_HIGH] = Math.floor(start / TWO_32) | SILENT | (SILENT << 1) | (side === 0 ? 0 : INITIATOR);
}

/** Whether a SYN begins another session than the one the record is of. */
function opensAnother(records: Int32Array, at: number, packet: Packet): boolean {
  const flags = records[at + START_HIGH];
  if ((flags & (FINISHED | RESET)) === 0 && records[at + BYTES] === 0 && records[at + BYTES + 1] === 0) return false;
  return (flags & SYN_SEEN) === 0 || records[at + ISN] !== (packet.tcpSequence | 0);
}
