import { type BlobLike, blobSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { pcap } from '../../builders/pcap.ts';

const PACKETS = 20;
const whole = pcap({
  packets: Array.from({ length: PACKETS }, (_, seconds) => ({ seconds, nanoseconds: 0, data: new Uint8Array(100) })),
});

type Filled = { value?: Uint8Array<ArrayBuffer> };
type Stream = ReturnType<NonNullable<BlobLike['stream']>>;

/** A blob of the capture with a stream of pieces of 50 bytes at most, which ends or fails where `next` says so. */
function blob(
  next: (position: number) => 'piece' | 'end' | 'fault',
  slice: (start: number, end: number) => Uint8Array<ArrayBuffer> = (start, end) => whole.slice(start, end),
): BlobLike & { slices: number[]; cancelled: number } {
  const made = {
    size: whole.length,
    slices: [] as number[],
    cancelled: 0,
    slice(start: number, end: number) {
      made.slices.push(start);
      return { arrayBuffer: () => Promise.resolve().then(() => slice(start, end).buffer) };
    },
    stream(): Stream {
      let position = 0;
      return {
        getReader: () => ({
          async read(space): Promise<Filled> {
            // As browsers do: whoever gave the buffer has it no more.
            const { length } = space;
            const buffer = structuredClone(space.buffer, { transfer: [space.buffer] });
            const what = next(position);
            if (what === 'fault') throw new TypeError('network error');
            const count = what === 'end' ? 0 : Math.min(50, length, whole.length - position);
            const value = new Uint8Array(buffer, 0, count);
            value.set(whole.subarray(position, position + count));
            position += count;
            return { value };
          },
          async cancel() {
            made.cancelled++;
          },
        }),
      };
    },
  };
  return made;
}

async function read(source: BlobLike) {
  const { packets, warnings } = await readPackets(blobSource(source), () => undefined, { chunkBytes: 300 });
  return { packets, warnings };
}

describe('a blob', () => {
  it('is asked for a megabyte at a time, however much there is room for', async () => {
    const asked: number[] = [];
    const fill = async (space: Uint8Array<ArrayBuffer>): Promise<Filled> => {
      asked.push(space.length);
      return { value: space.subarray(0, 10) };
    };
    const stream = (): Stream => ({ getReader: () => ({ read: fill, cancel: async () => {} }) });
    const reader = blobSource({ ...blob(() => 'piece'), size: 1 << 30, stream }).open();
    expect(await reader.read(new Uint8Array(1 << 22))).toHaveLength(10);
    expect(asked).toEqual([1 << 20]);
  });

  it('is read from a stream that fills buffers, and asked at the end whether it changed', async () => {
    const streamed = blob(() => 'piece');
    expect(await read(streamed)).toEqual({ packets: PACKETS, warnings: [] });
    expect([streamed.slices, streamed.cancelled]).toEqual([[whole.length - 1], 1]);
  });

  it.each<[string, BlobLike]>([
    ['there is no stream', { size: whole.length, slice: (start, end) => blob(() => 'piece').slice(start, end) }],
    [
      'its stream fills no buffers',
      Object.assign(
        blob(() => 'piece'),
        {
          stream: (): Stream => ({
            getReader() {
              throw new TypeError('not a byte stream');
            },
          }),
        },
      ),
    ],
    ['its stream ends early', blob((position) => (position < 900 ? 'piece' : 'end'))],
    ['its stream fails', blob((position) => (position < 900 ? 'piece' : 'fault'))],
  ])('is read in slices where %s', async (_, source) => {
    expect(await read(source)).toEqual({ packets: PACKETS, warnings: [] });
  });

  it.each([
    ['when its stream fails', 900, blob((position) => (position < 900 ? 'piece' : 'fault'), gone)],
    ['at the end', whole.length, blob(() => 'piece', gone)],
  ])('that changed keeps what was read, and the slice says why: %s', async (_, offset, source) => {
    const { packets, warnings } = await read(source);
    expect(packets).toBe(offset < whole.length ? 7 : PACKETS);
    expect(warnings.map(({ kind, message }) => [kind, message])).toContainEqual([
      'unreadable',
      'reading failed: the file changed',
    ]);
  });
});

function gone(): never {
  throw new Error('the file changed');
}
