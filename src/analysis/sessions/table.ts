import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { Details } from './details.ts';
import { EndedSessions, SessionRecords } from './records.ts';
import {
  BYTES,
  DETAILED,
  FINISHED,
  FIRST,
  FIRST_SIDE,
  FLAGS,
  FRESH,
  HAS_FIRST,
  HAS_SECOND,
  INITIATOR,
  ISN,
  KNOWN,
  LAST,
  MICROSECOND_MASK,
  MICROSECONDS,
  NEXT,
  RESET,
  SECOND,
  SILENT,
  START,
  STRIDE,
  SYN_SEEN,
} from './record.ts';
import { PackedSessions } from './packed-sessions.ts';

const FIN_FLAG = 0x01;
const SYN_FLAG = 0x02;
const RST_FLAG = 0x04;
const ACK_FLAG = 0x10;
const CONTROL_FLAGS = FIN_FLAG | SYN_FLAG | RST_FLAG;

/**
 * A pause between new payloads of more than a second begins another message. In milliseconds cut off at both ends, this
 * is one.
 */
const SURE_PAUSE_MS = 1002;

/** A first message later than this, and a second one, does not fit a record; nor does the end of a message later on. */
const FIRST_LIMIT_S = 16;
const SECOND_LIMIT_S = 1000;
const FRESH_LIMIT_S = 4294;
/** From here on the milliseconds of a session do not fit its record: 49 days. */
const LONGEST_S = 4_294_966;
const HIGHEST_BIT = 1 << 31;
const BOTH_SILENT = SILENT | (SILENT << 1);
const MOST_SHORT_RETRANSMISSIONS = 255;

/**
 * Cuts conversations into sessions and sessions into messages, packet by packet.
 *
 * A session is both directions of one 5-tuple, from its first packet until a SYN with a new initial sequence number
 * comes after a close or after data; it outlives the timeouts of flows. A message is the new payload of one direction
 * until a pause of more than a second in it; retransmissions, late segments and keep-alive probes are never part of
 * one.
 */
export class SessionTable {
  private readonly live = new SessionRecords();
  private readonly ended = new EndedSessions();
  private readonly details = new Details();
  /** Time of the packet at hand after its session's start: whole seconds, rounded down, and microseconds above that. */
  private seconds = 0;
  private microseconds = 0;
  /** Conversations whose session has begun with a stray stamp: it begins with the next packet that has another. */
  private readonly undated = new Set<number>();

