import { CaptureError } from 'pcap-ts-parser';
import { type Checksums, CRC32S } from './checksum.ts';
import { INFLATERS, unpackDeflate } from './deflate/deflate.ts';
import { eitherWay } from './either-way.ts';
import { FIRST_BYTE, headerLength, isTrailer, LEAST_HEADER, membersTo, TRAILER } from './gzip-whole.ts';
import { type CompressedInput, endsEarly } from './input.ts';
import { Idle } from './idle.ts';
import { own } from './platform.ts';
import { TOGETHER } from './together.ts';

/** A longer header than this has no end. */
const MOST_HEADER = 1 << 18;
/** A file of fewer bytes is unpacked before what the platform has is set up. */
const SMALL_BYTES = 1 << 14;
/** Members may be of one byte: those that lie at hand are unpacked together, and wait for nothing. */
const ROOMS = new Idle(() => new Uint8Array(TOGETHER), 16);
const MEMBER = 'a gzip member (CRC-32)';

/**
 * Unpacks gzip (RFC 1952), member after member: what is not small first with what the platform has, which is several times
 * faster and checks what it unpacks. Browsers' take a second member for an error, and none gives what lies before a cut or a
 * wrong checksum to the last byte: from there on our own code goes on.
 */
export async function* unpackGzip(open: () => CompressedInput, checksums: Checksums): AsyncGenerator<Uint8Array> {
  const input = open();
  if (!(await input.has(SMALL_BYTES))) yield* unpackMembers(input, checksums);
  else yield* eitherWay((own.gunzip ?? gunzipByStream)(input), () => unpackMembers(open(), checksums));
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
  const inflater = await INFLATERS.take();
  const room = await ROOMS.take();
  try {
    for (let isMember = true; isMember; isMember = await hasMember(input)) {
      const { start, offset } = input;
      const whole = membersTo(input.bytes.subarray(start, input.end), room, crc, (at) => {
        checksums.mismatch(offset + at, MEMBER);
      });
      input.start += whole.end;
      if (whole.length > 0) yield room.subarray(0, whole.length);
      if (whole.end > 0) continue;
      await passHeader(input);
      crc.init();
      let length = 0;
      for await (const piece of unpackDeflate(input, inflater, () => endsEarly('gzip', input.taken))) {
        crc.update(piece);
        length += piece.length;
        yield piece;
      }
      await input.need(TRAILER, 'gzip');
      if (!isTrailer(input.bytes, input.start, crc, length)) checksums.mismatch(input.offset, MEMBER);
      input.start += TRAILER;
    }
  } finally {
    CRC32S.give(crc);
    INFLATERS.give(inflater);
    ROOMS.give(room);
  }
}

/** Passes over a member's header. */
async function passHeader(input: CompressedInput): Promise<void> {
  for (let count = LEAST_HEADER; ; count *= 2) {
    const isThere = await input.has(count);
    const length = headerLength(input.bytes, input.start, input.end);
    if (length !== null) {
      input.start += length;
      return;
    }
    if (!isThere) throw endsEarly('gzip', input.taken);
    if (count > MOST_HEADER) {
      const message = `nothing comes out of ${count} bytes of gzip data, which are a header without end`;
      throw new CaptureError('bad-compression', input.offset, message);
    }
  }
}

/** Whether another member follows, behind zeros that fill up a tape's block. Throws where it is something else. */
async function hasMember(input: CompressedInput): Promise<boolean> {
  while (input.holds(1) || (await input.has(1))) {
    const first = input.bytes[input.start];
    if (first === FIRST_BYTE) return true;
    if (first !== 0)
      throw new CaptureError(
        'bad-compression',
        input.offset,
        'what follows the gzip data is not gzip: it was not read',
      );
    input.start++;
  }
  return false;
}
