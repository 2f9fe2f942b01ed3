import { CaptureError } from 'pcap-ts-parser';
import { gunzipTo } from '../../../decompress/gzip-whole.ts';
import { unpackBlock } from '../../../decompress/lz4-block.ts';
import { unpackSnappy } from '../../../decompress/snappy.ts';
import { WholeZstd } from '../../../decompress/zstd/whole.ts';

/** Pages are a megabyte as a rule. */
const LONGEST_PAGE = 1 << 27;

interface Codec {
  /** What a byte can become at most. */
  most: number;
  unpack: (packed: Uint8Array, out: Uint8Array) => void;
}

const zstd = new WholeZstd();

/** What pandas, DuckDB and Spark write. */
const CODECS: ReadonlyMap<string, Codec> = new Map([
  ['SNAPPY', { most: 32, unpack: unpackSnappy }],
  ['GZIP', { most: 1040, unpack: unpackGzip }],
  ['LZ4_RAW', { most: 255, unpack: unpackLz4 }],
  ['ZSTD', { most: 1 << 16, unpack: (packed, out) => zstd.unpack(packed, out) }],
]);

/** Unpacks a page to the length that it claims. Throws where it cannot be so long, before room is made for it. */
export function unpackPage(codec: string, packed: Uint8Array, length: number): Uint8Array {
  if (length < 0 || length > LONGEST_PAGE) throw new RangeError(`a page claims ${length} bytes`);
  if (codec === 'UNCOMPRESSED') return packed;
  const known = CODECS.get(codec);
  if (known === undefined) {
    const message = `pages of the Parquet file are packed with ${codec}, which is not read: write it with ZSTD`;
    throw new CaptureError('other-format', 0, message);
  }
  if (length > known.most * packed.length) throw new RangeError(`a page claims ${length} bytes of ${packed.length}`);
  const out = new Uint8Array(length);
  if (length > 0) known.unpack(packed, out);
  return out;
}

function unpackLz4(packed: Uint8Array, out: Uint8Array): void {
  const length = unpackBlock(packed, out, 0);
  if (length !== out.length) throw new RangeError(`${length} bytes instead of ${out.length}`);
}

function unpackGzip(packed: Uint8Array, out: Uint8Array): void {
  const length = gunzipTo(packed, out, null);
  if (length !== out.length) throw new RangeError(`${length} bytes instead of ${out.length}`);
}
