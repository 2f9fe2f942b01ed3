import { Gunzip } from 'fflate';
import { CaptureError } from 'pcap-ts-parser';
import { type Checksums, checksumOf, CRC32S, type Hasher } from './checksum.ts';
import { eitherWay } from './either-way.ts';
import { type CompressedInput, endsEarly } from './input.ts';
import { own } from './platform.ts';
import { u32 } from './skippable.ts';

/** Compressed bytes given to the library at a time: deflate makes at most about a thousand bytes of one. */
const STEP_BYTES = 8192;
/** A member's end: CRC-32 and length of what it unpacks to. */
const TRAILER = 8;
/** A header without end, or blocks of nothing: the library looks at all of a header again whenever more of it comes. */
const MOST_WITHOUT_RESULT = 1 << 18;
/** The last bytes that were given are kept, for a member's end is known when the header behind it is whole. */
const KEPT = 1 << 16;

/**
 * Unpacks gzip (RFC 1952), member after member: first with the platform's own DecompressionStream, which is several
 * times faster and checks what it unpacks. Browsers' take a second member for an error, and none gives what lies before
 * a cut or a wrong checksum to the last byte: from there on the library goes on.
 */
export async function* unpackGzip(open: () => CompressedInput, checksums: Checksums): AsyncGenerator<Uint8Array> {
  yield* eitherWay((own.gunzip ?? gunzipByStream)(open()), () => unpackMembers(open(), checksums));
}

/** Unpacks with what browsers and Node have. */
export async function* gunzipByStream(input: CompressedInput): AsyncGenerator<Uint8Array> {
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

async function* unpackMembers(input: CompressedInput, checksums: Checksums): AsyncGenerator<Uint8Array> {
  const crc = await CRC32S.take();
  try {
    yield* membersOf(input, checksums, crc);
  } finally {
    CRC32S.give(crc);
  }
}

async function* membersOf(input: CompressedInput, checksums: Checksums, crc: Hasher): AsyncGenerator<Uint8Array> {
  crc.init();
  let memberBytes = 0;
  let unpacked: Uint8Array[] = [];
  let kept = new Uint8Array(0);
  let taken = 0;
  /** Where a byte came out, or a member began, for the last time. */
  let resultAt = 0;
  const gunzip = new Gunzip((chunk) => {
    unpacked.push(chunk);
    crc.update(chunk);
    memberBytes += chunk.length;
    if (chunk.length > 0) resultAt = taken;
  });
  const check = (end: number): void => {
    const at = kept.length - (taken - end) - TRAILER;
    // A header of more than is kept lies between: what it says of the member before is gone.
    if (at >= 0) {
      const matches = u32(kept, at) === checksumOf(crc) && u32(kept, at + 4) === memberBytes % 0x1_0000_0000;
      if (!matches) checksums.mismatch(end - TRAILER, 'a gzip member (CRC-32)');
    }
    crc.init();
    memberBytes = 0;
    resultAt = end;
  };
  gunzip.onmember = check;
  for (;;) {
    const step = await input.piece(STEP_BYTES);
    taken += step.length;
    kept = joined(kept, step);
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
    if (fault !== null) throw endsEarly('gzip', input.taken);
    if (final) return check(taken);
    if (taken - resultAt > MOST_WITHOUT_RESULT)
      throw new CaptureError(
        'bad-compression',
        resultAt,
        `nothing comes out of ${taken - resultAt} bytes of gzip data`,
      );
  }
}

/** The last `KEPT` bytes of both. */
function joined(kept: Uint8Array, step: Uint8Array): Uint8Array<ArrayBuffer> {
  const before = kept.subarray(Math.max(0, kept.length - Math.max(0, KEPT - step.length)));
  const both = new Uint8Array(before.length + step.length);
  both.set(before);
  both.set(step, before.length);
  return both;
}
