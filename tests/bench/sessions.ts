import { open } from 'node:fs/promises';
import { fileHandleSource, Packet, PROTOCOL_TCP, readPackets } from 'pcap-ts-parser';
import { FlowTable } from '../../src/analysis/flows/table.ts';
import { SessionTable } from '../../src/analysis/sessions/table.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';

const ROUNDS = 12;
const SESSIONS = 1_000_000;
const SYN = 0x02;
const ACK = 0x10;

/** Seconds to decode a capture into flows, and into flows and sessions: the best of some rounds, in turn. */
export async function sessionPass(file: string): Promise<{ flowSeconds: number; bothSeconds: number }> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const best = { flowSeconds: Number.POSITIVE_INFINITY, bothSeconds: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now();
    const alone = new FlowTable(DEFAULT_SETTINGS);
    await readPackets(fileHandleSource(handle, size, file), (packet) => {
      if (packet.ipVersion !== 0) alone.add(packet);
    });
    const betweenMs = performance.now();
    const flows = new FlowTable(DEFAULT_SETTINGS);
    const sessions = new SessionTable();
    await readPackets(fileHandleSource(handle, size, file), (packet) => {
      if (packet.ipVersion === 0) return;
      flows.add(packet);
      sessions.add(packet, flows.conversation, flows.swapped ? 1 : 0, flows.clock);
    });
    const doneMs = performance.now();
    best.flowSeconds = Math.min(best.flowSeconds, (betweenMs - startedMs) / 1000);
    best.bothSeconds = Math.min(best.bothSeconds, (doneMs - betweenMs) / 1000);
  }
  await handle.close();
  return best;
}

/** Bytes that a million sessions take, each a handshake, a question and an answer, and seconds for their 4,000,000 packets. */
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
