import { tcpConversation } from '../builders/conversation.ts';
import { byTime, pcap } from '../builders/pcap.ts';

/** One host that calls several nameless outside addresses every minute, the first of them the steadiest. */
export const TWIN_SOURCE = '10.0.0.50';
export const TWINS = ['203.0.113.20', '203.0.113.21', '203.0.113.22'] as const;
/** Another host, with a slower rhythm of its own. */
export const LONER = { source: '10.0.0.51', destination: '198.51.100.77' } as const;

const START = 1_772_438_400;
const CALLS = 60;

/** An hour of these calls, on an odd port and with a few bytes both ways, as a classic pcap file. */
export function twinCapture(): Uint8Array<ArrayBuffer> {
  const packets = [
    ...TWINS.flatMap((destination, twin) => calls(TWIN_SOURCE, destination, 60, 1 + twin * 7, twin * 0.4)),
    ...calls(LONER.source, LONER.destination, 150, 20, 0.5),
  ];
  return pcap({ packets: packets.sort(byTime) });
}

/** Calls `interval` seconds apart, every other one `late` seconds behind. */
function calls(source: string, destination: string, interval: number, first: number, late: number) {
  const count = Math.floor((CALLS * 60 - first) / interval);
  return Array.from({ length: count }, (_, call) =>
    tcpConversation({
      client: { address: source, port: 40_000 + call },
      server: { address: destination, port: 8081 },
      start: START + first + call * interval + (call % 2) * late,
      messages: [
        { from: 'client', bytes: new Uint8Array(64).fill(7) },
        { from: 'server', bytes: new Uint8Array(48).fill(9) },
      ],
    }),
  ).flat();
}
