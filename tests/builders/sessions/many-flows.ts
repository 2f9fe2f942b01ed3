import { type PacketRecord, pcap } from '../pcap.ts';
import { timedUdp } from './timed.ts';

/**
 * A capture of one connection: datagrams from ever new ports, one a minute, so that nothing goes on inside any flow.
 */
export function manyFlowsCapture(
  flows: number,
  server = { address: '203.0.113.77', port: 7000 },
): Uint8Array<ArrayBuffer> {
  const packets = Array.from({ length: flows }, (_, index): PacketRecord[] =>
    timedUdp(
      {
        client: { address: '10.0.0.104', port: 50_000 + index },
        server,
        start: 1_772_438_400 + 60 * index,
      },
      [{ at: 0, from: 'client', bytes: 40 }],
    ),
  );
  return pcap({ packets: packets.flat() });
}
