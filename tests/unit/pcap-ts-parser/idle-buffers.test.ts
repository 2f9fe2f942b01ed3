import { type ByteSource, readPackets } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { pcap } from '../../builders/pcap.ts';
import { memoryHeld } from '../memory-held.ts';

const MOST_IDLE_BYTES = 1 << 24;
/** Each has a buffer of somewhat more. */
const CHUNK_BYTES = 1 << 22;
const CAPTURES = 8;

const file = pcap({ packets: [{ seconds: 1, nanoseconds: 0, data: new Uint8Array(60) }] });

/** A capture that is read piece by piece. */
function onDisk(name: string): ByteSource {
  return {
    name,
    size: file.length,
    open() {
      let position = 0;
      return {
        async read(space) {
          const piece = file.subarray(position, position + space.length);
          space.set(piece);
          position += piece.length;
          return space.subarray(0, piece.length);
        },
        close: async () => {},
      };
    },
  };
}

it('buffers of captures that were read beside each other are let go but for some', async () => {
  const before = memoryHeld().arrayBuffers;
  const captures = Array.from({ length: CAPTURES }, (_, index) => onDisk(`capture ${index}`));
  await Promise.all(captures.map((capture) => readPackets(capture, () => {}, { chunkBytes: CHUNK_BYTES })));
  expect(memoryHeld().arrayBuffers - before).toBeLessThanOrEqual(MOST_IDLE_BYTES);
});
