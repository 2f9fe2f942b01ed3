import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bufferSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { decompressed } from '../../src/decompress/decompressed.ts';
import { analyzeFixture, type Expected, expectedOf } from '../fixtures/expected.ts';
import { FIXTURES, type Fixture, folderOf } from '../fixtures/fixtures.ts';
import { asModelled, meterFlows, type ModelPacket } from '../property/flow-model.ts';

/** What lies in every clone stays small. */
const MOST_BYTES = 1 << 20;

function fileOf(fixture: Fixture, file: string): Buffer {
  return readFileSync(path.join(folderOf(fixture), file));
}

describe.each(FIXTURES)('the fixture $name', (fixture) => {
  it('gives what is written beside it (if another is meant: npm run fixtures)', async () => {
    const { flows, report } = expectedOf(await analyzeFixture(fixture));
    const expected = JSON.parse(fileOf(fixture, 'expected.json').toString()) as Expected;
    expect(flows).toEqual(expected.flows);
    expect(report).toEqual(expected.report);
  });

  it.each(Object.keys(fixture.files))('has what its builders make in %s', (file) => {
    const [lies, made] = [fileOf(fixture, file), Buffer.from(fixture.files[file]())];
    // How well gzip packs is up to the version of zlib.
    const [bytes, expected] = file.endsWith('.gz') ? [gunzipSync(lies), gunzipSync(made)] : [lies, made];
    expect(bytes.equals(expected)).toBe(true);
  });
});

describe.each(FIXTURES.filter(({ modelled }) => modelled))('the fixture $name', (fixture) => {
  it('has the flows of the plain model of the meter', async () => {
    const { flows } = await analyzeFixture(fixture);
    const packets: ModelPacket[] = [];
    for (const file of Object.keys(fixture.files)) packets.push(...(await modelPackets(fixture, file)));
    const expected = meterFlows(packets);
    expect(expected.length).toBeGreaterThan(0);
    expect(asModelled(flows, expected)).toEqual(expected);
  });
});

it('fixtures have no other folders, and stay small', () => {
  const root = path.dirname(folderOf(FIXTURES[0]));
  expect(readdirSync(root).toSorted()).toEqual(FIXTURES.map(({ name }) => name).toSorted());
  const sizes = FIXTURES.flatMap((fixture) =>
    readdirSync(folderOf(fixture)).map((file) => fileOf(fixture, file).length),
  );
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MOST_BYTES);
});

/** The packets of a capture of IPv4, TCP and UDP, read from the bytes of their headers. */
async function modelPackets(fixture: Fixture, file: string): Promise<ModelPacket[]> {
  const packets: ModelPacket[] = [];
  await readPackets(decompressed(bufferSource(fileOf(fixture, file), file)), (packet) => {
    const header = Buffer.from(
      packet.bytes.buffer,
      packet.bytes.byteOffset + packet.start + 14,
      packet.capturedLength - 14,
    );
    const address = (at: number): string => [...header.subarray(at, at + 4)].join('.');
    const transport = (header[0] & 0x0f) * 4;
    const isTcp = header[9] === 6;
    const ipBytes = header.readUInt16BE(2);
    packets.push({
      ms: packet.seconds * 1000 + Math.floor(packet.nanoseconds / 1e6),
      from: `${address(12)}:${header.readUInt16BE(transport)}`,
      to: `${address(16)}:${header.readUInt16BE(transport + 2)}`,
      bytes: packet.wireLength,
      flags: isTcp ? header[transport + 13] : null,
      payload: ipBytes - transport - (isTcp ? (header[transport + 12] >> 4) * 4 : 8),
      ipBytes,
    });
  });
  return packets;
}
