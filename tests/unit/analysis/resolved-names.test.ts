import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../src/analysis/report/analysis.ts';
import { shownName, shownNameSource } from '../../../src/analysis/flows/shown-name.ts';
import { firstMsOf } from '../../../src/analysis/flows/columns.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { NAME_SOURCES } from '../../../src/analysis/flows/name-sources.ts';
import { textsOf } from '../../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { dnsResponse } from '../../builders/payloads/dns.ts';
import { packetAt, pcap } from '../../builders/pcap.ts';
import { udp } from '../../builders/udp.ts';

const CLIENT = '10.0.0.1';
const RESOLVER = '10.0.0.53';
const SERVER = '192.0.2.1';
const START = 1_700_000_000;

function datagram(
  source: string,
  destination: string,
  sourcePort: number,
  destinationPort: number,
  payload: Uint8Array,
) {
  const packet = ipv4({ source, destination, protocol: 17, payload: udp({ sourcePort, destinationPort, payload }) });
  return ethernet({ etherType: ETHERTYPE_IPV4, payload: packet });
}

const told = (name: string) => datagram(RESOLVER, CLIENT, 53, 5000, dnsResponse(1, name, [SERVER]));
const check = (sourcePort: number) => datagram(CLIENT, SERVER, sourcePort, 7000, new Uint8Array(8));

async function analysisOf(packets: readonly [second: number, data: Uint8Array][]): Promise<Analysis> {
  const capture = pcap({ packets: packets.map(([second, data]) => packetAt(START + second, data)) });
  return analyze([bufferSource(capture, 'x')], DEFAULT_SETTINGS);
}

/** The shown names of the flows to the server, in order of start, with their sources. */
function shownNames({ flows }: Analysis): string[] {
  return Array.from({ length: flows.length }, (_, id) => id)
    .filter((id) => flows.addresses.text(flows.destination[id]) === SERVER)
    .sort((a, b) => firstMsOf(flows, a) - firstMsOf(flows, b))
    .map((id) => `${flows.names[shownName(flows, id)]} ${NAME_SOURCES[shownNameSource(flows, id)]}`.trim());
}

describe('names for addresses', () => {
  it('are those that the client was told last before a flow began', async () => {
    const analysis = await analysisOf([
      [0, check(1)],
      [1, told('first.example')],
      [2, check(1)],
      [3, check(2)],
      [4, told('second.example')],
      [5, check(3)],
    ]);
    expect(shownNames(analysis)).toEqual(['', 'first.example from dns', 'second.example from dns']);
  });

  it("are learned behind the first packets of a resolver's flow too", async () => {
    const many = Array.from({ length: 40 }, (_, second): [number, Uint8Array] => [second, told(`n${second}.example`)]);
    expect(shownNames(await analysisOf([...many, [50, check(1)]]))).toEqual(['n39.example from dns']);
  });

  it('stand for a connection that names nothing itself, marked, and are listed apart', async () => {
    const checks = [10, 20, 30].map((second): [number, Uint8Array] => [second, check(second)]);
    const analysis = await analysisOf([[0, told('asked.example')], ...checks]);
    const { connections, names } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 2 });
    expect(textsOf(names)[connections.name[0]]).toBe('asked.example');
    expect(NAME_SOURCES[connections.nameSource[0]]).toBe('from dns');
    expect(analysis.detail(connections.group[0]).names).toEqual([
      { name: 'asked.example', source: 'from dns', flows: 3 },
    ]);
    expect(
      Array.from(analysis.flows.name).every((name, id) => name === 0 || analysis.flows.destinationPort[id] === 53),
    ).toBe(true);
  });
});
