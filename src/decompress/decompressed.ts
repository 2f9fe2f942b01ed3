import { type ByteReader, type ByteSource, CaptureError, type CaptureWarning } from 'pcap-ts-parser';
import { Begun } from './begun.ts';
import { unpackBzip2 } from './bzip2/bzip2.ts';
import { Checksums } from './checksum.ts';
import { type Compression, compressionAt, MAGIC_BYTES } from './compression.ts';
import { isSkippable, skipFrame } from './skippable.ts';
import { unpackGzip } from './gzip.ts';
import { CompressedInput } from './input.ts';
import { unpackLz4 } from './lz4.ts';
import { unpackXz } from './xz.ts';
import { unpackZstd } from './zstd/zstd.ts';

type Unpack = (open: () => CompressedInput, checksums: Checksums) => AsyncGenerator<Uint8Array>;

const UNPACKERS: Record<Compression, Unpack> = {
  gzip: unpackGzip,
  zstd: unpackZstd,
  lz4: unpackLz4,
  xz: unpackXz,
  bzip2: unpackBzip2,
};

/**
 * A source whose bytes are unpacked as they are read, where they are compressed: told by content when reading begins,
 * never by name. Any other source's bytes come out as they are.
 *
 * Bytes before a fault come out; then the read throws a `CaptureError` "cut-compression" or "bad-compression" whose
 * offset is a place in the compressed file.
 */
export function decompressed(source: ByteSource): ByteSource {
  return new UnpackedSource(source);
}

/** A class, for a hundred thousand files may be known at a time: no source has functions of its own. */
class UnpackedSource implements ByteSource {
  readonly name: string;
  readonly size: number | null;
  private readonly source: ByteSource;
  private latest: UnpackingReader | null = null;

  constructor(source: ByteSource) {
    this.source = source;
    this.name = source.name;
    this.size = source.size;
  }

  get compression(): string | null {
    const inner = this.latest?.compression ?? null;
    const outer = this.source.compression ?? null;
    return inner === null || outer === null ? (inner ?? outer) : `${inner} in ${outer}`;
  }

  get packedBytesRead(): number | null {
    return this.latest?.packedBytesRead ?? this.source.packedBytesRead ?? null;
  }

  get warnings(): CaptureWarning[] {
    return [...(this.source.warnings ?? []), ...(this.latest?.checksums.warnings ?? [])];
  }

  get readAt(): ByteSource['readAt'] {
    return this.latest === null || this.latest.compression !== null ? undefined : this.source.readAt;
  }

  open(): ByteReader {
    const reading = new Reading(this.source);
    this.latest = reading.begun.reader;
    return reading;
  }
}

/**
 * What was begun last, is closed and can begin again: a file is looked at several times before it is read, and one that
 * unpacks to nothing for long would be unpacked each time. One, for it may hold a file open.
 */
let latest: { source: ByteSource; begun: Begun<UnpackingReader> } | null = null;

/** Closes the file that was looked at last, which stays open else until another is: for who looks at no more of them. */
export async function closeBegun(): Promise<void> {
  const begun = latest?.begun;
  latest = null;
  await begun?.close();
}

/** A reading that goes on with what was begun, where that is its source's, and closes it where it is another's. */
class Reading implements ByteReader {
  readonly begun: Begun<UnpackingReader>;
  private readonly source: ByteSource;
  private other: ByteReader | null = null;
  private isOpen = true;

  constructor(source: ByteSource) {
    this.source = source;
    const before = latest;
    latest = null;
    if (before?.source === source) {
      this.begun = before.begun;
    } else {
      this.begun = new Begun(new UnpackingReader(source));
      this.other = before?.begun ?? null;
    }
  }

  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (this.other !== null) await this.closeOther();
    return this.begun.read(space);
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.closeOther();
    if (!(await this.begun.rewind())) return;
    // Others are begun meanwhile where several files are read beside each other.
    this.other = latest?.begun ?? null;
    latest = { source: this.source, begun: this.begun };
    await this.closeOther();
  }

  private async closeOther(): Promise<void> {
    const { other } = this;
    this.other = null;
    await other?.close();
  }
}

