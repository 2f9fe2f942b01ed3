import { CaptureError } from 'pcap-ts-parser';
import * as library from 'xz-decompress';
import { type CompressedInput, endsEarly } from './input.ts';

/** The library is a CommonJS module: Node gives its exports as the default one, a bundler as they are typed. */
const { XzReadableStream } = (library as { default?: typeof library }).default ?? library;

/**
 * The pinned library lets one stream at a time be read, and the next one wait for ever: captures that overlap in time
 * are read beside each other, and nothing but memory keeps its decoders apart.
 */
Object.assign(XzReadableStream, { _contextMutex: { acquire: async () => {}, release: () => {} } });

/** Results of XZ Embedded where a whole file is packed in a way that the build does not read. */
const UNREAD: ReadonlyMap<number | null, string> = new Map([
  [4, 'needs a dictionary of more than 64 MiB'],
  [6, 'has a filter or a checksum of a kind that is not read here'],
]);
/** The result where a file's end is missing. */
const NO_PROGRESS = 8;
/** The library keeps what it unpacked of the bytes that it was given last where they end in a fault. */
const STEP_BYTES = 1024;

/** Unpacks xz with a WebAssembly build of XZ Embedded. */
export async function* unpackXz(open: () => CompressedInput): AsyncGenerator<Uint8Array> {
  const input = open();
  let reading: unknown = null;
  const compressed = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = await input.piece(STEP_BYTES);
          if (piece.length > 0) controller.enqueue(piece);
          else controller.close();
        } catch (error) {
          reading = error;
          throw error;
        }
      },
    },
    { highWaterMark: 0 },
  );
  const reader = new XzReadableStream(compressed).getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
  } catch (error) {
    throw reading ?? explained(error, input);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function explained(error: unknown, { taken }: CompressedInput): unknown {
  const result = error instanceof Error ? Number(/error code (\d+)/.exec(error.message)?.[1]) : null;
  if (result === NO_PROGRESS) return endsEarly('xz', taken, { cause: error });
  const unread = UNREAD.get(result);
  if (unread === undefined) return error;
  const message = `the xz data ${unread}: unpack it with "unxz FILE"`;
  return new CaptureError('bad-compression', taken, message, { cause: error });
}
