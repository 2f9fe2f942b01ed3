import fc from 'fast-check';
import { bufferSource } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { ipv4 } from '../builders/ipv4.ts';
import { pcap, type PacketRecord } from '../builders/pcap.ts';
import { udp } from '../builders/udp.ts';
import { meterFlows, type ModelFlow, type ModelPacket } from './flow-model.ts';

const end = fc.record({ host: fc.integer({ min: 1, max: 3 }), port: fc.integer({ min: 1000, max: 1001 }) });

/** Gaps around everything the meter decides by: the scan interval, both timeouts, and steps back in time. */
const gapMs = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.constantFrom(9, 10, 59_999, 60_000, 119_999, 120_000, 120_001, 1_799_999, 1_800_000),
  fc.integer({ min: 0, max: 130_000 }),
  fc.integer({ min: -5000, max: -1 }),
);

const packets = fc.array(fc.record({ from: end, to: end, gapMs, size: fc.integer({ min: 0, max: 50 }) }), { minLength: 1, maxLength: 80 });

interface Sent {
  from: { host: number; port: number };
  to: { host: number; port: number };
  gapMs: number;
  size: number;
}

function build(sent: readonly Sent[]): { bytes: Uint8Array; model: ModelPacket[] } {
  let ms = 1_700_000_000_000;
  const records: PacketRecord[] = [];
  const model: ModelPacket[] = [];
  for (const { from, to, gapMs: gap, size } of sent) {
    ms += gap;
    const payload = udp({ sourcePort: from.port, destinationPort: to.port, payload: new Uint8Array(size) });
    const packet = ipv4({ source: `10.0.0.${from.host}`, destination: `10.0.0.${to.host}`, protocol: 17, payload });
    const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: packet });
    records.push({ seconds: Math.floor(ms / 1000), nanoseconds: (ms % 1000) * 1e6, data });
    model.push({ ms, from: `10.0.0.${from.host}:${from.port}`, to: `10.0.0.${to.host}:${to.port}`, bytes: data.length });
  }
  return { bytes: pcap({ packets: records }), model };
}

it('flows are those of a plain model of the meter, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(packets, async (sent) => {
      const { bytes, model } = build(sent);
      const { flows } = await analyze([bufferSource(bytes)], DEFAULT_SETTINGS);
      const got = Array.from({ length: flows.length }, (_, id): ModelFlow => ({
        source: `${flows.addresses[flows.source[id]]}:${flows.sourcePort[id]}`,
        destination: `${flows.addresses[flows.destination[id]]}:${flows.destinationPort[id]}`,
        firstMs: flows.firstMs[id],
        lastMs: flows.lastMs[id],
        sent: flows.packetsSent[id],
        received: flows.packetsReceived[id],
        sentBytes: flows.bytesSent[id],
        receivedBytes: flows.bytesReceived[id],
        expirationId: flows.expirationId[id],
      }));
      expect(got).toEqual(meterFlows(model));
    }),
    { numRuns: 500 },
  );
});
