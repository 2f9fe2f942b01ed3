import { Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import { SessionTable } from '../../src/analysis/sessions/table.ts';

const SESSIONS = 1_000_000;
const SYN = 0x02;
const ACK = 0x10;

/**
 * Bytes that a million sessions take, each a handshake, a question and an answer, and seconds for their 4,000,000
 * packets.
 */
export function millionSessions(): { recordBytes: number; messageBytes: number; seconds: number } {
  const table = new SessionTable();
  const packet = new Packet();
  const clock = { nowMs: 0 };
  packet.protocol = PROTOCOL_TCP;
  const startedMs = performance.now();
  const add = (session: number, side: number, flags: number, sequence: number, length: number): void => {
    packet.tcpFlags = flags;
    packet.tcpSequence = sequence;
    packet.wirePayloadLength = length;
    packet.nanoseconds += 1000;
    table.add(packet, session, side, clock);
  };
  for (let session = 0; session < SESSIONS; session++) {
    packet.seconds = 1_772_438_400 + Math.floor(session / 1000);
    packet.nanoseconds = (session % 1000) * 1_000_000;
    add(session, 0, SYN, 1000, 0);
    add(session, 1, SYN | ACK, 5000, 0);
    add(session, 0, ACK, 1001, 200);
    add(session, 1, ACK, 5001, 900);
  }
  const seconds = (performance.now() - startedMs) / 1000;
  const { records, messages } = table.finish().memory;
  return { recordBytes: records, messageBytes: messages, seconds };
}
