import { CaptureError } from 'pcap-ts-parser';
import * as library from 'xz-decompress';
import { type CompressedInput, endsEarly } from './input.ts';

/** What the library's WebAssembly build of XZ Embedded exports; a decoder is told by its place in memory. */
interface XzEmbedded {
  memory: { readonly buffer: ArrayBuffer };
  create_context(): number;
  destroy_context(place: number): void;
  /** Says how many bytes lie in the decoder's input buffer, 0 at the end. */
  supply_input(place: number, bytes: number): void;
  /** Unpacks what is there, as far as the output buffer has room for it, and gives a result. */
  get_next_output(place: number): number;
}

/** What of the library is used, which its types leave out: its version is pinned. */
interface XzLibrary {
  _moduleInstance?: { exports: XzEmbedded };
  _getModuleInstance: () => Promise<void>;
}

/** The library is a CommonJS module: Node gives its exports as the default one, a bundler as they are typed. */
const { XzReadableStream } = (library as { default?: typeof library }).default ?? library;
const XZ = XzReadableStream as unknown as XzLibrary;
const { _getModuleInstance: load } = XZ;
let loading: Promise<void> | null = null;

/**
 * Words of a decoder's memory: the size of its buffers; of what it unpacks the place, how far it is, and the length.
 */
const [BUFFER_BYTES, INPUT, INPUT_AT, INPUT_LENGTH, OUTPUT, OUTPUT_LENGTH] = [0, 1, 2, 3, 4, 5];
const OK = 0;
const STREAM_END = 1;
/** The result where a file's end is missing. */
const NO_PROGRESS = 8;
/** What other results say of xz data; a stream that does not begin as one follows others, for the first one does. */
const FAULTS: ReadonlyMap<number, string> = new Map([
  [4, 'the xz data needs a dictionary of more than 64 MiB: unpack it with "unxz FILE"'],
  [5, 'what follows the xz data is not xz: it was not read'],
  [6, 'the xz data has a filter or a checksum of a kind that is not read here: unpack it with "unxz FILE"'],
]);

/**
 * Unpacks xz with a WebAssembly build of XZ Embedded. Its decoders are driven from here: the library's own stream
 * lets go of what the last bytes that it was given unpacked to before a fault in them, and there is one at a time.
 */
export async function* unpackXz(open: () => CompressedInput): AsyncGenerator<Uint8Array> {
  const input = open();
  const decoder = new Decoder(await embedded());
  try {
    for (let result = OK; result !== STREAM_END;) {
      if (decoder.unused === 0) decoder.give(await input.piece(decoder.bufferBytes));
      result = decoder.unpack();
      const bytes = decoder.unpacked();
      if (bytes.length > 0) yield bytes;
      if (result !== OK && result !== STREAM_END) throw explained(result, input.offset - decoder.unused);
    }
  } finally {
    decoder.free();
  }
}

async function embedded(): Promise<XzEmbedded> {
  loading ??= load();
  await loading;
  const { _moduleInstance: loaded } = XZ;
  return loaded!.exports;
}

class Decoder {
  private readonly exports: XzEmbedded;
  private readonly place: number;

  constructor(exports: XzEmbedded) {
    this.exports = exports;
    this.place = exports.create_context();
  }

  get bufferBytes(): number {
    return this.word(BUFFER_BYTES);
  }

  /** Bytes that it was given and has not used. */
  get unused(): number {
    return this.word(INPUT_LENGTH) - this.word(INPUT_AT);
  }

  /** Gives it the next bytes, no more than its buffer has room for, and none at the end. */
  give(bytes: Uint8Array): void {
    new Uint8Array(this.exports.memory.buffer).set(bytes, this.word(INPUT));
    this.exports.supply_input(this.place, bytes.length);
  }

  unpack(): number {
    return this.exports.get_next_output(this.place);
  }

  /** What was unpacked since it was asked last, also where that ended in a fault. */
  unpacked(): Uint8Array {
    const start = this.word(OUTPUT);
    const bytes = new Uint8Array(this.exports.memory.buffer).slice(start, start + this.word(OUTPUT_LENGTH));
    this.words()[OUTPUT_LENGTH] = 0;
    return bytes;
  }

  free(): void {
    this.exports.destroy_context(this.place);
  }

  private word(index: number): number {
    return this.words()[index];
  }

  /** Anew each time: memory that grew lies elsewhere. */
  private words(): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, this.place, OUTPUT_LENGTH + 1);
  }
}

function explained(result: number, offset: number): CaptureError {
  if (result === NO_PROGRESS) return endsEarly('xz', offset);
  const message = FAULTS.get(result) ?? 'the xz data is damaged: another copy may be whole';
  return new CaptureError('bad-compression', offset, message);
}
