import { RecentMap } from '../../memory/recent-map.ts';
import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { type Payload, u16, u32, u8 } from './payload.ts';

const RTP = applicationId('RTP');
const HEADER = 12;
/** Streams whose second packet is waited for: bounds their memory whatever a capture holds. */
const MOST_STREAMS = 8192;
/** Packets that may be lost between two that are compared. */
const LARGEST_STEP = 16;
const LAST_STATIC_TYPE = 34;
const FIRST_DYNAMIC_TYPE = 96;

interface Candidate {
  source: number;
  sequence: number;
  type: number;
}

/**
 * Recognises RTP (RFC 3550, section 5.1). One packet of it looks like any other datagram, so two of one direction
 * are compared: same source, same type of payload, a sequence that goes on.
 */
export class RtpStreams {
  readonly #candidates = new RecentMap<number, Candidate>(MOST_STREAMS);

  /** Looks at one datagram of a flow in which nothing else was recognised; gives the number of RTP, or 0. */
  observe(flow: number, packet: Payload, forward: boolean): number {
    const key = flow * 2 + (forward ? 1 : 0);
    if (!looksLikeRtp(packet)) {
      if (this.#candidates.size > 0) this.#candidates.delete(key);
      return UNKNOWN;
    }
    const type = u8(packet, 1) & 0x7f;
    const sequence = u16(packet, 2);
    const source = u32(packet, 8);
    const before = this.#candidates.get(key);
    if (before === undefined) {
      this.#candidates.set(key, { source, sequence, type });
      return UNKNOWN;
    }
    const step = (sequence - before.sequence) & 0xffff;
    if (before.source === source && before.type === type && step >= 1 && step <= LARGEST_STEP) return RTP;
    before.source = source;
    before.sequence = sequence;
    before.type = type;
    return UNKNOWN;
  }

  /** Forgets a flow that ended or was recognised. */
  forget(flow: number): void {
    if (this.#candidates.size === 0) return;
    this.#candidates.delete(flow * 2);
    this.#candidates.delete(flow * 2 + 1);
  }
}

/** Version 2, room for the sources that are counted, and a type that is assigned or dynamic (RFC 3551, section 6). */
function looksLikeRtp(packet: Payload): boolean {
  const first = u8(packet, 0);
  const type = u8(packet, 1) & 0x7f;
  return (
    first >> 6 === 2 &&
    packet.payloadLength >= HEADER + 4 * (first & 15) &&
    u32(packet, 8) !== 0 &&
    (type <= LAST_STATIC_TYPE || type >= FIRST_DYNAMIC_TYPE)
  );
}
