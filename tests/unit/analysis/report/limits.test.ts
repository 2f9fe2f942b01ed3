import { bufferSource } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../../builders/ethernet.ts';
import { ipv4 } from '../../../builders/ipv4.ts';
import { packetAt, pcap } from '../../../builders/pcap.ts';
import { ACK, SYN, tcp } from '../../../builders/tcp.ts';

const HOSTS = 20_001;

it('lists hold so many hosts and long sessions, and count all', async () => {
  const address = (host: number, network: number): string =>
    `${network}.1.${1 + Math.floor(host / 200)}.${1 + (host % 200)}`;
  const side = (host: number, isAnswer: boolean) => {
    const ports = isAnswer
      ? { sourcePort: 8443, destinationPort: 50_000 }
      : { sourcePort: 50_000, destinationPort: 8443 };
    const ends = isAnswer
      ? { source: address(host, 45), destination: address(host, 10) }
      : { source: address(host, 10), destination: address(host, 45) };
    const payload = tcp({ ...ports, sequence: 1, flags: isAnswer ? SYN | ACK : SYN });
    const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: ipv4({ ...ends, protocol: 6, payload }) });
    return packetAt(1.7e9 + (isAnswer ? 70 : 0) + host / 1e6, data);
  };
  const packets = [false, true].flatMap((isAnswer) => Array.from({ length: HOSTS }, (_, host) => side(host, isAnswer)));
  const report = (await analyze([bufferSource(pcap({ packets }), 'a')], DEFAULT_SETTINGS)).report(
    DEFAULT_SETTINGS,
    undefined,
    0,
  );
  expect([report.hosts.length, report.hosts.leftOut]).toEqual([20_000, 1]);
  expect([report.long.length, report.long.total]).toEqual([10_000, HOSTS]);
});
