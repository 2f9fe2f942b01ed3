import fc from 'fast-check';
import { bufferSource } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { ipv4 } from '../builders/ipv4.ts';
import { pcap, type PacketRecord } from '../builders/pcap.ts';
import { ACK, RST, SYN, tcp } from '../builders/tcp.ts';
import { udp } from '../builders/udp.ts';
import { asModelled, meterFlows, type ModelPacket } from './flow-model.ts';

const end = fc.record({ host: fc.integer({ min: 1, max: 3 }), port: fc.integer({ min: 1000, max: 1001 }) });

/** Gaps around everything the meter decides by: the scan interval, both timeouts, and steps back in time. */
const gapMs = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.constantFrom(9, 10, 59_999, 60_000, 119_999, 120_000, 120_001, 1_799_999, 1_800_000),
  fc.integer({ min: 0, max: 130_000 }),
  fc.integer({ min: -5000, max: -1 }),
);

const payloadSize = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50 }));
const tcpFlags = fc.constantFrom(SYN, SYN | ACK, ACK, ACK, ACK, RST, RST | ACK);
const crowd = fc.array(fc.record({ from: end, to: end, gapMs, size: payloadSize, flags: tcpFlags }), {
  minLength: 1,
  maxLength: 80,
});

/** Two ends that talk for hours with hardly a silence, so that the active timeout cuts them again and again. */
const longTalk = fc
  .array(
    fc.record({
      forward: fc.boolean(),
      gapMs: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 80_000, max: 119_999 }) }, gapMs),
      size: payloadSize,
      flags: tcpFlags,
    }),
    { minLength: 30, maxLength: 80 },
  )
  .map((packets) =>
    packets.map(({ forward, ...packet }): Sent => {
      const [from, to] = forward ? [1, 2] : [2, 1];
      return { from: { host: from, port: 1000 }, to: { host: to, port: 1000 }, ...packet };
    }),
  );

interface Sent {
  from: { host: number; port: number };
  to: { host: number; port: number };
  gapMs: number;
  size: number;
  flags: number;
}

function build(sent: readonly Sent[], isTcp: boolean): { bytes: Uint8Array; model: ModelPacket[] } {
  let ms = 1_700_000_000_000;
  const records: PacketRecord[] = [];
  const model: ModelPacket[] = [];
  for (const { from, to, gapMs: gap, size, flags } of sent) {
    ms += gap;
    const ports = { sourcePort: from.port, destinationPort: to.port, payload: new Uint8Array(size) };
    const payload = isTcp ? tcp({ ...ports, flags }) : udp(ports);
    const packet = ipv4({
      source: `10.0.0.${from.host}`,
      destination: `10.0.0.${to.host}`,
      protocol: isTcp ? 6 : 17,
      payload,
    });
    const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: packet });
    records.push({ seconds: Math.floor(ms / 1000), nanoseconds: (ms % 1000) * 1e6, data });
    model.push({
      ms,
      from: `10.0.0.${from.host}:${from.port}`,
      to: `10.0.0.${to.host}:${to.port}`,
      bytes: data.length,
      flags: isTcp ? flags : null,
      payload: size,
      ipBytes: packet.length,
    });
  }
  return { bytes: pcap({ packets: records }), model };
}

it('flows are those of a plain model of the meter, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(crowd, longTalk), fc.boolean(), async (sent, isTcp) => {
      const { bytes, model } = build(sent, isTcp);
      const { flows } = await analyze([bufferSource(bytes)], { ...DEFAULT_SETTINGS, nfstream: true });
      const expected = meterFlows(model);
      expect(asModelled(flows, expected)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
