import { byTime, pcap } from '../pcap.ts';
import { iodineTunnel } from './dns.ts';
import { heldOpen, ratOverTls } from './kinds.ts';

const START = 1_772_438_400;

/** Who talks in the capture of all lists. */
export const LISTS_CLIENT = '10.0.0.104';

/** A trojan that keeps one connection open, a tunnel through a resolver, and a connection held open for five hours. */
export function captureOfLists(): Buffer {
  const client = (port: number) => ({ address: LISTS_CLIENT, port });
  const packets = [
    ...ratOverTls({ client: client(50_000), server: { address: '203.0.113.77', port: 8443 }, start: START }),
    ...iodineTunnel(
      { client: client(50_001), server: { address: '10.0.0.2', port: 53 }, start: START },
      't.example.org',
    ),
    ...heldOpen({ client: client(50_002), server: { address: '198.51.100.9', port: 22 }, start: START }, 5),
  ];
  packets.sort(byTime);
  return Buffer.from(pcap({ packets }));
}
