import { describe, expect, it } from 'vitest';
import type { LargeCapture } from '../../builders/large.ts';
import { largeCapture, ORDINARY_PACKET, SMALL_PACKET } from '../../builders/large.ts';
import { readRecords } from './records.ts';

function build(options: LargeCapture): Uint8Array {
  return Buffer.concat([...largeCapture(options)]);
}

describe('largeCapture', () => {
  it.each([ORDINARY_PACKET, SMALL_PACKET])(
    'has packets of about %i bytes and as many bytes as asked for',
    (averagePacket) => {
      const file = build({ bytes: 6_000_000, averagePacket, flows: 1500 });
      expect(file.length).toBeGreaterThanOrEqual(6_000_000);
      expect(file.length).toBeLessThan(6_000_000 + 1530);
      const records = readRecords(file);
      const average = records.reduce((sum, { frame }) => sum + frame.length, 0) / records.length;
      expect(average / averagePacket).toBeGreaterThan(0.93);
      expect(average / averagePacket).toBeLessThan(1.07);
    },
  );

  it('mixes TCP and UDP flows over the time asked for', () => {
    const records = readRecords(build({ bytes: 6_000_000, flows: 2000, duration: 600, start: 1000 }));
    const flows = new Set(
      records.map(({ source, destination, sourcePort, destinationPort, protocol }) =>
        [protocol, ...[`${source}:${sourcePort}`, `${destination}:${destinationPort}`].sort()].join(' '),
      ),
    );
    expect(flows.size).toBeGreaterThan(1700);
    expect(flows.size).toBeLessThan(2700);
    expect(new Set(records.map(({ protocol }) => protocol))).toEqual(new Set([6, 17]));
    expect(records[0].time).toBeGreaterThanOrEqual(1000);
    expect(records.at(-1)!.time / 1600).toBeCloseTo(1, 1);
    expect(records.every(({ time }, index) => index === 0 || time >= records[index - 1].time)).toBe(true);
  });

  it('is the same for a seed, and another for another', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => build({ bytes: 300_000, seed }));
    expect(Buffer.compare(first, again)).toBe(0);
    expect(Buffer.compare(first, other)).not.toBe(0);
  });

  it('comes in pieces of about a megabyte that hold whole records', () => {
    const pieces = [...largeCapture({ bytes: 3_000_000 })];
    expect(pieces).toHaveLength(3);
    for (const piece of pieces.slice(1))
      expect(readRecords(Buffer.concat([new Uint8Array(24), piece])).length).toBeGreaterThan(100);
  });
});
