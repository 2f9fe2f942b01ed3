import { type ByteSource, type Packet, readPackets } from 'pcap-ts-parser';
import { DnsCollector } from '../../src/analysis/dns/collector.ts';
import { FlowTable } from '../../src/analysis/flows/table.ts';
import { PayloadInspector } from '../../src/analysis/inspect/flow-inspector.ts';
import { SessionTable } from '../../src/analysis/sessions/table.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';

const ROUNDS = 15;

/** Where and what was measured: seconds to merely read the file the same way, and to read and decode it into flows. */
export interface Measurement {
  readSeconds: number;
  analyzeSeconds: number;
  packets: number;
}

/**
 * Seconds to read a capture and decode it into flows; the same with names, fingerprints and applications; and with more
 * on top of those.
 */
export interface PassSeconds {
  flows: number;
  names: number;
  sessions: number;
  dns: number;
  both: number;
}

/**
 * Best of some rounds in turn: what comes on top is small, so that many are needed where other work goes on beside
 * them.
 */
export async function passSeconds(source: ByteSource, secondsNow: () => number): Promise<PassSeconds> {
  const { POSITIVE_INFINITY: none } = Number;
  const best: PassSeconds = { flows: none, names: none, sessions: none, dns: none, both: none };
  for (let round = 0; round < ROUNDS; round++) {
    for (const pass of Object.keys(best) as (keyof PassSeconds)[]) {
      const started = secondsNow();
      await decode(source, pass);
      best[pass] = Math.min(best[pass], secondsNow() - started);
    }
  }
  return best;
}

async function decode(source: ByteSource, pass: keyof PassSeconds): Promise<void> {
  const withSessions = pass === 'sessions' || pass === 'both';
  const withDns = pass === 'dns' || pass === 'both';
  const flows = new FlowTable(DEFAULT_SETTINGS, pass === 'flows' ? null : new PayloadInspector());
  const sessions = new SessionTable();
  const dns = new DnsCollector();
  const add = (packet: Packet): void => {
    if (packet.ipVersion === 0) return;
    flows.add(packet);
    if (withSessions) sessions.add(packet, flows.conversation, flows.swapped ? 1 : 0, flows.clock);
    if (withDns && DnsCollector.isDns(packet)) dns.add(packet, flows.source, flows.destination, flows.clock.nowMs);
  };
  await readPackets(source, add, { openTunnels: false });
  flows.finish();
}
