import { type ByteReader, type ByteSource, CaptureError } from 'pcap-ts-parser';
import { unpackGzip } from './gzip.ts';
import { CompressedInput } from './input.ts';
import { LZ4_LEGACY_MAGIC, LZ4_MAGIC, unpackLz4 } from './lz4.ts';
import { isSkippable, u32 } from './skippable.ts';
import { unpackXz } from './xz.ts';
import { unpackZstd, ZSTD_MAGIC } from './zstd.ts';

export type Compression = 'gzip' | 'zstd' | 'lz4' | 'xz';

type Unpack = (open: () => CompressedInput) => AsyncGenerator<Uint8Array>;

const UNPACKERS: Record<Compression, Unpack> = { gzip: unpackGzip, zstd: unpackZstd, lz4: unpackLz4, xz: unpackXz };

const GZIP_MAGIC = 0x8b1f;
const XZ_MAGIC = 0x587a37fd;
const MAGIC_BYTES = 8;

/**
 * A source whose bytes are unpacked as they are read, where they are compressed: told by content when reading begins,
 * never by name. Any other source's bytes come out as they are.
 *
 * Bytes before a fault come out; then the read throws a `CaptureError` "cut-compression" or "bad-compression" whose
 * offset is a place in the compressed file.
 */
export function decompressed(source: ByteSource): ByteSource {
  let latest: UnpackingReader | null = null;
  return {
    name: source.name,
    size: source.size,
    get compression() {
      return latest?.compression ?? null;
    },
    get packedBytesRead() {
      return latest?.packedBytesRead ?? null;
    },
    get readAt() {
      return latest === null || latest.compression !== null ? undefined : source.readAt;
    },
    open() {
      latest = new UnpackingReader(source);
      return latest;
    },
  };
}

class UnpackingReader implements ByteReader {
  compression: Compression | null = null;
  private readonly source: ByteSource;
  private readonly opened: { close(): Promise<void> }[] = [];
  private input: CompressedInput | null = null;
  private farthest = 0;
  private reader: Pick<ByteReader, 'read'> | null = null;
  private unpacking: AsyncGenerator<Uint8Array> | null = null;
  /** Unpacked bytes that were not asked for yet. */
  private rest: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.source = source;
  }

  /**
   * Bytes of the compressed file that were read; null where it is not compressed. Stands still where some are read
   * again.
   */
  get packedBytesRead(): number | null {
    if (this.compression === null || this.input === null) return null;
    this.farthest = Math.max(this.farthest, this.input.taken);
    return this.farthest;
  }

  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    this.reader ??= await this.start();
    return this.reader.read(space);
  }

  async close(): Promise<void> {
    await this.unpacking?.return(undefined);
    for (const opened of this.opened) await opened.close();
  }

  private async start(): Promise<Pick<ByteReader, 'read'>> {
    let first: CompressedInput | null = this.open();
    this.compression = await compressionOf(first);
    if (this.compression === null) {
      const plain = this.source.open();
      this.opened.push(plain);
      return plain;
    }
    const unpacking = UNPACKERS[this.compression](() => {
      const input = first ?? this.open();
      first = null;
      return input;
    });
    this.unpacking = unpacking;
    return { read: (space) => this.fill(unpacking, space) };
  }

  private open(): CompressedInput {
    const input = new CompressedInput(this.source.open());
    this.opened.push(input);
    this.input = input;
    return input;
  }

  private async fill(
    unpacking: AsyncGenerator<Uint8Array>,
    space: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    while (this.rest.length === 0) {
      const { done, value } = await this.next(unpacking);
      if (done === true) return space.subarray(0, 0);
      this.rest = value;
    }
    const count = Math.min(space.length, this.rest.length);
    space.set(this.rest.subarray(0, count));
    this.rest = this.rest.subarray(count);
    return space.subarray(0, count);
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
async function compressionOf(input: CompressedInput): Promise<Compression | null> {
  if (!(await input.has(MAGIC_BYTES))) return null;
  const magic = u32(input.bytes, input.start);
  if ((magic & 0xffff) === GZIP_MAGIC) return 'gzip';
  if (magic === XZ_MAGIC) return 'xz';
  if (magic === ZSTD_MAGIC) return 'zstd';
  if (magic === LZ4_MAGIC || magic === LZ4_LEGACY_MAGIC) return 'lz4';
  // A skippable frame may begin a file of either kind; zstd is by far the more common, and its unpacker passes over it.
  return isSkippable(input) ? 'zstd' : null;
}
