import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { Details } from './details.ts';
import { EndedSessions, SessionRecords } from './records.ts';
import {
  BYTES, DETAILED, FINISHED, FIRST, FIRST_SIDE, FLAGS, FRESH, HAS_FIRST, HAS_SECOND, INITIATOR, ISN, KNOWN, LAST,
  MICROSECOND_MASK, MICROSECONDS, NEXT, RESET, SECOND, SILENT, START, STRIDE, SYN_SEEN, TWO_32,
} from './record.ts';
import { Sessions } from './sessions.ts';

const FIN_FLAG = 0x01;
const SYN_FLAG = 0x02;
const RST_FLAG = 0x04;
const ACK_FLAG = 0x10;

/** A pause between new payloads of more than a second begins another message. In milliseconds cut off at both ends, this is one. */
const SURE_PAUSE_MS = 1002;

/** A first message later than this, and a second one, does not fit a record; nor does the end of a message later on. */
const FIRST_LIMIT_S = 16;
const SECOND_LIMIT_S = 1000;
const FRESH_LIMIT_S = 4294;
/** From here on the milliseconds of a session do not fit its record: 49 days. */
const LONGEST_S = 4_294_966;
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
  /** Time of the packet at hand after its session's start: whole seconds, rounded down, and microseconds above that. */
  private seconds = 0;
  private microseconds = 0;

  /**
   * Counts a packet that has an IP version.
   *
   * @param conversation its number in `Conversations`: each is given as soon as it is made
   * @param side 0 when the packet goes from the lower end to the higher, 1 for back
   * @param nowMs what counts as its time where it has no stamp, in milliseconds since 1970
   */
  add(packet: Packet, conversation: number, side: number, nowMs: number): void {
    const isNew = conversation >= this.live.length;
    if (isNew) this.live.reserve(conversation);
    const records = this.live.words;
    const at = conversation * STRIDE;
    const isTcp = packet.protocol === PROTOCOL_TCP;
    const { tcpFlags } = packet;
    const second = packet.timed ? packet.seconds : Math.floor(nowMs / 1000);
    const microsecond = packet.timed ? (packet.nanoseconds / 1000) | 0 : Math.round(nowMs % 1000) * 1000;
    if (isNew) {
      open(records, at, side, second, microsecond);
    } else if (isTcp && (tcpFlags & (SYN_FLAG | ACK_FLAG)) === SYN_FLAG && opensAnother(records, at, packet)) {
      this.ended.push(conversation, records, at);
      open(records, at, side, second, microsecond);
    }
    // Whole numbers of 32 bits all the way: a time as one number would be a double, and a box each time it is handed on.
    let seconds = (second - (records[at + START] >>> 0)) | 0;
    let microseconds = microsecond - (records[at + FLAGS] & MICROSECOND_MASK);
    if (microseconds < 0) {
      microseconds += MICROSECONDS;
      seconds--;
    }
    this.seconds = seconds;
    this.microseconds = microseconds;
    const low = (Math.imul(seconds, MICROSECONDS) + microseconds) | 0;
    const ms = seconds < 0 ? 0 : seconds > LONGEST_S ? TWO_32 - 1 : (Math.imul(seconds, 1000) + ((microseconds / 1000) | 0)) >>> 0;
    const silenceMs = ms - (records[at + LAST] >>> 0);

    // Between two packets without a sure pause at most a second and a bit goes by: the lower halves of times tell it.
    if (silenceMs >= SURE_PAUSE_MS) {
      records[at + FLAGS] |= SILENT | (SILENT << 1);
    } else {
      if (((low - records[at + FRESH]) | 0) > MICROSECONDS) records[at + FLAGS] |= SILENT;
      if (((low - records[at + FRESH + 1]) | 0) > MICROSECONDS) records[at + FLAGS] |= SILENT << 1;
    }
    if (silenceMs > 0) records[at + LAST] = ms | 0;
    const length = packet.wirePayloadLength;
    if (isTcp) this.addSegment(records, at, packet, side, low, silenceMs);
    else if (length > 0 && packet.protocol === PROTOCOL_UDP) this.addPayload(records, at, side, low, length);
  }

  /** All sessions so far. */
  finish(): Sessions {
    return new Sessions(this.live, this.ended, this.details);
  }

  private addSegment(
    records: Int32Array, at: number, packet: Packet, side: number, low: number, silenceMs: number,
  ): void {
    const { tcpFlags, tcpSequence, wirePayloadLength: length } = packet;
    const known = KNOWN << side;
    if ((tcpFlags & (SYN_FLAG | FIN_FLAG | RST_FLAG)) !== 0) this.addControl(records, at, packet, side);
    const first = ((tcpFlags & SYN_FLAG) === 0 ? tcpSequence : tcpSequence + 1) | 0;
    if ((records[at + FLAGS] & known) === 0) {
      // A reset's sequence number is what the other end acknowledged, which may be nothing.
      if ((tcpFlags & RST_FLAG) !== 0 && length === 0) return;
      records[at + FLAGS] |= known;
      records[at + NEXT + side] = first;
    }
    const next = records[at + NEXT + side];
    if (length <= 1 && first === ((next - 1) | 0) && (tcpFlags & (SYN_FLAG | FIN_FLAG | RST_FLAG)) === 0) {
      if ((records[at + FLAGS] & DETAILED) !== 0 || this.details.create(records, at)) {
        this.details.addProbe(records[at + FIRST], side, Math.max(0, silenceMs));
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
    this.addPayload(records, at, side, low, Math.min(length, fresh));
  }

  private addControl(records: Int32Array, at: number, packet: Packet, side: number): void {
    const { tcpFlags, tcpSequence } = packet;
    if ((tcpFlags & SYN_FLAG) !== 0) {
      const opener = (tcpFlags & ACK_FLAG) === 0 ? side : 1 - side;
      records[at + FLAGS] = (records[at + FLAGS] & ~INITIATOR) | SYN_SEEN | (opener === 0 ? 0 : INITIATOR);
      if (opener === side && records[at + ISN] !== (tcpSequence | 0)) {
        // Another attempt before anything came of the one before: its numbers count.
        records[at + ISN] = tcpSequence | 0;
        records[at + FLAGS] &= ~(KNOWN << side);
      }
    }
    const closed = records[at + FLAGS] & (FINISHED | RESET);
    if (closed !== 0) return;
    if ((tcpFlags & RST_FLAG) !== 0) records[at + FLAGS] |= RESET;
    else if ((tcpFlags & FIN_FLAG) !== 0) records[at + FLAGS] |= FINISHED;
  }

  private addPayload(records: Int32Array, at: number, side: number, low: number, bytes: number): void {
    const flags = records[at + FLAGS];
    const silent = SILENT << side;
    if ((flags & silent) !== 0) {
      const opens = (flags & SILENT) !== 0 && (flags & (SILENT << 1)) !== 0;
      this.beginMessage(records, at, side, low, opens, bytes);
      records[at + FLAGS] &= ~silent;
    } else if ((flags & DETAILED) !== 0) {
      this.details.enlarge(records[at + FIRST], side, bytes);
    } else if (this.seconds >= FRESH_LIMIT_S) {
      // From here on the lower half of a time does not tell how many seconds a message went on.
      if (this.details.create(records, at)) this.details.enlarge(records[at + FIRST], side, bytes);
    }
    const before = records[at + BYTES + side] >>> 0;
    records[at + BYTES + side] = (before + bytes) | 0;
    if (before + bytes >= TWO_32) this.carryBytes(records, at, side);
    records[at + FRESH + side] = low;
    if ((records[at + FLAGS] & DETAILED) !== 0) {
      this.details.markBusy(records[at + FIRST], this.seconds);
    }
  }

  private beginMessage(
    records: Int32Array, at: number, side: number, low: number, opens: boolean, bytes: number,
  ): void {
    const flags = records[at + FLAGS];
    if ((flags & DETAILED) === 0) {
      if ((flags & HAS_FIRST) === 0) {
        if (this.seconds >= 0 && this.seconds < FIRST_LIMIT_S) {
          records[at + FIRST] |= low << 8;
          records[at + FLAGS] |= HAS_FIRST | (side === 0 ? 0 : FIRST_SIDE);
          return;
        }
      } else if (
        (flags & HAS_SECOND) === 0 && side !== ((flags & FIRST_SIDE) === 0 ? 0 : 1)
        && Math.abs(this.seconds) < SECOND_LIMIT_S
      ) {
        records[at + SECOND] = (low << 1) | (opens ? 1 : 0);
        records[at + FLAGS] |= HAS_SECOND;
        return;
      }
      if (!this.details.create(records, at)) {
        this.details.lost++;
        return;
      }
    }
    this.details.append(records[at + FIRST], side, this.seconds, this.microseconds, opens, bytes);
  }

  private countRetransmission(records: Int32Array, at: number): void {
    if ((records[at + FLAGS] & DETAILED) !== 0) {
      this.details.countRetransmission(records[at + FIRST]);
    } else if ((records[at + FIRST] & 0xff) < MOST_SHORT_RETRANSMISSIONS) {
      records[at + FIRST]++;
    } else if (this.details.create(records, at)) {
      this.details.countRetransmission(records[at + FIRST]);
    }
  }

  private carryBytes(records: Int32Array, at: number, side: number): void {
    if ((records[at + FLAGS] & DETAILED) !== 0 || this.details.create(records, at)) {
      this.details.carryBytes(records[at + FIRST], side);
    }
  }
}

/** Writes the record of a session that begins with the packet at hand. */
function open(records: Int32Array, at: number, side: number, second: number, microsecond: number): void {
  for (let word = at; word < at + STRIDE; word++) records[word] = 0;
  records[at + START] = second | 0;
  records[at + FLAGS] = microsecond | SILENT | (SILENT << 1) | (side === 0 ? 0 : INITIATOR);
}

/** Whether a SYN begins another session than the one the record is of. */
function opensAnother(records: Int32Array, at: number, packet: Packet): boolean {
  const flags = records[at + FLAGS];
  if ((flags & (FINISHED | RESET)) === 0 && records[at + BYTES] === 0 && records[at + BYTES + 1] === 0) return false;
  return (flags & SYN_SEEN) === 0 || records[at + ISN] !== (packet.tcpSequence | 0);
}