  /**
   * Counts a packet that has an IP version.
   *
   * @param conversation its number in `Conversations`: each is given as soon as it is made
   * @param side 0 when the packet goes from the lower end to the higher, 1 for back
   * @param clock what counts as the time of a packet without a stamp, in milliseconds since 1970; a number would be put
   * in a box for every packet
   */
  add(packet: Packet, conversation: number, side: number, clock: { readonly nowMs: number }): void {
    const isNew = conversation >= this.live.length;
    if (isNew) this.live.reserve(conversation);
    const { rows } = this.live;
    const records = rows.chunk(conversation);
    const at = rows.place(conversation);
    const isTcp = packet.protocol === PROTOCOL_TCP;
    const { tcpFlags } = packet;
    const second = (packet.timed ? packet.seconds : clock.nowMs / 1000) | 0;
    const microsecond = packet.timed ? (packet.nanoseconds / 1000) | 0 : ((clock.nowMs % 1000) | 0) * 1000;
    if (isNew || (isTcp && (tcpFlags & (SYN_FLAG | ACK_FLAG)) === SYN_FLAG && opensAnother(records, at, packet))) {
      if (!isNew) this.ended.push(conversation, records, at);
      open(records, at, side, second, microsecond);
      if (packet.misdated) this.undated.add(conversation);
    }
    // What was noted of the packets before is told from the start on, and stays there.
    if (this.undated.size > 0 && !packet.misdated && this.undated.delete(conversation)) {
      records[at + START] = second;
      records[at + FLAGS] = (records[at + FLAGS] & ~MICROSECOND_MASK) | microsecond;
    }
    // Whole numbers of 32 bits all the way: a time as one number would be a double, and a box each time it is handed
    // on.
    let flags = records[at + FLAGS];
    const difference = (microsecond - (flags & MICROSECOND_MASK)) | 0;
    // -1 where a second is to be borrowed, which no branch foresees.
    const borrow = difference >> 31;
    const microseconds = (difference + (MICROSECONDS & borrow)) | 0;
    const seconds = (second - records[at + START] + borrow) | 0;
    this.seconds = seconds;
    this.microseconds = microseconds;
    const low = (Math.imul(seconds, MICROSECONDS) + microseconds) | 0;
    const latest = records[at + LAST];
    const ms =
      seconds < 0 ? 0 : seconds > LONGEST_S ? -1 : (Math.imul(seconds, 1000) + ((microseconds / 1000) | 0)) | 0;
    const silenceMs = (ms - latest) | 0;
    // Both are unsigned: with their highest bits turned they compare as such.
    const isLater = (ms ^ HIGHEST_BIT) > (latest ^ HIGHEST_BIT);
    if (isLater) records[at + LAST] = ms;
    let bytes = packet.wirePayloadLength;
    // An acknowledgment and no more, in the same 1024 ms as the packet before: the next one asks the same about
    // silences.
    if (
      bytes === 0 &&
      isTcp &&
      (tcpFlags & CONTROL_FLAGS) === 0 &&
      (flags & (KNOWN << side)) !== 0 &&
      (packet.tcpSequence | 0) === records[at + NEXT + side] &&
      (ms ^ latest) >>> 10 === 0 &&
      ms > 0
    )
      return;

    if (isLater && (silenceMs >= SURE_PAUSE_MS || silenceMs < 0)) flags |= BOTH_SILENT;
    // Between two packets without a sure pause at most a second and a bit goes by: the lower halves of times tell it.
    flags |= silent(low, records[at + FRESH]) | (silent(low, records[at + FRESH + 1]) << 1);
    if (isTcp) {
      if ((tcpFlags & CONTROL_FLAGS) !== 0) flags = addControl(records, at, packet, side, flags);
      const known = KNOWN << side;
      const first = (packet.tcpSequence + ((tcpFlags & SYN_FLAG) >> 1)) | 0;
      const fresh = (first + bytes - records[at + NEXT + side]) | 0;
      if ((flags & known) === 0) {
        // A reset's sequence number is what the other end acknowledged, which may be nothing.
        if (bytes > 0 || (tcpFlags & RST_FLAG) === 0) {
          flags |= known;
          records[at + NEXT + side] = (first + bytes) | 0;
        }
      } else if (fresh === bytes - 1 && bytes <= 1 && (tcpFlags & CONTROL_FLAGS) === 0) {
        records[at + FLAGS] = this.addProbe(records, at, side, isLater ? silenceMs : 0, flags);
        return;
      } else if (bytes === 0) {
        if (fresh === 1 && (tcpFlags & RST_FLAG) === 0) records[at + NEXT + side] = first;
      } else if (fresh <= 0) {
        records[at + FLAGS] = this.countRetransmission(records, at, flags);
        return;
      } else {
        records[at + NEXT + side] = (first + bytes) | 0;
        if (fresh < bytes) bytes = fresh;
      }
    } else if (packet.protocol !== PROTOCOL_UDP) {
      bytes = 0;
    }
    records[at + FLAGS] = bytes > 0 ? this.addPayload(records, at, side, low, bytes, flags) : flags;
  }

  /** All sessions so far. */
  finish(): PackedSessions {
    return new PackedSessions(this.live, this.ended, this.details);
  }

  /** Counts new payload of a side; returns the flags. */
  private addPayload(
    records: Int32Array,
    at: number,
    side: number,
    low: number,
    bytes: number,
    before: number,
  ): number {
    const { seconds } = this;
    const isNew = (before & (SILENT << side)) !== 0;
    const opens = (before & BOTH_SILENT) === BOTH_SILENT;
    const noted = before & ~(SILENT << side);
    let flags = noted;
    if ((flags & DETAILED) === 0) {
      // From here on the lower half of a time does not tell how many seconds a message went on.
      if (seconds >= FRESH_LIMIT_S) flags = this.makeDetail(records, at, flags);
      else if (isNew) flags = this.noteMessage(records, at, side, low, opens, flags);
    }
    if ((flags & DETAILED) !== 0) {
      const detail = records[at + FIRST];
      if (isNew) this.details.append(detail, side, seconds, this.microseconds, opens, bytes);
      else this.details.enlarge(detail, side, seconds, bytes);
    } else if (isNew && flags === noted) {
      this.details.lost++;
    }
    records[at + FRESH + side] = low;
    const bytesBefore = records[at + BYTES + side];
    const bytesAfter = (bytesBefore + bytes) | 0;
    records[at + BYTES + side] = bytesAfter;
    return bytesBefore < 0 && bytesAfter >= 0 ? this.carryBytes(records, at, side, flags) : flags;
  }

