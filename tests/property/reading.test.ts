import fc from 'fast-check';
import { CaptureError, type CaptureWarning } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { sampleCapture } from '../builders/sample.ts';
import { capture, CONTAINERS, PACKINGS } from './captures.ts';
import { mutation } from './mutations.ts';
import { packetLines } from './packets.ts';

/** Mutations of each kind of capture and packing; more with this variable of the environment. */
const MUTATIONS = Number(process.env['MUTATIONS'] ?? 1000);

/** Reading a mutated capture of a few kilobytes may not take more memory than this. */
const MOST_MEMORY = 400 << 20;

/** What says that packets were left out whose bytes are no protocol that is known: these are made of chance. */
const OF_CONTENT =
  /^(undecoded-|encrypted-wifi|damaged-ip|pseudowire|closed-tunnels|ip-fragments|offloaded|stray-stamps)/;

/** Faults: all warnings but those about what packets hold. */
function faults(warnings: readonly CaptureWarning[]): CaptureWarning[] {
  return warnings.filter(({ kind }) => !OF_CONTENT.test(kind));
}

describe('reading captures', () => {
  it.each([...CONTAINERS])(
    'gives back the packets a capture was made of, however it is cut into chunks: %s',
    async (_, built) => {
      await fc.assert(
        fc.asyncProperty(built, fc.integer({ min: 1, max: 5000 }), async ({ packets, bytes }, chunkBytes) => {
          const whole = await packetLines(bytes, bytes.length + 1);
          const chunked = await packetLines(bytes, chunkBytes);
          expect(chunked).toEqual(whole);
          expect(faults(whole.info.warnings)).toEqual([]);
          expect(whole.lines.map((line) => line.split(' ').slice(2, 7).join(' '))).toEqual(
            packets.map(({ linkType, seconds, nanoseconds, wireLength, data }) =>
              [linkType, seconds, nanoseconds, wireLength, Buffer.from(data).toString('hex')].join(' '),
            ),
          );
        }),
        { numRuns: 150 },
      );
    },
  );

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
});

/** The first packets of the sample. */
const office = sampleCapture().slice(0, 20_000);

/** Empty records that are handed on. */
const LONG_HOLE = 1 << 12;

describe('reading mutated captures', () => {
  it.each([
    ...[...CONTAINERS].map(([name, built]) => [name, built.map(({ bytes }) => bytes)] as const),
    ...[...PACKINGS].map(([name, pack]) => [name, capture.map(({ bytes }) => pack(bytes))] as const),
    ['the sample', fc.constant(office)] as const,
    ...[...PACKINGS].map(([name, pack]) => [`the sample packed with ${name}`, fc.constant(pack(office))] as const),
  ])('throws nothing but CaptureError: %s', async (_, files) => {
    const before = process.memoryUsage.rss();
    await fc.assert(
      fc.asyncProperty(files, mutation, async (bytes, mutate) => {
        const mutated = mutate(bytes);
        try {
          const { lines, info } = await packetLines(mutated, 1000);
          // Of a long hole of zeros, which a damaged length may unpack to, those behind the first thousands only count.
          if (lines.length < info.packets) {
            expect(info.warnings.map(({ kind }) => kind)).toContain('zero-filled');
            expect(lines.length).toBeGreaterThanOrEqual(LONG_HOLE);
          } else expect(lines).toHaveLength(info.packets);
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