const NOTHING = new Uint8Array(0);

class UnpackingReader implements ByteReader {
  compression: Compression | null = null;
  readonly checksums = new Checksums();
  private readonly source: ByteSource;
  private readonly opened: { close(): Promise<void> }[] = [];
  private input: CompressedInput | null = null;
  private farthest = 0;
  private reader: Pick<ByteReader, 'read'> | null = null;
  private unpacking: AsyncGenerator<Uint8Array> | null = null;
  /** Unpacked bytes that were not asked for yet. */
  private rest: Uint8Array = NOTHING;
  private ended = false;
  /** A fault that waits until the bytes before it were read. */
  private fault: unknown = null;

  constructor(source: ByteSource) {
    this.source = source;
  }

  /**
   * Bytes of the compressed file that were read; null where it is not compressed. Stands still where some are read
   * again.
   */
  get packedBytesRead(): number | null {
    if (this.compression === null) return null;
    this.farthest = Math.max(this.farthest, this.input?.taken ?? 0);
    return this.farthest;
  }

  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    this.reader ??= await this.start();
    return this.reader.read(space);
  }

  async close(): Promise<void> {
    await this.unpacking?.return(undefined);
    this.farthest = this.packedBytesRead ?? 0;
    this.unpacking = this.reader = this.input = null;
    this.rest = NOTHING;
    for (const opened of this.opened.splice(0)) await opened.close();
  }

  private async start(): Promise<Pick<ByteReader, 'read'>> {
    let first: CompressedInput | null = this.open();
    this.compression = await compressionIn(first);
    if (this.compression === null) return first;
    if (isSkippable(first)) this.compression = await behindSkippable(first);
    const unpacking = UNPACKERS[this.compression](() => {
      const input = first ?? this.open();
      first = null;
      return input;
    }, this.checksums);
    this.unpacking = unpacking;
    return { read: (space) => this.fill(unpacking, space) };
  }

  private open(): CompressedInput {
    const input = new CompressedInput(this.source.open());
    this.opened.push(input);
    this.input = input;
    return input;
  }

  /**
   * Fills the space as far as there is something: pieces may be of one byte each, and reading them one by one is slow.
   */
  private async fill(
    unpacking: AsyncGenerator<Uint8Array>,
    space: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    let filled = 0;
    while (filled < space.length) {
      if (this.rest.length === 0 && !(await this.nextPiece(unpacking))) break;
      const count = Math.min(space.length - filled, this.rest.length);
      space.set(this.rest.subarray(0, count), filled);
      this.rest = this.rest.subarray(count);
      filled += count;
    }
    if (filled === 0 && this.fault !== null) throw this.fault;
    return space.subarray(0, filled);
  }

  /** Takes the next unpacked bytes. Resolves with false at the end, and at a fault. */
  private async nextPiece(unpacking: AsyncGenerator<Uint8Array>): Promise<boolean> {
    if (this.ended) return false;
    try {
      const { done, value } = await this.next(unpacking);
      if (done === true) this.ended = true;
      else this.rest = value;
    } catch (error) {
      this.ended = true;
      this.fault = error;
    }
    return !this.ended;
  }

  private async next(unpacking: AsyncGenerator<Uint8Array>): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      return await unpacking.next();
    } catch (cause) {
      if (cause instanceof CaptureError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `the ${this.compression} data is damaged: ${reason}`;
      throw new CaptureError('bad-compression', this.input?.offset ?? 0, message, { cause });
    }
  }
}

/** What the bytes at the input's start are packed with; null for none. */
async function compressionIn(input: CompressedInput): Promise<Compression | null> {
  return (await input.has(MAGIC_BYTES)) ? compressionAt(input.bytes, input.start) : null;
}

/** What a file is packed with that skippable frames begin: zstd where nothing follows them that says otherwise. */
async function behindSkippable(input: CompressedInput): Promise<Compression> {
  while ((await input.has(4)) && isSkippable(input)) await skipFrame(input, 'zstd');
  return (await input.has(4)) && compressionAt(input.bytes, input.start) === 'lz4' ? 'lz4' : 'zstd';
}
