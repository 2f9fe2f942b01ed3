import * as library from 'xz-decompress';
import type { CompressedInput } from './input.ts';

/** The library is a CommonJS module: Node gives its exports as the default one, a bundler as they are typed. */
const { XzReadableStream } = (library as { default?: typeof library }).default ?? library;

/** Unpacks xz with a WebAssembly build of XZ Embedded. */
export async function* unpackXz(open: () => CompressedInput): AsyncGenerator<Uint8Array> {
  const input = open();
  let reading: unknown = null;
  const compressed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const piece = await input.piece();
        if (piece.length > 0) controller.enqueue(piece);
        else controller.close();
      } catch (error) {
        reading = error;
        throw error;
      }
    },
  }, { highWaterMark: 0 });
  const reader = new XzReadableStream(compressed).getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
  } catch (error) {
    throw reading ?? error;
  } finally {
    // The library has one decoder for all streams: the next one waits until this one is let go.
    await reader.cancel().catch(() => undefined);
  }
}
