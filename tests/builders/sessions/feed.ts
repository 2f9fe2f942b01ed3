import { Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import { createMessages } from '../../../src/analysis/sessions/series.ts';
import type { Sessions } from '../../../src/analysis/sessions/sessions.ts';
import { SessionTable } from '../../../src/analysis/sessions/table.ts';

/** What a session table sees of one packet; what is left out is nothing. */
export interface Seen {
  /** Seconds, to the microsecond. */
  at: number;
  side?: 0 | 1;
  bytes?: number;
  sequence?: number;
  flags?: number;
  conversation?: number;
  protocol?: number;
}

/** Every packet here has a stamp. */
const NO_CLOCK = { nowMs: Number.NaN };

/** Feeds packets to a session table, conversation 0 and TCP unless said. */
export function feed(packets: readonly Seen[], table = new SessionTable()): SessionTable {
  const packet = new Packet();
  for (const {
    at,
    side = 0,
    bytes = 0,
    sequence = 0,
    flags = 0x10,
    conversation = 0,
    protocol = PROTOCOL_TCP,
  } of packets) {
    const microseconds = Math.round(at * 1e6);
    packet.seconds = Math.floor(microseconds / 1e6);
    packet.nanoseconds = (microseconds - packet.seconds * 1e6) * 1000;
    packet.protocol = protocol;
    packet.tcpFlags = flags;
    packet.tcpSequence = sequence;
    packet.wirePayloadLength = bytes;
    table.add(packet, conversation, side, NO_CLOCK);
  }
  return table;
}

/** The messages of a session: seconds after its start, side, opener, bytes. */
export function messagesOf(
  sessions: Sessions,
  session = 0,
): [at: number, side: number, opener: boolean, bytes: number][] {
  const messages = sessions.messages(session, createMessages());
  return Array.from({ length: messages.length }, (_, index) => [
    messages.timesUs[index] / 1e6,
    messages.sides[index],
    messages.openers[index] === 1,
    messages.sizes[index],
  ]);
}
