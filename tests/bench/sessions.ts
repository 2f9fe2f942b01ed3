import { open } from 'node:fs/promises';
import { fileHandleSource, Packet, PROTOCOL_TCP, readPackets } from 'pcap-ts-parser';
import { DnsCollector } from '../../src/analysis/dns/collector.ts';
import { FlowTable } from '../../src/analysis/flows/table.ts';
import { SessionTable } from '../../src/analysis/sessions/table.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';

const ROUNDS = 15;
const SESSIONS = 1_000_000;
const SYN = 0x02;
const ACK = 0x10;

/** Seconds to read a capture and decode it into flows, and with sessions, with DNS collected, and with both on top. */
export interface PassSeconds {
  flows: number;
  sessions: number;
  dns: number;
  both: number;
}

/**
 * Best of some rounds in turn, each from the file as the analysis reads it: what comes on top is small, so that many
 * rounds are needed where other work goes on beside them.
 */
export async function sessionPass(file: string): Promise<PassSeconds> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const measure = async (withSessions: boolean, withDns: boolean): Promise<number> => {
    const flows = new FlowTable(DEFAULT_SETTINGS);
    const sessions = new SessionTable();
    const dns = new DnsCollector();
    const startedMs = performance.now();
    await readPackets(fileHandleSource(handle, size, file), (packet) => {
      if (packet.ipVersion === 0) return;
      flows.add(packet);
      if (withSessions) sessions.add(packet, flows.conversation, flows.swapped ? 1 : 0, flows.clock);
      if (withDns && DnsCollector.isDns(packet)) dns.add(packet, flows.source, flows.destination, flows.clock.nowMs);
    });
    return (performance.now() - startedMs) / 1000;
  };
  const { POSITIVE_INFINITY: none } = Number;
  const best: PassSeconds = { flows: none, sessions: none, dns: none, both: none };
  for (let round = 0; round < ROUNDS; round++) {
    best.flows = Math.min(best.flows, await measure(false, false));
    best.sessions = Math.min(best.sessions, await measure(true, false));
    best.dns = Math.min(best.dns, await measure(false, true));
    best.both = Math.min(best.both, await measure(true, true));
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
