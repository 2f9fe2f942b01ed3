/**
 * One session in 48 bytes, so that a packet's update touches one or two cache lines. Words of 32 bits:
 *
 * - START: whole seconds since 1970 of the first packet; FLAGS: the microseconds within that second, 20 bits, and above
 *   them 12 flags;
 * - LAST: latest time in milliseconds after the start;
 * - ISN: initial sequence number of the SYN that opened it;
 * - NEXT: the sequence number after the last payload, by side;
 * - FRESH: the lower half of the time of the last new payload in microseconds after the start, by side;
 * - BYTES: new payload bytes, by side;
 * - FIRST: until there is a detail, the time of the first message (24 bits, microseconds after the start) above a count
 *   of retransmissions (8 bits); then the number of the chunk that is its detail;
 * - SECOND: until there is a detail, the time of the second message.
 *
 * The first two messages need no room of their own as long as they are one of each side: their sizes are the bytes.
 */
export const STRIDE = 12;
export const START = 0;
export const FLAGS = 1;
export const LAST = 2;
export const ISN = 3;
export const NEXT = 4;
export const FRESH = 6;
export const BYTES = 8;
export const FIRST = 10;
export const SECOND = 11;

/** Flags above the 20 bits of the microseconds. A flag of a side is that of side 0 shifted by the side. */
export const MICROSECOND_MASK = 0xf_ffff;
export const KNOWN = 1 << 20;
export const SILENT = 1 << 22;
export const FINISHED = 1 << 24;
export const RESET = 1 << 25;
export const SYN_SEEN = 1 << 26;
/** Which side opened it, by the SYN, or sent first. */
export const INITIATOR = 1 << 27;
export const DETAILED = 1 << 28;
export const HAS_FIRST = 1 << 29;
/** Which side the first message came from. */
export const FIRST_SIDE = 1 << 30;
export const HAS_SECOND = 1 << 31;

/** Words of the detail that a session gets with its third message, its first keep-alive probe or its 4 GB. */
export const SEEN = 0;
export const STORED = 1;
export const HEAD = 2;
export const TAIL = 3;
/**
 * Where in the pool's words the message that goes on is, by side; 0 where it was not stored: the first chunk is a
 * detail.
 */
export const CURRENT = 4;
export const BUSY = 6;
export const BUSY_SECOND = 7;
export const PROBES = 8;
export const SILENCES = 10;
export const SILENCE_HEAD = 11;
export const SILENCE_TAIL = 12;
/** How often the bytes passed 2^32: 16 bits for each side. */
export const BYTES_HIGH = 13;
export const RETRANSMITTED = 14;

export const MICROSECONDS = 1_000_000;
export const TWO_32 = 0x1_0000_0000;
