import { Gunzip } from 'fflate';
import { CaptureError } from 'pcap-ts-parser';
import type { CompressedInput } from './input.ts';

/** Compressed bytes given to the library at a time: deflate makes at most about a thousand bytes of one. */
const STEP_BYTES = 8192;

/**
 * Unpacks gzip (RFC 1952), member after member: first with the platform's own DecompressionStream, which is several
 * times faster. Browsers' take a second member for an error, and none gives what lies before a cut to the last byte:
 * from there on the library goes on.
 */
export async function* unpackGzip(open: () => CompressedInput): AsyncGenerator<Uint8Array> {
  let unpacked = 0;
  try {
    for await (const chunk of unpackNatively(open())) {
      unpacked += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    if (error instanceof CaptureError) throw error;
  }
  let toSkip = unpacked;
  for await (const chunk of unpackMembers(open())) {
    const skipped = Math.min(toSkip, chunk.length);
    toSkip -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}

async function* unpackNatively(input: CompressedInput): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  let reading: unknown = null;
  const feed = async (): Promise<void> => {
    try {
      for (let piece = await input.piece(); piece.length > 0; piece = await input.piece()) await writer.write(piece);
      await writer.close();
    } catch (error) {
      reading = error;
      await writer.abort(error).catch(() => undefined);
    }
  };
  const fed = feed();
  const reader = readable.getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
  } catch (error) {
    // A read that failed is told as it is; anything else is about the compressed bytes.
    if (reading instanceof CaptureError) throw reading;
    throw error;
  } finally {
    await reader.cancel().catch(() => undefined);
    await fed;
  }
}

async function* unpackMembers(input: CompressedInput): AsyncGenerator<Uint8Array> {
  let unpacked: Uint8Array[] = [];
  const gunzip = new Gunzip((chunk) => unpacked.push(chunk));
  for (;;) {
    await input.has(1);
    const step = input.bytes.slice(input.start, Math.min(input.end, input.start + STEP_BYTES));
    input.start += step.length;
    const final = step.length === 0;
    let fault: unknown = null;
    try {
      gunzip.push(step, final);
    } catch (error) {
      fault = error;
    }
    yield* unpacked;
    unpacked = [];
    if (fault !== null && !final) throw fault;
    if (fault !== null) {
      throw new CaptureError(
        'cut-compression',
        input.taken,
        'the gzip data ends too early: what was unpacked before is there',
      );
    }
    if (final) return;
  }
}
