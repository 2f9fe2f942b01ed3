import { ethernet, ETHERTYPE_IPV4 } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { packetAt, pcap } from '../../builders/pcap.ts';
import { PROTOCOL_UDP, udp } from '../../builders/udp.ts';

const START_SECONDS = 1_700_000_000;

/** A capture of `flows` UDP flows of one packet each to one port, `everySeconds` apart, each from a port of its own. */
export function steadyCapture(flows: number, everySeconds = 60): Uint8Array<ArrayBuffer> {
  const packets = Array.from({ length: flows }, (_, index) => {
    const payload = udp({ sourcePort: 1024 + (index % 60_000), destinationPort: 5000 });
    const packet = ipv4({ source: '10.0.0.1', destination: '203.0.113.9', protocol: PROTOCOL_UDP, payload });
    return packetAt(START_SECONDS + index * everySeconds, ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }));
  });
  return pcap({ packets });
}