  /** Notes one of the first two messages in the record, or moves them into a detail for a third; returns the flags. */
  private noteMessage(
    records: Int32Array,
    at: number,
    side: number,
    low: number,
    opens: boolean,
    flags: number,
  ): number {
    if ((flags & HAS_FIRST) === 0) {
      if (this.seconds >= 0 && this.seconds < FIRST_LIMIT_S) {
        records[at + FIRST] |= low << 8;
        return flags | HAS_FIRST | (side === 0 ? 0 : FIRST_SIDE);
      }
    } else if (
      (flags & HAS_SECOND) === 0 &&
      side !== ((flags & FIRST_SIDE) === 0 ? 0 : 1) &&
      Math.abs(this.seconds) < SECOND_LIMIT_S
    ) {
      records[at + SECOND] = (low << 1) | (opens ? 1 : 0);
      return flags | HAS_SECOND;
    }
    return this.makeDetail(records, at, flags);
  }

  /** Gives a session a detail, where there is room for one; returns the flags. */
  private makeDetail(records: Int32Array, at: number, flags: number): number {
    if ((flags & DETAILED) !== 0) return flags;
    records[at + FLAGS] = flags;
    return this.details.create(records, at) ? flags | DETAILED : flags;
  }

  private addProbe(records: Int32Array, at: number, side: number, silenceMs: number, before: number): number {
    const flags = this.makeDetail(records, at, before);
    if ((flags & DETAILED) !== 0) this.details.addProbe(records[at + FIRST], side, silenceMs);
    return flags;
  }

  private countRetransmission(records: Int32Array, at: number, before: number): number {
    if ((before & DETAILED) === 0 && (records[at + FIRST] & 0xff) < MOST_SHORT_RETRANSMISSIONS) {
      records[at + FIRST]++;
      return before;
    }
    const flags = this.makeDetail(records, at, before);
    if ((flags & DETAILED) !== 0) this.details.countRetransmission(records[at + FIRST]);
    return flags;
  }

  private carryBytes(records: Int32Array, at: number, side: number, before: number): number {
    const flags = this.makeDetail(records, at, before);
    if ((flags & DETAILED) !== 0) this.details.carryBytes(records[at + FIRST], side);
    return flags;
  }
}

/** `SILENT` where more than a second lies between the lower halves of two times, else 0: no branch foresees it. */
function silent(low: number, before: number): number {
  const passed = (low - before) | 0;
  return ((~passed & (MICROSECONDS - passed)) >>> 31) * SILENT;
}

/** Writes the record of a session that begins with the packet at hand. */
function open(records: Int32Array, at: number, side: number, second: number, microsecond: number): void {
  for (let word = at; word < at + STRIDE; word++) records[word] = 0;
  records[at + START] = second | 0;
  records[at + FLAGS] = microsecond | SILENT | (SILENT << 1) | (side === 0 ? 0 : INITIATOR);
}

/** Notes what SYN, FIN and RST say about the session; returns the flags. */
function addControl(records: Int32Array, at: number, packet: Packet, side: number, flags: number): number {
  const { tcpFlags, tcpSequence } = packet;
  let noted = flags;
  if ((tcpFlags & SYN_FLAG) !== 0) {
    const opener = (tcpFlags & ACK_FLAG) === 0 ? side : 1 - side;
    noted = (noted & ~INITIATOR) | SYN_SEEN | (opener === 0 ? 0 : INITIATOR);
    if (opener === side && records[at + ISN] !== (tcpSequence | 0)) {
      // Another attempt before anything came of the one before: its numbers count.
      records[at + ISN] = tcpSequence | 0;
      noted &= ~(KNOWN << side);
    }
  }
  if ((noted & (FINISHED | RESET)) !== 0) return noted;
  if ((tcpFlags & RST_FLAG) !== 0) return noted | RESET;
  return (tcpFlags & FIN_FLAG) === 0 ? noted : noted | FINISHED;
}

/** Whether a SYN begins another session than the one the record is of. */
function opensAnother(records: Int32Array, at: number, packet: Packet): boolean {
  const flags = records[at + FLAGS];
  if ((flags & (FINISHED | RESET)) === 0 && records[at + BYTES] === 0 && records[at + BYTES + 1] === 0) return false;
  return (flags & SYN_SEEN) === 0 || records[at + ISN] !== (packet.tcpSequence | 0);
}
