import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../../src/analysis/pipeline.ts';
import { HostNames } from '../../../../../src/analysis/inspect/names/host-names.ts';
import { NAME_SOURCES } from '../../../../../src/analysis/flows/name-sources.ts';
import { textsOf } from '../../../../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS } from '../../../../../src/analysis/settings.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../../../builders/ethernet.ts';
import { ipv4 } from '../../../../builders/ipv4.ts';
import { enhancedPacket, interfaceDescription, nameResolution, sectionHeader } from '../../../../builders/pcapng.ts';
import { udp } from '../../../../builders/udp.ts';

describe('names that a capture gives to addresses', () => {
  it('name connections whose flows carry no name, and say where they come from', async () => {
    const packetTo = (destination: string, seconds: number): Uint8Array =>
      enhancedPacket({
        seconds,
        nanoseconds: 0,
        data: ethernet({
          etherType: ETHERTYPE_IPV4,
          payload: ipv4({
            source: '10.0.0.1',
            destination,
            protocol: 17,
            payload: udp({ sourcePort: 1000 + seconds, destinationPort: 4000, payload: new Uint8Array(4) }),
          }),
        }),
      });
    const bytes = Buffer.concat([
      sectionHeader(),
      interfaceDescription(),
      packetTo('10.0.0.2', 1),
      packetTo('10.0.0.2', 2),
      packetTo('10.0.0.3', 3),
      nameResolution([{ address: [10, 0, 0, 2], names: ['Two.Example', 'other.example'] }]),
    ]);
    const analysis = await analyze([bufferSource(new Uint8Array(bytes))], DEFAULT_SETTINGS);
    const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const names = textsOf(report.names);
    const { name, nameSource, otherNames } = report.connections;
    expect(Array.from(name, (index) => names[index])).toEqual(['two.example', '']);
    expect(Array.from(nameSource, (index) => NAME_SOURCES[index])).toEqual(['capture', '']);
    expect([...otherNames]).toEqual([0, 0]);
    expect(analysis.detail(0).names).toEqual([{ name: 'two.example', source: 'capture', flows: 0 }]);
    expect([...analysis.flows.name]).toEqual([0, 0, 0]);
  });

  it('are kept of 200,000 addresses, and those of more are counted', () => {
    const names = new HostNames();
    const address = new Uint8Array(4);
    const view = new DataView(address.buffer);
    for (let number = 0; number < 200_005; number++) {
      view.setUint32(0, number);
      names.add(address, 'a.example');
    }
    // The first one again finds its own place.
    names.add(new Uint8Array(4), 'b.example');
    expect(names.leftOut).toBe(5);
  });
});
