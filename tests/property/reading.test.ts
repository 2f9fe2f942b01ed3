import fc from 'fast-check';
import { CaptureError } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { capture, PACKINGS } from './captures.ts';
import { packetLines } from './packets.ts';

/** Mutated captures for each packing; more with this variable of the environment. */
const MUTATIONS = Number(process.env['MUTATIONS'] ?? 1000);

/** Reading a mutated capture of a few kilobytes may not take more memory than this. */
const MOST_MEMORY = 400 << 20;

describe('reading captures', () => {
  it('gives back the packets a capture was made of, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(capture, fc.integer({ min: 1, max: 5000 }), async ({ packets, bytes }, chunkBytes) => {
        const whole = await packetLines(bytes, bytes.length + 1);
        const chunked = await packetLines(bytes, chunkBytes);
        expect(chunked).toEqual(whole);
        expect(whole.info.warnings).toEqual([]);
        const times = whole.lines.map((line) => line.split(' ').slice(3, 5).map(Number));
        expect(times).toEqual(packets.map(({ seconds, nanoseconds }) => [seconds, nanoseconds]));
        const contents = whole.lines.map((line) => line.split(' ')[6]);
        expect(contents).toEqual(packets.map(({ data }) => Buffer.from(data).toString('hex')));
      }),
      { numRuns: 300 },
    );
  });

  it.each([...PACKINGS])('gives the same packets from a capture packed with %s', async (_, pack) => {
    await fc.assert(
      fc.asyncProperty(capture, fc.integer({ min: 1, max: 5000 }), async ({ bytes }, chunkBytes) => {
        const plain = await packetLines(bytes, bytes.length + 1);
        const packed = await packetLines(pack(bytes), chunkBytes);
        expect(packed).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it.each([...PACKINGS])('throws nothing but CaptureError on mutated and cut captures packed with %s', async (_, pack) => {
    const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) });
    const before = process.memoryUsage.rss();
    await fc.assert(
      fc.asyncProperty(capture, fc.array(change, { maxLength: 20 }), fc.nat(), async ({ bytes }, changes, length) => {
        const packed = pack(bytes);
        const mutated = packed.slice(0, length % 3 === 0 ? length % (packed.length + 1) : packed.length);
        for (const { at, to } of changes) if (mutated.length > 0) mutated[at % mutated.length] = to;
        try {
          const { lines, info } = await packetLines(mutated, 1000);
          expect(lines).toHaveLength(info.packets);
          for (const { message } of info.warnings) expect(message).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(CaptureError);
          expect((error as CaptureError).offset).toBeLessThanOrEqual(mutated.length);
        }
      }),
      { numRuns: MUTATIONS },
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_MEMORY);
  });
});
